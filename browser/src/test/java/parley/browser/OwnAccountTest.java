package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people do to their own account: another handle, and its end.
class OwnAccountTest {
  private static Site site;

  @BeforeAll
  static void open() {
    site = Site.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void anotherHandleIsSeenByOthersAndTheOldOneStaysOnesOwn() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    String taken = two.other().handle().value();
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value());
        Person ben = Person.at(site).goes("/").signsIn(taken)) {
      ann.goes("/settings");
      Locator handle = ann.page().getByLabel("Handle", new Page.GetByLabelOptions().setExact(true));
      handle.fill(taken);
      ann.button("Change handle").click();
      assertThat(ann.page().getByText("Somebody else has this handle.")).isVisible();
      handle.fill("annabel");
      ann.button("Change handle").click();
      assertThat(ann.page().getByText("Changed. Others find you by the new one.")).isVisible();
      assertThat(ann.page().getByText("@annabel")).isVisible();
      ben.goes("/").opens("Ann");
      assertThat(ben.page().getByText("@annabel").first()).isVisible();
      ben.page().getByLabel("Find a person or conversation").fill("annabel");
      assertThat(ben.row("Ann")).isVisible();
    }
  }

  @Test
  void anAccountThatIsAboutToGoSaysSoEverywhereAndCanBeKept() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    String handle = two.one().handle().value();
    try (Person ann = Person.at(site).goes("/").signsIn(handle);
        Person elsewhere = Person.at(site, Person.Device.POCKET).goes("/").signsIn(handle)) {
      ann.goes("/settings");
      assertThat(ann.page().getByText("stays yours for 30 days")).isVisible();
      ann.button("Delete account").click();
      assertThat(ann.page().getByText("It begins in 7 days.")).isVisible();
      Locator dialog = ann.page().getByRole(AriaRole.DIALOG);
      Locator password =
          dialog.getByLabel("Password", new Locator.GetByLabelOptions().setExact(true));
      password.fill("not this one at all");
      ChangesTest.presses(dialog, "Delete account");
      assertThat(dialog).containsText("password");
      password.fill(Site.PASSWORD);
      ChangesTest.presses(dialog, "Delete account");
      ann.isAt("/erasure");
      assertThat(ann.page().locator("main code")).containsText("e-");
      ann.page().getByText("To your conversations").click();
      assertThat(ann.inbox()).isVisible();
      assertThat(elsewhere.page().getByText("This account will be deleted on")).isVisible();
      elsewhere.button("Keep my account").click();
      assertThat(elsewhere.page().getByText("This account will be deleted on")).hasCount(0);
      assertThat(ann.page().getByText("This account will be deleted on")).hasCount(0);
      ann.goes("/settings");
      assertThat(ann.button("Delete account")).isVisible();
    }
  }
}
