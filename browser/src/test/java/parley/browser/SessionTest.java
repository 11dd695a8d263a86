package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messaging.account.Account;

/// Whose things are whose, in one browser: several tabs, sessions that end, people who take turns.
class SessionTest {
  /// Everything that scripts can read of what this browser keeps, as one text.
  private static final String KEPT =
      """
      async () => {
        const found = [document.cookie, JSON.stringify(localStorage)];
        found.push(JSON.stringify(sessionStorage));
        for (const { name } of await indexedDB.databases()) {
          const db = await new Promise((go) => {
            const request = indexedDB.open(name);
            // One that has gone since it was named must not be made anew.
            request.onupgradeneeded = () => request.transaction.abort();
            request.onsuccess = () => go(request.result);
            request.onerror = () => go(null);
          });
          if (db === null) continue;
          found.push(name);
          for (const box of db.objectStoreNames) {
            const store = db.transaction(box).objectStore(box);
            const all = await new Promise((go) => {
              const request = store.getAll();
              request.onsuccess = () => go(request.result);
            });
            found.push(JSON.stringify(all));
          }
          db.close();
        }
        for (const name of await caches.keys()) {
          for (const request of await (await caches.open(name)).keys()) found.push(request.url);
        }
        return found.join("\\n");
      }
      """;

  /// Says when the connection for what arrives stands.
  private static final String LIVE =
      """
      {
        const Real = globalThis.WebSocket;
        globalThis.WebSocket = class extends Real {
          constructor(...parts) {
            super(...parts);
            this.addEventListener("open", () => (globalThis.isLive = true));
          }
        };
      }
      """;

  private static Site site;

