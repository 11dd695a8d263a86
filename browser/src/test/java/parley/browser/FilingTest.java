package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static parley.browser.ChangesTest.chooses;
import static parley.browser.ChangesTest.confirms;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people decide about conversations and about each other: put away, muted, deleted, blocked,
/// accepted.
class FilingTest {
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

  private static void decides(Person person, String item) {
    person.button(MENU).click();
    chooses(person, item);
  }

  private static Person looksInto(Person person, String folder) {
    person
        .inbox()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(folder))
        .click();
    return person;
  }

  @Test
  void whatIsPutAwayIsInTheArchiveUntilThereIsANewerMessage() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value())) {
      ann.opens("Ben").sees("Line 2");
      decides(ann, "Archive");
      assertThat(ann.row("Ben")).hasCount(0);
      looksInto(ann, "Archive");
      assertThat(ann.row("Ben")).isVisible();
      site.wrote(two.other(), two.id(), "Back again");
      ann.sees("Back again");
      assertThat(ann.row("Ben")).hasCount(0);
      looksInto(ann, "Inbox");
      assertThat(ann.row("Ben")).containsText("Back again");
      // What is muted stays where it was put, and the title does not count it.
      decides(ann, "Mute");
      assertThat(ann.row("Ben").getByLabel("Muted")).isVisible();
      decides(ann, "Archive");
      assertThat(ann.row("Ben")).hasCount(0);
      site.wrote(two.other(), two.id(), "And again");
      ann.sees("And again");
      assertThat(ann.row("Ben")).hasCount(0);
      decides(ann, "Move to the inbox");
      assertThat(ann.row("Ben")).containsText("And again");
    }
  }

  @Test
  void whatIsDeletedForOneselfReturnsWithANewerMessageOnly() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(4, "Line");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value())) {
      ann.opens("Ben").sees("Line 4");
      decides(ann, "Delete for me");
      confirms(ann, "Delete for me");
      ann.isAt("/");
      assertThat(ann.row("Ben")).hasCount(0);
      site.wrote(two.other(), two.id(), "Anew");
      ann.opens("Ben").sees("Anew");
      assertThat(ann.messages()).hasCount(1);
      ann.page().reload();
      ann.sees("Anew");
      assertThat(ann.messages()).hasCount(1);
    }
  }

  @Test
  void whoIsBlockedReachesNobodyAndIsNotTold() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value());
        Person ben = Person.at(site).goes("/").signsIn(two.other().handle().value())) {
      ann.opens("Ben").sees("Line 2");
      decides(ann, "Block");
      confirms(ann, "Block");
      assertThat(ann.page().getByText("You have blocked Ben.")).isVisible();
      assertThat(ann.box()).hasCount(0);
      ben.opens("Ann").writes("Into the void").seesSent("Into the void");
      ann.goes("/settings");
      Locator blocked =
          ann.page()
              .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Blocked people"));
      assertThat(blocked).containsText("Ben");
      blocked.getByText("Unblock").click();
      assertThat(blocked).containsText("You have blocked nobody.");
      ann.opens("Ben").sees("Line 2");
      ben.writes("Heard again").seesSent("Heard again");
      ann.sees("Heard again");
      assertThat(ann.messages()).hasCount(3);
      assertThat(ann.message("Into the void")).hasCount(0);
    }
  }

  @Test
  void strangersAskAndLearnNothingUntilTheyAreAccepted() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben");
    site.wroteAsStranger(two.other(), two.id(), "You do not know me");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value())) {
      assertThat(ann.page().getByText("No one here yet.")).isVisible();
      looksInto(ann, "Requests");
      ann.opens("Ben").sees("You do not know me");
      assertThat(ann.page().getByText("Ben wants to write to you.")).isVisible();
      ann.button("Accept").click();
      assertThat(ann.page().getByText("Ben wants to write to you.")).hasCount(0);
      looksInto(ann, "Inbox");
      assertThat(ann.row("Ben")).isVisible();
      assertThat(ann.row("Ben").locator(".badge")).hasCount(0);
    }
  }
}
