package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.browser.ChangesTest.chooses;
import static parley.browser.ChangesTest.dialog;
import static parley.browser.ChangesTest.menu;
import static parley.browser.ChangesTest.presses;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.MouseButton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.report.ReportedMessage;

/// What people do about others who trouble them, and what keeps them from troubling others.
class ReportingTest {
  private static Site site;

  @BeforeAll
  static void open() {
    site = Site.open(Plan.PLAIN.limited());
    // Strangers are counted by the days of UTC: this one lasts until the tests are over.
    if (Instant.now().atOffset(ZoneOffset.UTC).getHour() == 23) {
      site.advance(Duration.ofHours(1));
    }
  }

  @AfterAll
  static void close() {
    site.close();
  }

  static void reports(Person person, String text) {
    person
        .message(text)
        .locator(".bubble")
        // Beside links, which have a menu of the browser's.
        .click(new Locator.ClickOptions().setButton(MouseButton.RIGHT).setPosition(16, 14));
    chooses(person, "Report…");
    assertThat(dialog(person)).containsText(text);
  }

  private static List<ReportedMessage> reported(Account by) {
    return site.services().reports().page(null).items().stream()
        .filter(it -> it.reporter().equals(by.id()))
        .toList();
  }

  @Test
  void aMessageIsReportedOnceThoughTheNetworkWasGoneAndItsWriterIsBlocked() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    site.wrote(two.other(), two.id(), "A nasty word");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value())) {
      ann.opens("Ben").sees("A nasty word");
      // Of one's own there is nothing to report.
      ann.message("Line 2")
          .locator(".bubble")
          .click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
      assertThat(menu(ann).getByText("Report…")).hasCount(0);
      ann.page().keyboard().press("Escape");

      reports(ann, "A nasty word");
      presses(dialog(ann), "Report");
      assertThat(dialog(ann)).containsText("This is needed.");
      dialog(ann).getByLabel("Harassment").check();
      dialog(ann).getByLabel("Block Ben too").check();
      ann.context().setOffline(true);
      presses(dialog(ann), "Report");
      assertThat(dialog(ann)).containsText("You are offline. It goes out when that works again.");
      assertThat(reported(two.one())).isEmpty();
      ann.context().setOffline(false);
      assertThat(dialog(ann)).containsText("What Ben writes from now on does not reach you.");
      presses(dialog(ann).locator(".dialog-end"), "Close");
      assertThat(dialog(ann)).hasCount(0);
      assertThat(ann.page().getByText("You have blocked Ben.")).isVisible();
      List<ReportedMessage> reports = reported(two.one());
      assertThat(reports).extracting(it -> it.reason().toString()).containsOnly("harassment");
      assertThat(reports).filteredOn(it -> it.text().value().equals("A nasty word")).hasSize(1);
      ann.forgives();
    }
  }

  @Test
  void whoGivesUpHasReportedNothing() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(1, "Line");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value())) {
      ann.opens("Ben").sees("Line 1");
      reports(ann, "Line 1");
      dialog(ann).getByLabel("Spam").check();
      ann.context().setOffline(true);
      presses(dialog(ann), "Report");
      assertThat(dialog(ann)).containsText("You are offline.");
      presses(dialog(ann), "Cancel");
      assertThat(dialog(ann)).hasCount(0);
      ann.context().setOffline(false);
      ann.writes("Something else").seesSent("Something else");
      assertThat(reported(two.one())).isEmpty();
      ann.forgives();
    }
  }

  @Test
  void aReportNeedsNoMouseAndLeavesTheFocusWhereItWas() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(1, "Line");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value())) {
      ann.opens("Ben").sees("Line 1");
      Keyboard keys = ann.page().keyboard();
      ann.box().press("ArrowUp");
      assertThat(ann.message("Line 1")).isFocused();
      keys.press("Enter");
      assertThat(menu(ann)).isVisible();
      keys.press("End");
      keys.press("Enter");
      assertThat(dialog(ann)).containsText("Line 1");
      // From the button that closes it to the reasons, then to what else there is.
      keys.press("Tab");
      keys.press("Space");
      keys.press("ArrowDown");
      assertThat(dialog(ann).getByLabel("Harassment")).isChecked();
      keys.press("Tab");
      assertThat(dialog(ann).getByLabel("Block Ben too")).isFocused();
      keys.press("Tab");
      keys.press("Tab");
      keys.press("Enter");
      assertThat(dialog(ann)).containsText("It was reported.");
      keys.press("Escape");
      assertThat(dialog(ann)).hasCount(0);
      assertThat(ann.message("Line 1")).isFocused();
      keys.press("Escape");
      assertThat(ann.box()).isFocused();
      assertThat(reported(two.one())).hasSize(1);
    }
  }

  @Test
  void aStrangerTooManyIsToldUntilWhenAndTheTextIsKept() {
    Account ann = site.account("ann_writes", "Ann");
    for (Account stranger : site.strangers(Limits.STRANGERS_A_DAY, "Nobody")) {
      site.wroteAsStranger(ann, site.between(ann, stranger), "Hello");
    }
    site.account("one_more", "One More");
    try (Person person = Person.at(site).goes("/").signsIn("ann_writes")) {
      person.finds("one_more").writes("Hello to you too").sees("Hello to you too", "Not sent");
      Locator note = person.page().locator(".composer-note");
      assertThat(note).containsText("as many new people today as one may");
      assertThat(note).containsText("From ");
      ScreensTest.isUsable(person, "a stranger too many");
      assertThat(note).containsText(" on you can send it again; it is kept here.");
      person.page().reload();
      person.sees("Hello to you too", "Not sent");
      assertThat(note).containsText("you can send it again");
      // People whom one knows are written to as before.
      Account friend = site.account("a_friend", "A Friend");
      site.wroteAsStranger(friend, site.between(friend, ann), "Hi");
      person.takesRequestOf("A Friend").writes("Hi yourself").seesSent("Hi yourself");
      assertThat(note).hasCount(0);
    }
  }
}