  @BeforeAll
  static void open() {
    site = Site.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private static Person signedIn(Account account, Person.Device device) {
    return Person.at(site, device).goes("/").signsIn(account.handle().value());
  }

  /// The messages that a tab sends: one that is tried again is the same.
  private static Set<String> sendsOf(Person person) {
    Set<String> sent = new HashSet<>();
    person
        .page()
        .onRequest(request -> {
          if (request.method().equals("POST") && request.url().endsWith("/messages")) {
            sent.add(request.postData());
          }
        });
    return sent;
  }

  private static void signsOut(Person person) {
    person.page().getByLabel("Settings").click();
    person.button("Sign out").click();
    person
        .page()
        .getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out"))
        .click();
    assertThat(person.page().getByText("You are signed out.")).isVisible();
  }

  @Test
  void twoTabsShowTheSameAndOneOfThemSends() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person first = signedIn(two.one(), Person.Device.DESK)) {
      first.opens("Ben").sees("Line 2");
      Set<String> byFirst = sendsOf(first);
      try (Person second = first.inFurtherTab()) {
        Set<String> bySecond = sendsOf(second);
        second.goes("/c/" + two.id().value()).sees("Line 2");
        second.writes("From the second").seesSent("From the second");
        first.seesSent("From the second");
        first.writes("From the first").seesSent("From the first");
        second.seesSent("From the first");
        site.wrote(two.other(), two.id(), "To both");
        first.sees("To both");
        second.sees("To both");
        assertThat(first.reads()).isEqualTo(two.texts()).isEqualTo(second.reads());
        assertThat(byFirst).hasSize(2);
        assertThat(bySecond).isEmpty();
        // Whoever is left sends.
        first.page().close();
        second.writes("Alone").seesSent("Alone");
        assertThat(bySecond).hasSize(1);
      }
      assertThat(two.texts())
          .containsExactly(
              "Line 1", "Line 2", "From the second", "From the first", "To both", "Alone");
    }
  }

  @Test
  void whoeverSignsOutInOneTabIsOutInAll() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person first = signedIn(two.one(), Person.Device.DESK);
        Person second = first.inFurtherTab()) {
      second.goes("/c/" + two.id().value()).sees("Line 2");
      signsOut(first);
      assertThat(second.button("Sign in")).isVisible();
      assertThat(second.page().getByText("Line 2")).hasCount(0);
    }
  }

  /// What was written when a session ended by itself is kept for whoever wrote it, and nobody else.
  @Test
  void aSessionThatIsOverLosesNothing() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    Account eve = site.account("eve" + two.one().handle().value(), "Eve");
    try (Person ann = signedIn(two.one(), Person.Device.DESK)) {
      ann.opens("Ben").sees("Line 2");
      ann.context().setOffline(true);
      ann.writes("Waiting").sees("Waiting", "Sending");
      ann.box().fill("A draft");
      site.services().sessions().endAll(two.one().id());
      ann.context().setOffline(false);
      assertThat(ann.button("Sign in")).isVisible();
      assertThat(ann.page().getByText("Your session is over.")).isVisible();

      ann.signsIn(eve.handle().value());
      assertThat(ann.page().getByText("Waiting")).hasCount(0);
      ann.goes("/");
      assertThat(ann.inbox()).containsText("No one here yet.");
      assertThat(ann.page().getByText("Waiting")).hasCount(0);
      signsOut(ann);
      assertThat(two.texts()).containsExactly("Line 1", "Line 2");

      ann.goes("/c/" + two.id().value()).signsIn(two.one().handle().value());
      ann.seesSent("Waiting");
      assertThat(ann.box()).hasValue("A draft");
      assertThat(two.texts()).containsExactly("Line 1", "Line 2", "Waiting");
      ann.forgives();
    }
  }

  @Test
  void signingOutWarnsOfWhatIsUnsentAndLeavesNothing() {
    // A name that is in no name of a file by chance.
    Acquaintance two = Acquaintance.of(site, "Ann", "Bartholomew").said(2, "Quince");
    try (Person ann = signedIn(two.one(), Person.Device.DESK.offline())) {
      ann.opens("Bartholomew").sees("Quince 2");
      ann.page()
          .route(
              "**/messages",
              route -> {
                if (route.request().method().equals("POST")) {
                  route.abort();
                } else {
                  route.resume();
                }
              });
      ann.writes("Quince, not sent").sees("Quince, not sent", "Sending");
      ann.box().fill("Quince, a draft");
      // Kept once a second.
      for (String kept : List.of("Quince 2", "Quince, not sent", "Quince, a draft")) {
        ann.waitsUntil("async () => (await (" + KEPT + ")()).includes('" + kept + "')");
      }
      ann.page().getByLabel("Settings").click();
      ann.button("Sign out").click();
      Locator dialog = ann.page().getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("1 message");
      dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out")).click();
      assertThat(ann.page().getByText("You are signed out.")).isVisible();
      String left = (String) ann.page().evaluate(KEPT);
      assertThat(left).doesNotContain("Quince", "Bartholomew", "/api/");
      // What it was kept in is empty by now, and goes a moment later.
      String id = two.one().id().value();
      ann.waitsUntil("async () => !(await (" + KEPT + ")()).includes('" + id + "')");
      ann.page().reload();
      assertThat(ann.button("Sign in")).isVisible();
      assertThat((String) ann.page().evaluate(KEPT)).doesNotContain("Quince", "/api/");
      ann.forgives();
    }
  }

  /// What lets one in is in a cookie that no script reads, and nowhere else.
  @Test
  void noScriptReadsWhatLetsOneIn() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(1, "Line");
    try (Person ann = signedIn(two.one(), Person.Device.DESK)) {
      ann.opens("Ben").sees("Line 1");
      var cookies = ann.context().cookies();
      assertThat(cookies).isNotEmpty().allSatisfy(it -> assertThat(it.httpOnly).isTrue());
      String readable =
          ann.page().evaluate(KEPT)
              + ann.page().content()
              + ann.page()
                  .evaluate("JSON.stringify(performance.getEntries().map((it) => it.name))");
      cookies.forEach(it -> assertThat(readable).doesNotContain(it.value));
      assertThat((String) ann.page().evaluate("document.cookie")).isEmpty();
    }
  }

  /// A person asks to be told, and is, when they look elsewhere.
  @Test
  void whoeverAsksIsToldOfWhatTheyDoNotSee() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(1, "Line");
    try (Person ann = Person.at(site, Person.Device.DESK.offline())) {
      ann.context().addInitScript(LIVE);
      ann.context().grantPermissions(List.of("notifications"));
      ann.goes("/").signsIn(two.one().handle().value());
      ann.page().getByLabel("Settings").click();
      ann.page().getByLabel("Tell me of new messages").check();
      ann.page().evaluate("navigator.serviceWorker.ready.then(() => true)");
      // Of what came before that, the inbox alone tells.
      ann.waitsUntil("() => globalThis.isLive === true");
      // Another window lies over this one.
      ann.page()
          .evaluate(
              """
              () => {
                Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
                document.hasFocus = () => false;
                document.dispatchEvent(new Event("visibilitychange"));
              }
              """);
      site.wrote(two.other(), two.id(), "Are you there?");
      ann.waitsUntil(
          """
          async () => {
            const shown = await (await navigator.serviceWorker.ready).getNotifications();
            return shown.some((it) => it.title === "Ben" && it.body === "Are you there?");
          }
          """);
      assertThat(ann.page()).hasTitle("(2) Settings · Parley");
      assertThat(ann.page().locator("link[rel=icon]")).hasAttribute("href", "/icon-unread.svg");
    }
  }
}
