package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/// The conversation that everything is for, whoever serves it: two people sign up, find each other,
/// and write.
final class Meeting {
  private Meeting() {}

  static void at(Visited site, String annsHandle, String bensHandle) {
    try (Person ann = Person.at(site);
        Person ben = Person.at(site, Person.Device.POCKET)) {
      ben.signsUp(bensHandle, "Ben");
      ann.signsUp(annsHandle, "Ann");
      assertThat(ben.inbox()).containsText("No one here yet.");
      ann.finds(bensHandle).writes("Are you awake?").seesSent("Are you awake?");
      ann.isAt("/c/c-.*");
      ben.takesRequestOf("Ann").sees("Are you awake?").writes("I am now.");
      ann.sees("I am now.");
      assertThat(ann.row("Ben")).containsText("I am now.");
      ben.page().reload();
      ben.sees("Are you awake?").sees("I am now.");
      assertThat(ben.messages()).hasCount(2);
      ann.page().reload();
      ann.sees("I am now.");
      assertThat(ann.messages()).hasCount(2);
    }
  }
}
