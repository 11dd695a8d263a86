package parley.infra;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import parley.store.Golden;

/// Templates, kept so that a change shows in the diff. They are the same wherever they are written.
@Tag("golden")
class GoldenTest {
  private static final String KEPT = "infra/src/test/resources/";

  @Test
  void theTemplateIsAsItWas() {
    Golden.check(KEPT + "Parley.template.json", Synthesised.text(Choices.DEFAULT));
  }

  @Test
  void soIsTheOneWithAllThatCanBeChosen() {
    Golden.check(KEPT + "Parley.full.template.json", Synthesised.text(Synthesised.FULL));
  }
}
