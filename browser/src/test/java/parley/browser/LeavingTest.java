package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.browser.ChangesTest.dialog;
import static parley.browser.ChangesTest.presses;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do who want to know what is held of them, or to go.
class LeavingTest {
  private static Site site;

  @BeforeAll
  static void open(@TempDir Path folder) {
    site = Site.open(Plan.PLAIN.withArchives(folder.resolve("exports")));
  }

  @AfterAll
  static void close() {
    site.close();
  }

  static Locator part(Person person, String name) {
    return person
        .page()
        .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  static void confirms(Person person, String password, String button) {
    dialog(person)
        .getByLabel("Password", new Locator.GetByLabelOptions().setExact(true))
        .fill(password);
    presses(dialog(person), button);
  }

  static List<String> namesIn(Download download) throws IOException {
    assertThat(download.suggestedFilename()).isEqualTo("parley.zip");
    try (ZipFile zip = new ZipFile(download.path().toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void anArchiveIsGatheredAndFetchedOnceWhateverIsReloaded() throws IOException {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    site.settles();
    String handle = two.one().handle().value();
    try (Person ann = Person.at(site).goes("/").signsIn(handle);
        Person elsewhere = Person.at(site, Person.Device.POCKET).goes("/").signsIn(handle)) {
      ann.goes("/settings").button("Download my data").click();
      assertThat(dialog(ann)).containsText("@" + handle);
      confirms(ann, "not this one at all", "Gather my data");
      assertThat(dialog(ann)).containsText("password");
      confirms(ann, Site.PASSWORD, "Gather my data");
      assertThat(dialog(ann)).not().isVisible();
      ann.page().reload();
      Locator data = part(ann, "Your data");
      assertThat(data).containsText("Your archive is ready.");
      data.scrollIntoViewIfNeeded();
      ScreensTest.isUsable(ann, "an archive");
      // Its link is where it was asked for.
      elsewhere.goes("/settings");
      assertThat(part(elsewhere, "Your data")).containsText("it is shown nowhere else");
      assertThat(part(elsewhere, "Your data").getByText("Save the archive")).hasCount(0);
      Download download =
          ann.page().waitForDownload(() -> data.getByText("Save the archive").click());
      assertThat(namesIn(download)).contains("index.html", "account.json");
      assertThat(data).containsText("The archive was fetched");
      assertThat(data.getByText("Save the archive")).hasCount(0);
      assertThat(ann.button("Download my data")).isVisible();
    }
  }

  @Test
  void whereNoArchivesAreKeptThatIsSaid() {
    try (Site bare = Site.open()) {
      bare.account("ann", "Ann");
      try (Person ann = Person.at(bare).goes("/").signsIn("ann")) {
        ann.goes("/settings").button("Download my data").click();
        confirms(ann, Site.PASSWORD, "Gather my data");
        assertThat(dialog(ann)).containsText("This server keeps no archives.");
      }
    }
  }

  @Test
  void anErasureIsFollowedByItsCodeUntilTheReceiptIsSaved() throws IOException {
    Acquaintance two = Acquaintance.of(site, "Cleo", "Dan").said(2, "Line");
    String handle = two.one().handle().value();
    try (Person cleo = Person.at(site).goes("/").signsIn(handle);
        Person nobody = Person.at(site, Person.Device.POCKET)) {
      cleo.goes("/settings").button("Delete account").click();
      confirms(cleo, Site.PASSWORD, "Delete account");
      cleo.isAt("/erasure");
      // A reload loses nothing; leaving forgets it.
      assertThat(cleo.page().locator("main code")).containsText("e-");
      ScreensTest.isUsable(cleo, "the code of an erasure");
      String code = cleo.page().locator("main code").textContent();
      cleo.page().reload();
      assertThat(cleo.page().locator("main code")).hasText(code);
      Download kept =
          cleo.page().waitForDownload(() -> cleo.button("Save the code as a file").click());
      assertThat(Files.readString(kept.path())).contains(code, "/erasure");
      cleo.button("See how far it is").click();
      assertThat(step(cleo)).containsText("It has not begun yet.");

      nobody.goes("/");
      nobody.page().getByText("Is your account being deleted?").click();
      nobody.isAt("/erasure");
      looks(nobody, "");
      assertThat(nobody.page().getByText("This is needed.")).isVisible();
      looks(nobody, "e-nothing");
      assertThat(nobody.page().getByText("A code begins with e-")).isVisible();
      looks(nobody, "e-" + "a".repeat(26));
      assertThat(nobody.page().getByText("There is no erasure with this code")).isVisible();
      looks(nobody, " " + code + " ");
      assertThat(step(nobody)).containsText("It has not begun yet.");
      ScreensTest.isUsable(nobody, "an erasure under way");

      site.advance(Duration.ofDays(8));
      site.erases();
      looks(nobody, code);
      assertThat(nobody.page().getByText("It was handed out just now")).isVisible();
      String receipt = nobody.page().locator("pre").textContent();
      assertThat(receipt).contains(handle);
      ScreensTest.isUsable(nobody, "a receipt");
      Download saved =
          nobody.page().waitForDownload(() -> nobody.button("Save the receipt").click());
      assertThat(Files.readString(saved.path())).isEqualTo(receipt);
      assertThat(nobody.page().getByText("The receipt was saved.")).isVisible();
      // It is shown for as long as the page is, and then never again.
      looks(nobody, code);
      assertThat(nobody.page().locator("pre")).hasText(receipt);
      nobody.page().reload();
      looks(nobody, code);
      assertThat(nobody.page().getByText("its receipt was handed out before")).isVisible();

      // Her own session is over, and leads back to no code.
      leaves(cleo);
      cleo.page().goBack();
      assertThat(cleo.page().getByText(code)).hasCount(0);
    }
  }

  @Test
  void whoLostTheCodeGetsAnotherOne() {
    Acquaintance two = Acquaintance.of(site, "Edda", "Finn").said(2, "Line");
    try (Person edda = Person.at(site).goes("/").signsIn(two.one().handle().value())) {
      edda.goes("/settings").button("Delete account").click();
      confirms(edda, Site.PASSWORD, "Delete account");
      edda.isAt("/erasure");
      String lost = edda.page().locator("main code").textContent();
      edda.goes("/settings").button("Get another code").click();
      assertThat(dialog(edda)).containsText("of no use any more then");
      ScreensTest.isUsable(edda, "another code for an erasure");
      confirms(edda, Site.PASSWORD, "Get another code");
      edda.isAt("/erasure");
      Locator code = edda.page().locator("main code");
      assertThat(code).containsText("e-");
      assertThat(code).not().hasText(lost);
      edda.button("See how far it is").click();
      assertThat(step(edda)).containsText("It has not begun yet.");
      edda.goes("/settings").goes("/erasure");
      looks(edda, lost);
      assertThat(edda.page().getByText("There is no erasure with this code")).isVisible();
      edda.goes("/settings").button("Keep my account").click();
      assertThat(edda.button("Delete account")).isVisible();
    }
  }

  @Test
  void whereItBeginsAtOnceTheCodeStaysOnTheScreen() {
    try (Site hasty = Site.open(Plan.PLAIN.withGrace(Duration.ZERO))) {
      hasty.account("ann", "Ann");
      try (Person ann = Person.at(hasty).goes("/").signsIn("ann")) {
        ann.goes("/settings").button("Delete account").click();
        assertThat(dialog(ann)).containsText("It begins at once, and cannot be taken back.");
        confirms(ann, Site.PASSWORD, "Delete account");
        Locator code = ann.page().locator("main code");
        assertThat(code).containsText("e-");
        hasty.advance(Duration.ofMinutes(2));
        hasty.erases();
        // Nobody is signed in any more, and the page knows.
        assertThat(ann.page().getByText("Sign in", new Page.GetByTextOptions().setExact(true)))
            .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));
        assertThat(code).containsText("e-");
        ann.button("See how far it is").click();
        assertThat(ann.page().getByText("It was handed out just now")).isVisible();
        ann.button("Save the receipt").click();
        leaves(ann);
        assertThat(ann.page().getByText("This account is being deleted.")).isVisible();
      }
    }
  }

  private static void leaves(Person person) {
    person
        .page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in").setExact(true))
        .click();
    assertThat(person.page().getByLabel("Handle")).isVisible();
  }

  private static Locator step(Person person) {
    return person.page().locator("[aria-current=step]");
  }

  private static void looks(Person person, String code) {
    person.page().getByLabel("Code", new Page.GetByLabelOptions().setExact(true)).fill(code);
    person.button("See how far it is").click();
  }
}
