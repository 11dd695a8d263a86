package parley.infra;

import java.nio.file.Path;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.StackProps;

/// Writes the template. It asks nobody, and says the same of the same choices everywhere.
final class Synthesis {
  private Synthesis() {}

  /// What is written into the folder.
  static final String TEMPLATE = "Parley.template.json";

  static App app(Choices choices, Path folder) {
    App app =
        App.Builder.create()
            .outdir(folder.toString())
            .analyticsReporting(false)
            .treeMetadata(false)
            .context(Map.of("aws:cdk:disable-asset-staging", true))
            .build();
    new ParleyStack(
        app,
        choices,
        StackProps.builder()
            .stackName("Parley")
            .description("Parley: direct messaging on one DynamoDB table")
            // The template brings no files along, so it needs nothing prepared in the account.
            .synthesizer(new BootstraplessSynthesizer())
            .analyticsReporting(false)
            .build());
    return app;
  }

  /// Where the template is.
  static Path write(Choices choices, Path folder) {
    app(choices, folder).synth();
    return folder.resolve(TEMPLATE);
  }
}
