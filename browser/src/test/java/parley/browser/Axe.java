package parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import java.util.List;

/// Whether a screen can be used by everybody: nothing that axe finds, and nothing that is wider
/// than the screen.
final class Axe {
  private Axe() {}

  static void passes(Person person, String screen) {
    // Of what passes axe would tell every element, which takes longer than to look.
    AxeRunOptions violations = new AxeRunOptions();
    violations.setResultTypes(List.of("violations"));
    List<Rule> found =
        new AxeBuilder(person.page())
            .setLegacyMode(true)
            .options(violations)
            .analyze()
            .getViolations();
    assertThat(found)
        .as(screen)
        .extracting(rule -> rule.getId() + ": " + rule.getNodes())
        .isEmpty();
    assertThat(
            (Boolean) person.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("%s is no wider than the screen", screen)
        .isTrue();
  }
}
