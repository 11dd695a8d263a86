package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static parley.browser.ChangesTest.chooses;
import static parley.browser.ChangesTest.dialog;
import static parley.browser.ChangesTest.keeps;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Messages that vanish, where people see them.
class VanishingTest {
  private static final String MENU = "What to do with this conversation";

  private static Site site;

  @BeforeAll
  static void open() {
    site = Site.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private static void keepsFor(Person person, String choice) {
    person.button(MENU).click();
    chooses(person, "Vanishing messages");
    dialog(person)
        .getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(choice).setExact(true))
        .check();
    dialog(person)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save").setExact(true))
        .click();
    assertThat(dialog(person)).not().isVisible();
  }

  @Test
  void bothAreToldAndTheMessageIsGoneAtItsMomentWithoutAReload() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    Person waiting = Person.at(site);
    // Time in her browser can be put forward.
    waiting.page().clock().install();
    try (Person ann = waiting.goes("/").signsIn(two.one().handle().value());
        Person ben = Person.at(site).goes("/").signsIn(two.other().handle().value())) {
      ann.opens("Ben").sees("Line 2");
      ben.opens("Ann").sees("Line 2");
      keepsFor(ben, "After 1 day");
      assertThat(ben.log()).containsText("You set new messages to vanish after 1 day.");
      assertThat(ann.log()).containsText("Ben set new messages to vanish after 1 day.");
      ben.writes("Soon gone").seesSent("Soon gone");
      ann.sees("Soon gone");
      ann.waitsUntil(keeps("Soon gone"));
      // Nobody tells her: she is offline when its time is over.
      ann.context().setOffline(true);
      ann.page().clock().fastForward("24:00:05");
      assertThat(ann.message("Soon gone")).hasCount(0);
      assertThat(ann.message("Line 2")).isVisible();
      assertThat(ann.row("Ben")).containsText("Message vanished");
      ann.waitsUntil("async () => !(await (" + keeps("Soon gone") + ")())");
      ann.forgives();
      // Whoever takes it back takes it back for what comes.
      keepsFor(ben, "Never");
      assertThat(ben.log()).containsText("You let new messages stay.");
    }
  }
}
