package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.messaging.account.Account;
import parley.messaging.conversation.ConversationId;

/// Every screen, in both themes, on a desk and on a phone: whether whoever cannot see it, or sees
/// little, or has no mouse, can use it, as far as axe can tell.
class ScreensTest {
  private static final Locator.ClickOptions RIGHT =
      new Locator.ClickOptions().setButton(MouseButton.RIGHT).setPosition(16, 14);

  private static final String SCHEME =
      "matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'";

  private static Site site;
  private static ConversationId conversation;

  @BeforeAll
  static void open() {
    site = Site.open();
    Account ann = site.account("ann", "Ann");
    Account ben = site.account("ben", "Ben");
    conversation = site.between(ann, ben);
    for (int i = 0; i < 30; i++) {
      site.wrote(i % 3 == 0 ? ben : ann, conversation, "Line " + i + " https://example.com/" + i);
    }
    site.wrote(ben, site.between(ben, site.account("noa", "נועה")), "שלום");
    site.server().invite(List.of(ann.id(), ben.id()));
  }

  @AfterAll
  static void close() {
    site.close();
  }

  static Stream<Person.Device> devices() {
    Person.Device small = new Person.Device(320, 568, ColorScheme.LIGHT, false);
    return Stream.of(
        Person.Device.DESK,
        Person.Device.DESK.with(ColorScheme.DARK),
        Person.Device.POCKET,
        Person.Device.POCKET.with(ColorScheme.DARK),
        small);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void everyScreenCanBeUsed(Person.Device device) {
    try (Person ann = Person.at(site, device)) {
      ann.goes("/");
      assertThat(ann.button("Continue as Ann in this window")).isVisible();
      isUsable(ann, "sign in");
      ann.goes("/sign-in?failed=unavailable");
      assertThat(ann.page().getByText("The other side did not answer.")).isVisible();
      isUsable(ann, "sign in, after a provider was down");
      ann.goes("/sign-up").button("Create account").click();
      assertThat(ann.page().getByText("This is needed.").first()).isVisible();
      isUsable(ann, "sign up, with what is missing");
      ann.goes("/").signsIn("ann");
      assertThat(ann.row("Ben")).isVisible();
      isUsable(ann, "inbox");
      ann.page().getByLabel("Find a person or conversation").fill("no");
      assertThat(ann.page().getByText("@noa")).isVisible();
      isUsable(ann, "people found");
      ann.goes("/c/" + conversation.value()).sees("Line 29");
      isUsable(ann, "conversation");
      ann.message("Line 29").locator(".bubble").click(RIGHT);
      assertThat(ann.page().getByRole(AriaRole.MENU)).isVisible();
      isUsable(ann, "what to do with a message");
      ChangesTest.chooses(ann, "Edit message");
      assertThat(ann.page().getByLabel("Edit message")).isFocused();
      isUsable(ann, "editing");
      ann.page().keyboard().press("Escape");
      ann.settles();
      ReportingTest.reports(ann, "Line 27");
      ChangesTest.presses(ChangesTest.dialog(ann), "Report");
      assertThat(ann.page().getByText("This is needed.")).isVisible();
      isUsable(ann, "reporting a message");
      ChangesTest.presses(ChangesTest.dialog(ann), "Cancel");
      ann.button("What to do with this conversation").click();
      assertThat(ChangesTest.menu(ann)).isVisible();
      isUsable(ann, "what to do with a conversation");
      ChangesTest.chooses(ann, "Delete for me");
      assertThat(ChangesTest.dialog(ann)).isVisible();
      isUsable(ann, "deleting a conversation");
      ann.page().keyboard().press("Escape");
      ann.box().fill("x".repeat(4_100));
      isUsable(ann, "a text that is too long");
      ann.box().fill("");
      ann.page().keyboard().press("Escape");
      ann.goes("/settings");
      assertThat(ann.button("Sign out")).isVisible();
      isUsable(ann, "settings");
      assertThat(ann.page().getByText("You have blocked nobody.")).isVisible();
      ann.button("Download my data").click();
      assertThat(ChangesTest.dialog(ann)).isVisible();
      isUsable(ann, "asking for one's data");
      ann.button("Cancel").click();
      ann.button("Delete account").click();
      assertThat(ann.page().getByRole(AriaRole.DIALOG)).isVisible();
      isUsable(ann, "deleting the account");
      ann.button("Cancel").click();
      ann.goes("/settings?again=export&failed=denied");
      assertThat(ann.page().getByText("the other side said no")).isVisible();
      isUsable(ann, "turned back at a provider");
      ann.goes("/erasure").button("See how far it is").click();
      assertThat(ann.page().getByText("This is needed.")).isVisible();
      isUsable(ann, "how far an erasure is");
      ann.goes("/settings");
      ann.button("Sign out everywhere").click();
      assertThat(ann.page().getByRole(AriaRole.DIALOG)).isVisible();
      isUsable(ann, "signing out");
      ann.goes("/nowhere");
      assertThat(ann.page().getByText("There is no such page.")).isVisible();
      isUsable(ann, "no such page");
    }
  }

  /// Nothing that axe finds, and nothing that is wider than the screen. With
  /// `-Dparley.pictures=true` it leaves a picture to look at.
  static void isUsable(Person person, String screen) {
    if (Boolean.getBoolean("parley.pictures")) {
      String scheme = (String) person.page().evaluate(SCHEME);
      Path file =
          Path.of(
              "target",
              "pictures",
              "%s, %d %s.png".formatted(screen, person.page().viewportSize().width, scheme));
      person.page().screenshot(new Page.ScreenshotOptions().setPath(file));
    }
    Axe.passes(person, screen);
  }

  @Test
  void theShortcutsAreListedUnderTheQuestionMark() {
    try (Person ann = Person.at(site).goes("/").signsIn("ann")) {
      ann.opens("Ben");
      // In the box it is a character like any other.
      ann.box().press("?");
      assertThat(ann.box()).hasValue("?");
      ann.box().fill("");
      ann.log().focus();
      ann.page().keyboard().press("?");
      var dialog = ann.page().getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("Next conversation");
      isUsable(ann, "shortcuts");
      ann.page().keyboard().press("Escape");
      assertThat(dialog).not().isVisible();
      assertThat(ann.log()).isFocused();
      ann.page().keyboard().press("c");
      assertThat(ann.box()).isFocused();
      assertThat(ann.box()).hasValue("");
      ann.log().focus();
      ann.page().keyboard().press("/");
      assertThat(ann.page().getByLabel("Find a person or conversation")).isFocused();
    }
  }

  @Test
  void aThemeThatWasChosenIsThereBeforeAnythingIsDrawn() {
    try (Person ann = Person.at(site).goes("/").signsIn("ann")) {
      ann.goes("/settings");
      ann.page().getByLabel("Dark").check();
      assertThat(ann.page().locator("html")).hasAttribute("data-theme", "dark");
      // Without the client's own script, the page is as dark.
      ann.page().route("**/assets/*.js", Route::abort);
      ann.page().reload();
      assertThat(ann.page().locator("html")).hasAttribute("data-theme", "dark");
      ann.page().unroute("**/assets/*.js");
    }
  }

  @Test
  void whatItSaysIsInTheLanguageThatWasChosen() {
    try (Person ann = Person.at(site).goes("/").signsIn("ann")) {
      ann.goes("/settings");
      ann.page().getByLabel("Deutsch").check();
      assertThat(ann.title()).hasText("Einstellungen");
      assertThat(ann.page().locator("html")).hasAttribute("lang", "de");
      ann.page().reload();
      assertThat(ann.title()).hasText("Einstellungen");
      assertThat(ann.page()).hasTitle("Einstellungen · Parley");
      isUsable(ann, "settings in German");
    }
  }
}
