package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messaging.account.Account;

/// Coming, being somebody, and going.
class AccountTest {
  private Site site;

  @BeforeEach
  void open() {
    site = Site.open();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static Locator error(Person person, String field) {
    return person
        .page()
        .locator(".field")
        .filter(new Locator.FilterOptions().setHas(person.page().getByLabel(field)))
        .locator(".field-error");
  }

  @Test
  void whatIsWrongIsSaidWhereItIsWrong() {
    site.account("ann", "Ann");
    try (Person ann = Person.at(site).goes("/sign-up")) {
      ann.page().getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Ann");
      ann.page().getByLabel("Handle").fill("ann");
      ann.password().fill("short");
      ann.button("Create account").click();
      assertThat(error(ann, "Password")).hasText("This is too short.");
      assertThat(ann.password()).isFocused();
      // With hers, it would be taken for her own second attempt.
      ann.password().fill("rowing at noon");
      ann.button("Create account").click();
      assertThat(error(ann, "Handle"))
          .hasText("Somebody else has this handle. Choose another one.");
      assertThat(ann.page().getByLabel("Handle")).isFocused();
      ann.page().getByLabel("Handle").fill("ann 2");
      ann.button("Create account").click();
      assertThat(error(ann, "Handle")).hasText("Letters a to z, digits and underscores only.");
      ann.page().getByLabel("Handle").fill("@Ann_2");
      ann.button("Create account").click();
      assertThat(ann.inbox()).isVisible();
      ann.isAt("/");
    }
    try (Person stranger = Person.at(site).goes("/")) {
      stranger.page().getByLabel("Handle").fill("ann");
      stranger.password().fill("not this one");
      stranger.button("Sign in").click();
      assertThat(
              stranger
                  .page()
                  .getByRole(AriaRole.ALERT)
                  .filter(new Locator.FilterOptions().setHasText("Handle or password is wrong.")))
          .isVisible();
    }
  }

  /// One browser, two windows, two people: each has a session of its own.
  @Test
  void aDemonstrationIsTwoPeopleInTwoWindows() {
    Account mara = site.account("mara", "Mara");
    Account jonas = site.account("jonas", "Jonas");
    site.wrote(mara, site.between(mara, jonas), "The ferry is late.");
    site.server().invite(List.of(mara.id(), jonas.id()));
    try (Person both = Person.at(site).goes("/")) {
      Page second =
          both.context()
              .waitForPage(() ->
                  both.page()
                      .getByRole(
                          AriaRole.LINK, new Page.GetByRoleOptions().setName("Continue as Jonas"))
                      .click());
      assertThat(second.getByText("The ferry is late.")).isVisible();
      assertThat(second.url()).isEqualTo(site.otherUrl() + "/");
      both.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Continue as Mara"))
          .click();
      both.opens("Jonas").writes("So is the bus.").seesSent("So is the bus.");
      second.getByText("Mara").first().click();
      assertThat(second.getByRole(AriaRole.LOG).getByText("So is the bus.")).isVisible();
      second.reload();
      assertThat(second.getByRole(AriaRole.LOG).getByText("So is the bus.")).isVisible();
      both.page().reload();
      assertThat(both.title()).hasText("Jonas");
    }
  }

  @Test
  void whoeverSignsOutLeavesNothingBehind() {
    Account ann = site.account("ann", "Ann");
    Account ben = site.account("ben", "Ben");
    site.wrote(ben, site.between(ann, ben), "Between us");
    try (Person one = Person.at(site).goes("/").signsIn("ann")) {
      one.opens("Ben").sees("Between us");
      one.box().fill("A draft");
      one.page().getByLabel("Settings").click();
      one.button("Sign out").click();
      Locator dialog = one.page().getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("Drafts are lost.");
      dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel")).click();
      assertThat(one.button("Sign out")).isFocused();
      one.button("Sign out").click();
      dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out")).click();
      assertThat(one.page().getByText("You are signed out.")).isVisible();
      one.page().reload();
      assertThat(one.button("Sign in")).isVisible();
      site.account("eve", "Eve");
      one.signsIn("eve");
      assertThat(one.inbox()).containsText("No one here yet.");
      assertThat(one.page().getByText("Between us")).hasCount(0);
    }
  }

  @Test
  void aNewNameIsWhatOthersSee() {
    Account ann = site.account("ann", "Ann");
    Account ben = site.account("ben", "Ben");
    site.wrote(ben, site.between(ann, ben), "Hello");
    try (Person one = Person.at(site).goes("/").signsIn("ann")) {
      one.goes("/settings");
      one.page().getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Anna");
      one.button("Change name").click();
      assertThat(one.page().getByText("Saved.")).isVisible();
      try (Person other = Person.at(site).goes("/").signsIn("ben")) {
        other.opens("Anna").sees("Hello");
      }
      one.page().getByLabel("Current password").fill("not this one");
      one.page().getByLabel("New password").fill("rowing at dusk");
      one.button("Change password").click();
      assertThat(error(one, "Current password")).hasText("This is not your current password.");
    }
  }
}
