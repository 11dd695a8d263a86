package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.messaging.account.Account;

/// Pictures of the client, to be looked at: in `target/pictures`. With `-Dparley.fix=true` the one
/// that the README shows is taken anew.
class PicturesTest {
  private static final Path FOLDER = Path.of("target", "pictures");
  private static final Path SHOWN = Path.of("..", "docs", "images", "client.png");

  private static Site site;

  @BeforeAll
  static void open() {
    site = Site.open();
    Account mara = site.account("mara", "Mara Lindqvist");
    Account jonas = site.account("jonas", "Jonas Weber");
    talk(mara, site.account("noa", "נועה לוי"), "שלום! נפגשים ביום חמישי?");
    talk(mara, site.account("amara", "Amara Okafor"), "The photos from Sunday are here.");
    talk(mara, site.account("li", "Lucie Martin"), "D’accord, à demain.");
    talk(
        mara,
        site.account("tomasz", "Tomasz Wojciechowski-Grabowski"),
        "I read it twice, and I still think that the second chapter should come first.");
    talk(
        mara,
        jonas,
        "Are you still coming on Saturday?",
        "Yes. The ferry leaves at 7:40, so I am there at nine.",
        "Good. Bring the small tent, ours has a hole.",
        "And the map?",
        "It is here:\nhttps://example.com/maps/archipelago",
        "Perfect. I take bread, cheese and the good coffee.",
        "Then nothing can go wrong.",
        "Famous last words.");
  }

  /// In turns; whoever comes last is not the first.
  private static void talk(Account one, Account other, String... texts) {
    var id = site.between(one, other);
    for (int i = 0; i < texts.length; i++) {
      site.wrote((texts.length - i) % 2 == 1 ? other : one, id, texts[i]);
    }
  }

  @AfterAll
  static void close() {
    site.close();
  }

  static List<Person.Device> devices() {
    Person.Device narrow = new Person.Device(320, 568, ColorScheme.LIGHT, false);
    // A laptop's screen at 200 %.
    Person.Device zoomed = new Person.Device(640, 400, ColorScheme.LIGHT, false);
    return List.of(
        Person.Device.DESK,
        Person.Device.DESK.with(ColorScheme.DARK),
        Person.Device.POCKET,
        Person.Device.POCKET.with(ColorScheme.DARK),
        narrow,
        zoomed);
  }

  private static byte[] picture(Person person, Person.Device device, String name)
      throws IOException {
    Files.createDirectories(FOLDER);
    String scheme = device.scheme() == ColorScheme.DARK ? "-dark" : "";
    Path file = FOLDER.resolve(name + "-" + device.width() + scheme + ".png");
    byte[] taken = person.page().screenshot(new Page.ScreenshotOptions().setPath(file));
    assertThat(taken).isNotEmpty();
    return taken;
  }

  @ParameterizedTest
  @MethodSource("devices")
  void everyScreen(Person.Device device) throws IOException {
    try (Person mara = Person.at(site, device).goes("/sign-up")) {
      assertThat(mara.button("Create account")).isVisible();
      picture(mara, device, "sign-up");
      mara.goes("/").signsIn("mara");
      assertThat(mara.row("Jonas")).isVisible();
      picture(mara, device, "inbox");
      mara.opens("Jonas Weber").sees("Famous last words.").settles();
      picture(mara, device, "conversation");
      mara.goes("/settings");
      assertThat(mara.button("Sign out")).isVisible();
      picture(mara, device, "settings");
      mara.button("Download my data").click();
      picture(mara, device, "export");
      mara.button("Cancel").click();
      mara.button("Delete account").click();
      picture(mara, device, "erasing");
      mara.button("Cancel").click();
      mara.goes("/erasure");
      assertThat(mara.button("See how far it is")).isVisible();
      picture(mara, device, "erasure");
      mara.goes("/").opens("Jonas Weber");
      ReportingTest.reports(mara, "Famous last words.");
      picture(mara, device, "reporting");
      ChangesTest.presses(ChangesTest.dialog(mara), "Cancel");
      mara.goes("/settings");
      mara.page().getByLabel("Deutsch").check();
      assertThat(mara.title()).hasText("Einstellungen");
      picture(mara, device, "settings-german");
    }
  }

  @Test
  void whatTheReadmeShows() throws IOException {
    Person.Device device = new Person.Device(Person.WIDE, 720, ColorScheme.LIGHT, false);
    try (Person mara = Person.at(site, device).goes("/").signsIn("mara")) {
      mara.opens("Jonas Weber").sees("Famous last words.").settles();
      mara.box().fill("See you at the pier.");
      byte[] taken = picture(mara, device, "readme");
      assertThat(taken.length).isLessThan(150 * 1024);
      if (Boolean.getBoolean("parley.fix")) {
        Files.createDirectories(SHOWN.getParent());
        Files.write(SHOWN, taken);
      }
    }
  }
}
