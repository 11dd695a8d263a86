package parley.infra;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.StackProps;

/// Writes the template. It asks nobody, and says the same of the same choices everywhere.
final class Synthesis {
  private static final String TEMPLATE = "Parley.template.json";

  private final App app;
  private final Path folder;

  private Synthesis(Choices choices, Path folder) {
    this.folder = folder;
    this.app =
        App.Builder.create()
            .outdir(folder.toString())
            .analyticsReporting(false)
            .treeMetadata(false)
            .build();
    ParleyStack stack =
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
    Rules.applyTo(app, stack);
  }

  /// Writes it into a folder, which is made if need be.
  static Synthesis write(Choices choices, Path folder) {
    Synthesis synthesis = new Synthesis(choices, folder);
    synthesis.app.synth();
    return synthesis;
  }

  /// Where the template is.
  Path template() {
    return folder.resolve(TEMPLATE);
  }

  /// What the rules have against it: a sentence each.
  List<String> broken() {
    return Rules.broken(folder.resolve("Parley.metadata.json"));
  }
}
