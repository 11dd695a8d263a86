package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.messaging.account.Account;
import parley.messaging.conversation.ConversationId;

/// A great deal of it: 10,000 messages in a conversation, 1,000 conversations.
class ManyTest {
  private static final int MESSAGES = 10_000;
  private static final int CONVERSATIONS = 1_000;
  private static final int NODES_MAX = 1_500;

  /// Of different heights, some with a link.
  private static final List<String> TEXTS =
      List.of(
          "Yes.",
          "The ferry leaves at seven, and the next one not before noon.",
          "A line\nand another\nand a third",
          "https://example.com/timetable is what I look at. ".repeat(4),
          "Quite long. ".repeat(40));

  private static Site site;
  private static Account ann;
  private static ConversationId id;

  @BeforeAll
  static void open() {
    site = Site.open();
    ann = site.account("ann", "Ann");
    for (Account stranger : site.strangers(CONVERSATIONS - 1, "Friend")) {
      site.wrote(stranger, site.between(ann, stranger), "Hello from " + stranger.handle().value());
    }
    Account ben = site.account("ben", "Ben");
    id = site.between(ann, ben);
    for (int i = 1; i <= MESSAGES; i++) {
      site.wrote(i % 3 == 0 ? ann : ben, id, i + " " + TEXTS.get(i % TEXTS.size()));
    }
    site.settles();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  /// Counts how far what is on the page has moved by itself.
  private static final String WATCH =
      """
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const it of list.getEntries())
          if (it.value > 0 && !it.hadRecentInput)
            globalThis.shifts.push(it.value + " " + it.sources.map((s) => s.node?.className));
      }).observe({ type: "layout-shift", buffered: true });
      """;

  /// A page waits for the place where new begins for two seconds, and then shows the end. Here
  /// these are a minute, for it is not asked how fast this machine is.
  private static final String PATIENT =
      """
      {
        const real = globalThis.setTimeout;
        globalThis.setTimeout = (call, millis, ...more) =>
          real(call, millis === 2000 ? 60_000 : millis, ...more);
      }
      """;

  static List<Person.Device> devices() {
    return List.of(Person.Device.DESK, Person.Device.POCKET);
  }

  private static Person reader(Person.Device device) {
    Person person = Person.at(site, device);
    person.context().addInitScript(WATCH);
    return person.goes("/").signsIn("ann");
  }

  private static void isLean(Person person) {
    int nodes = (Integer) person.page().evaluate("document.querySelectorAll('*').length");
    assertThat(nodes).isLessThanOrEqualTo(NODES_MAX);
    assertThat((List<?>) person.page().evaluate("globalThis.shifts")).isEmpty();
  }

  /// Scrolls up step by step, and answers how far the line under the eye came to lie from where it
  /// should, at worst.
  private static final String SCROLL_UP =
      """
      async (steps) => {
        const log = document.querySelector("[role=log]");
        const frames = async (count) => {
          for (; count > 0; count--) await new Promise((go) => requestAnimationFrame(go));
        };
        const top = log.getBoundingClientRect().top;
        let worst = 0;
        let nodes = 0;
        let first = Infinity;
        for (let step = 0; step < steps; step++) {
          // At the top there is nothing to scroll through until more has come.
          if (log.scrollTop === 0) {
            for (const until = performance.now() + 60_000; log.scrollTop === 0; await frames(1)) {
              if (performance.now() > until) throw new Error("nothing older came");
            }
            // What stood above the first line goes: that is seen at the top alone.
            await frames(20);
          }
          const line = [...log.querySelectorAll(".text")].find(
            (it) => it.getBoundingClientRect().bottom > top + 100);
          const before = line.getBoundingClientRect().top;
          log.scrollTop -= 400;
          const reached = log.scrollTop;
          // In no frame, and not only in the end.
          for (let frame = 0; frame < 4; frame++) {
            await frames(1);
            if (line.isConnected && reached > 0) {
              const by = line.getBoundingClientRect().top - before;
              worst = Math.max(worst, Math.abs(by - 400));
            }
          }
          nodes = Math.max(nodes, document.querySelectorAll("*").length);
          first = Math.min(first, parseInt(log.querySelector(".text").textContent));
        }
        return { worst, nodes, first };
      }
      """;

  @ParameterizedTest
  @MethodSource("devices")
  void tenThousandMessagesAreReadWithoutAJump(Person.Device device) {
    try (Person reader = reader(device)) {
      reader.goes("/c/" + id.value());
      assertThat(reader.message(MESSAGES + " ")).isInViewport();
      isLean(reader.settles());
      Map<?, ?> found = (Map<?, ?>) reader.page().evaluate(SCROLL_UP, 100);
      assertThat(((Number) found.get("worst")).doubleValue()).isLessThan(2);
      assertThat(((Number) found.get("nodes")).intValue()).isLessThanOrEqualTo(NODES_MAX);
      assertThat(((Number) found.get("first")).intValue()).isLessThan(MESSAGES - 200);
      // A page that comes while one rests.
      List<Route> held = new ArrayList<>();
      reader.page().route("**/messages?*", held::add);
      reader
          .page()
          .waitForCondition(() -> {
            // Again, should one that was asked for before have come and moved the beginning away.
            // The first line is out of sight: it may go on with what somebody said before.
            reader.log().evaluate("it => it.scrollTop = 850");
            return !held.isEmpty();
          });
      reader.settles().page().evaluate("globalThis.shifts = []");
      int before = heightOf(reader);
      reader.page().unroute("**/messages?*");
      held.forEach(Route::resume);
      reader.page().waitForCondition(() -> heightOf(reader) > before);
      reader.settles();
      isLean(reader);
    }
  }

  private static int heightOf(Person reader) {
    return ((Number) reader.log().evaluate("it => it.scrollHeight")).intValue();
  }

  @ParameterizedTest
  @MethodSource("devices")
  void aThousandConversationsAreScrolledThrough(Person.Device device) {
    try (Person reader = reader(device)) {
      assertThat(reader.row("Ben")).isVisible();
      reader.waitsUntil(
          """
          async () => {
            const list = document.querySelector(".inbox-list");
            list.scrollTop = list.scrollHeight;
            return [...list.querySelectorAll("a")].some(
              (it) => it.querySelector(".row-text").textContent === "Hello from friend_1");
          }
          """);
      isLean(reader);
      reader.page().getByLabel("Find a person or conversation").fill("friend 77");
      assertThat(reader.row("Friend 777")).isVisible();
      isLean(reader);
      reader.row("Friend 777").click();
      reader.sees("Hello from friend_777");
      isLean(reader);
    }
  }

  /// Whether what one points at hears it while the list around it has just scrolled.
  private static final String HEARS =
      """
      async ([list, line]) => {
        const box = document.querySelector(list);
        box.scrollTop -= 100;
        // A page hears of it with the next frame, and draws what it makes of it with the one after.
        for (let i = 0; i < 3; i++) await new Promise((go) => requestAnimationFrame(go));
        const top = box.getBoundingClientRect().top + 100;
        const one = [...box.querySelectorAll(line)].find(
          (it) => it.getBoundingClientRect().top > top);
        const { x, y, width, height } = one.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2).closest(line) === one;
      }
      """;

  /// Lists scroll by themselves, too, as when less was found than there was: a click just then must
  /// not go nowhere.
  @Test
  void whatScrollsCanBeClicked() {
    try (Person reader = reader(Person.Device.DESK)) {
      reader.goes("/c/" + id.value());
      assertThat(reader.message(MESSAGES + " ")).isInViewport();
      reader.settles();
      assertThat(reader.page().evaluate(HEARS, List.of("[role=log]", ".message"))).isEqualTo(true);
      assertThat(reader.row("Ben")).isVisible();
      reader.inbox().locator(".inbox-list").evaluate("it => it.scrollTop = 500");
      assertThat(reader.page().evaluate(HEARS, List.of(".inbox-list", ".row"))).isEqualTo(true);
    }
  }

  /// What is new begins where one left off, even if that is pages away.
  @Test
  void oneBeginsWhereOneLeftOff() {
    Acquaintance two = Acquaintance.of(site, "Gia", "Hal").said(10, "Line");
    for (int i = 1; i <= 120; i++) {
      site.wrote(two.other(), two.id(), "Fresh " + i);
    }
    try (Person gia = Person.at(site)) {
      gia.context().addInitScript(PATIENT);
      gia.goes("/").signsIn(two.one().handle().value()).opens("Hal").settles();
      assertThat(gia.log().locator(".new")).isInViewport();
      assertThat(gia.message("Fresh 1").first()).isInViewport();
      gia.button("To the newest message").click();
      assertThat(gia.message("Fresh 120")).isInViewport();
      assertThat(gia.row("Hal")).not().containsText("unread");
      assertThat(gia.reads()).isEqualTo(two.texts());
    }
  }

  /// Everything that moves while one looks on: what arrives, what one writes, and what it becomes.
  @Test
  void nothingOnThePageMovesByItself() {
    Acquaintance two = Acquaintance.of(site, "Cleo", "Dora").said(40, "Line");
    try (Person cleo = Person.at(site)) {
      cleo.context().addInitScript(WATCH);
      cleo.goes("/").signsIn(two.one().handle().value()).opens("Dora").settles();
      cleo.log().evaluate("it => it.scrollTop -= 600");
      cleo.settles();
      site.wrote(two.other(), two.id(), "While she reads further up");
      assertThat(cleo.button("1 new message")).isVisible();
      cleo.box().hover();
      cleo.message("Line 2").first().hover();
      isLean(cleo);
    }
  }
}
