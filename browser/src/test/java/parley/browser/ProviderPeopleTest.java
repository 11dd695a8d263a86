package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.browser.ChangesTest.dialog;
import static parley.browser.ChangesTest.presses;
import static parley.browser.LeavingTest.confirms;
import static parley.browser.LeavingTest.part;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.api.Providers.Arrival.Why;
import parley.host.oidc.ProviderSettings;
import parley.server.OpenIdProvider;

/// People who sign in with an identity provider: a real one, in a real browser.
class ProviderPeopleTest {
  private static OpenIdProvider provider;
  private static Site site;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    provider = OpenIdProvider.start();
    site =
        Site.open(
            Plan.PLAIN
                .withArchives(folder.resolve("exports"))
                .withProviders(
                    List.of(
                        settings("example", "Example", provider.issuer()),
                        // Nobody listens there.
                        settings("away", "Away", "http://127.0.0.1:1"))));
    provider.become(
        new RSAKeyGenerator(2048).keyID("first").generate(),
        site.url() + "/api/sign-in/example/callback",
        Map.of(
            "s1", Map.of("name", "Ada Lovelace", "preferred_username", "ada"),
            "s2", Map.of("name", "Grace Hopper", "preferred_username", "grace"),
            "s3", Map.of("name", "Edsger Dijkstra", "preferred_username", "edsger"),
            "s4", Map.of("name", "Barbara Liskov", "preferred_username", "barbara")));
  }

  @AfterAll
  static void close() throws IOException {
    site.close();
    provider.close();
  }

  private static ProviderSettings settings(String id, String name, String issuer) {
    return new ProviderSettings(
        id,
        name,
        URI.create(issuer),
        OpenIdProvider.CLIENT,
        OpenIdProvider.CLIENT_SECRET,
        null,
        List.of("openid", "profile"),
        List.of("preferred_username"),
        List.of("name"));
  }

  private static Locator link(Person person, String name) {
    return person
        .page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// On the provider's own page.
  private static Locator askedThere(Person person) {
    return person.page().locator("input[name=login]");
  }

  private static void signsInThere(Person person, String subject) {
    askedThere(person).fill(subject);
    person.page().locator("input[name=password]").fill("whatever");
    person.button("Sign-in").click();
  }

  private static void isIn(Person person, String handle) {
    assertThat(person.inbox()).isVisible();
    person.goes("/settings");
    assertThat(part(person, "Account")).containsText("@" + handle);
  }

  private static void signsOut(Person person) {
    person.button("Sign out").click();
    presses(dialog(person), "Sign out");
    assertThat(person.page().getByText("You are signed out.")).isVisible();
  }

  @Test
  void theFirstVisitMakesTheAccountAndTheNextOnesFindIt() {
    try (Person ada = Person.at(site).goes("/")) {
      link(ada, "Sign in with Example").click();
      signsInThere(ada, "s1");
      isIn(ada, "ada");
      assertThat(part(ada, "Account")).containsText("Ada Lovelace");
      signsOut(ada);
      // The provider still knows her browser.
      link(ada, "Sign in with Example").click();
      isIn(ada, "ada");
      try (Person pocket = Person.at(site, Person.Device.POCKET).goes("/")) {
        link(pocket, "Sign in with Example").click();
        signsInThere(pocket, "s1");
        isIn(pocket, "ada");
      }
    }
  }

  @Test
  void whoTurnsBackAtTheProviderIsToldAndCanTryAgain() {
    try (Person grace = Person.at(site).goes("/")) {
      link(grace, "Sign in with Example").click();
      grace.page().getByText("[ Cancel ]").click();
      grace.isAt("/sign-in\\?failed=denied");
      assertThat(grace.page().getByRole(AriaRole.ALERT).first())
          .containsText("the other side said no");
      assertThat(grace.page()).hasTitle("Sign in · Parley");
      link(grace, "Sign in with Example").click();
      signsInThere(grace, "s2");
      isIn(grace, "grace");
    }
  }

  @Test
  void aProviderThatIsDownIsToldOnThePage() {
    try (Person one = Person.at(site).goes("/")) {
      link(one, "Sign in with Away").click();
      one.isAt("/sign-in\\?failed=unavailable");
      assertThat(one.page().getByText("The other side did not answer.")).isVisible();
      link(one, "Sign in with Example").click();
      assertThat(askedThere(one)).isVisible();
      provider.fails(Map.of("/token", "down"));
      try {
        signsInThere(one, "s2");
        one.isAt("/sign-in\\?failed=unavailable");
        assertThat(one.page().getByText("The other side did not answer.")).isVisible();
      } finally {
        provider.fails(Map.of());
      }
    }
  }

  @Test
  void whateverItCameToIsToldInWords() {
    Set<String> told = new HashSet<>();
    try (Person one = Person.at(site)) {
      for (Why why : Why.values()) {
        one.goes("/sign-in?failed=" + why);
        Locator notice =
            one.page()
                .getByRole(AriaRole.ALERT)
                .filter(new Locator.FilterOptions().setHasText("."));
        assertThat(notice).hasCount(1);
        told.add(notice.textContent());
      }
      assertThat(told).hasSameSizeAs(Why.values());
    }
  }

  @Test
  void whoHasNoPasswordShowsOnceMoreWhoTheyAreBeforeTheirDataIsGathered() throws IOException {
    try (Person edsger = Person.at(site).goes("/")) {
      link(edsger, "Sign in with Example").click();
      signsInThere(edsger, "s3");
      isIn(edsger, "edsger");
      // There is no password to be changed or asked for.
      assertThat(edsger.button("Change password")).hasCount(0);
      edsger.button("Download my data").click();
      assertThat(dialog(edsger)).containsText("First show once more that it is you");
      assertThat(dialog(edsger).getByLabel("Password")).hasCount(0);
      assertThat(dialog(edsger).getByText("Gather my data")).hasCount(0);
      ScreensTest.isUsable(edsger, "one more sign-in");
      // To turn back there changes nothing here.
      link(edsger, "Sign in again with Example").click();
      assertThat(askedThere(edsger)).isVisible();
      edsger.page().getByText("[ Cancel ]").click();
      assertThat(dialog(edsger)).containsText("the other side said no");
      link(edsger, "Sign in again with Away").click();
      assertThat(dialog(edsger)).containsText("The other side did not answer.");
      // The provider knows the browser, and asks all the same.
      link(edsger, "Sign in again with Example").click();
      signsInThere(edsger, "s3");
      assertThat(dialog(edsger)).containsText("You have just signed in once more");
      assertThat(dialog(edsger)).containsText("@edsger");
      presses(dialog(edsger), "Gather my data");
      Locator data = part(edsger, "Your data");
      assertThat(data).containsText("Your archive is ready.");
      edsger.isAt("/settings");
      Download download =
          edsger.page().waitForDownload(() -> data.getByText("Save the archive").click());
      assertThat(LeavingTest.namesIn(download)).contains("index.html");
    }
  }

  /// A provider that does not lead to their account would make them another one.
  @Test
  void whoHasAPasswordIsAskedForItAlone() {
    String handle = Acquaintance.of(site, "Ken", "Lea").one().handle().value();
    try (Person ken = Person.at(site).goes("/").signsIn(handle)) {
      ken.goes("/settings").button("Download my data").click();
      assertThat(dialog(ken).getByLabel("Password", new Locator.GetByLabelOptions().setExact(true)))
          .isVisible();
      assertThat(dialog(ken).getByText("Sign in again with")).hasCount(0);
      assertThat(ken.button("Change password")).isVisible();
      confirms(ken, Site.PASSWORD, "Gather my data");
      assertThat(part(ken, "Your data")).containsText("Your archive is ready.");
    }
  }

  @Test
  void whoHasNoPasswordShowsOnceMoreWhoTheyAreBeforeTheirAccountGoes() {
    try (Person barbara = Person.at(site).goes("/")) {
      link(barbara, "Sign in with Example").click();
      signsInThere(barbara, "s4");
      isIn(barbara, "barbara");
      barbara.button("Delete account").click();
      link(barbara, "Sign in again with Example").click();
      signsInThere(barbara, "s4");
      assertThat(dialog(barbara)).containsText("You have just signed in once more");
      // Whoever thinks for too long is asked anew.
      site.advance(Duration.ofMinutes(6));
      presses(dialog(barbara), "Delete account");
      assertThat(dialog(barbara)).containsText("That sign-in is too long ago by now.");
      link(barbara, "Sign in again with Example").click();
      site.advance(Duration.ofMinutes(-6));
      signsInThere(barbara, "s4");
      presses(dialog(barbara), "Delete account");
      barbara.isAt("/erasure");
      assertThat(barbara.page().locator("main code")).containsText("e-");
      barbara.page().getByText("To your conversations").click();
      barbara.button("Keep my account").click();
      assertThat(barbara.button("Keep my account")).hasCount(0);
    }
  }
}
