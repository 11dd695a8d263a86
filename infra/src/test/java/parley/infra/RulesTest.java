package parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.store.Golden;
import software.amazon.awscdk.App;
import software.amazon.awscdk.BootstraplessSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.sqs.Queue;

/// What others hold templates to: cdk-nag's rules, and the schemas of CloudFormation itself.
class RulesTest {
  private static final Validator VALIDATOR = new Validator(Golden.root().resolve("infra/validate"));

  @Test
  void theRulesHaveNothingAgainstIt() {
    assertThat(Synthesised.of(Choices.DEFAULT).broken()).isEmpty();
    assertThat(Synthesised.of(Synthesised.FULL).broken()).isEmpty();
  }

  @Test
  void theRulesTellWhatIsWrong(@TempDir Path folder) {
    App app = App.Builder.create().outdir(folder.toString()).build();
    Stack stack =
        new Stack(
            app,
            "Parley",
            StackProps.builder().synthesizer(new BootstraplessSynthesizer()).build());
    Queue.Builder.create(stack, "Queue").enforceSsl(false).build();
    Rules.applyTo(app, stack);
    app.synth();
    assertThat(Rules.broken(folder.resolve("Parley.metadata.json")))
        .singleElement()
        .asString()
        .contains("AwsSolutions-SQS4");
  }

  @Test
  void itIsValid() {
    assertThat(
            VALIDATOR.wrongWith(
                Synthesised.of(Choices.DEFAULT).template(),
                Synthesised.of(Synthesised.FULL).template()))
        .isEmpty();
  }

  @Test
  void theValidatorTellsWhatIsWrong(@TempDir Path folder) throws IOException {
    Path broken = folder.resolve("broken.json");
    Files.writeString(
        broken,
        Synthesised.text(Choices.DEFAULT)
            .replace("\"StreamViewType\": \"NEW_IMAGE\"", "\"StreamViewType\": \"EVERYTHING\""));
    assertThat(VALIDATOR.wrongWith(broken))
        .anySatisfy(line -> assertThat(line).contains("StreamViewType"));
  }
}
