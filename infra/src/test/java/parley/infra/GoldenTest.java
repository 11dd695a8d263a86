package parley.infra;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import parley.store.Golden;

/// The template, kept so that a change shows in the diff. It is the same wherever it is written.
@Tag("golden")
class GoldenTest {
  @Test
  void theTemplateIsAsItWas() {
    Golden.check(
        "infra/src/test/resources/Parley.template.json", Synthesised.text(Choices.DEFAULT));
  }
}
