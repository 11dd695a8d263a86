package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.messaging.message.Log.Consistency.STRONG;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.account.Account;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;

/// Two people who write to each other: on a server, and in [FunctionsConversationTest] without one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationTest {
  private static Site site;

  /// A handle for each person of each test.
  private static final AtomicInteger COUNT = new AtomicInteger();

  /// What it happens on.
  Site opened() {
    return Site.open();
  }

  @BeforeAll
  final void open() {
    site = opened();
  }

  @AfterAll
  final void close() {
    site.close();
  }

  private static String handle(String name) {
    return name + COUNT.incrementAndGet();
  }

  /// Two people, and what the second has already written to the first, and to whom else.
  private record Acquaintance(Account one, Account other, ConversationId id) {
    static Acquaintance of(String one, String other) {
      Account first = site.account(handle(one.toLowerCase(Locale.ROOT)), one);
      return with(first, other);
    }

    static Acquaintance with(Account one, String other) {
      Account second = site.account(handle(other.toLowerCase(Locale.ROOT)), other);
      return new Acquaintance(one, second, site.between(one, second));
    }

    Acquaintance said(int count, String what) {
      for (int i = 1; i <= count; i++) {
        site.wrote(i % 2 == 0 ? one : other, id, what + " " + i);
      }
      return this;
    }
  }

  private static Person signedIn(Account account) {
    return Person.at(site).goes("/").signsIn(account.handle().value());
  }

  @Test
  void twoPeopleSignUpFindEachOtherAndConverse() {
    Meeting.at(site, handle("ann"), handle("ben"));
  }

  @Test
  void theBoxIsEmptyAndKeepsTheFocusWhenAMessageIsSent() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(3, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben");
      assertThat(ann.box()).isFocused();
      ann.box().fill("One");
      ann.box().press("Enter");
      // At once, and not when the server has answered.
      assertThat(ann.box().inputValue()).isEmpty();
      assertThat(ann.box()).isFocused();
      ann.page().keyboard().type("Two");
      ann.button("Send").click();
      assertThat(ann.box().inputValue()).isEmpty();
      assertThat(ann.box()).isFocused();
      ann.seesSent("One").seesSent("Two");
      ann.box().press("Enter");
      ann.box().fill("   ");
      ann.box().press("Enter");
      assertThat(ann.messages()).hasCount(5);
    }
  }

  @Test
  void shiftAndEnterBreakTheLine() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(1, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben");
      double before = ann.box().boundingBox().height;
      ann.page().keyboard().type("One");
      ann.box().press("Shift+Enter");
      ann.page().keyboard().type("Two");
      assertThat(ann.box()).hasValue("One\nTwo");
      assertThat(ann.box().boundingBox().height).isGreaterThan(before);
      ann.box().press("Enter");
      ann.seesSent("Two");
      assertThat(ann.newestText()).isEqualTo("One\nTwo");
    }
  }

  /// While a word is composed, Enter takes the word.
  @Test
  void composingAWordSendsNothing() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(1, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben");
      ann.box().fill("にほん");
      ann.box()
          .evaluate(
              "it => it.dispatchEvent(new KeyboardEvent('keydown',"
                  + " {key: 'Enter', bubbles: true, cancelable: true, isComposing: true}))");
      assertThat(ann.box()).hasValue("にほん");
      assertThat(ann.messages()).hasCount(1);
    }
  }

  @Test
  void sendingGoesToTheNewestMessage() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(60, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben").sees("Line 60").settles();
      assertThat(ann.belowSight()).isLessThan(3);
      ann.log().evaluate("it => it.scrollTop -= 2000");
      assertThat(ann.message("Line 60")).not().isVisible();
      assertThat(ann.button("To the newest message")).isVisible();
      ann.writes("And one more");
      assertThat(ann.message("And one more")).isInViewport();
      ann.seesSent("And one more").settles();
      assertThat(ann.belowSight()).isLessThan(3);
      assertThat(ann.button("To the newest message")).not().isVisible();
    }
  }

  /// A keyboard that comes up, or a text of many lines.
  @Test
  void whatTakesRoomAwayLeavesTheEndInSight() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(60, "Line");
    String ann = two.one().handle().value();
    try (Person one = Person.at(site, Person.Device.POCKET).goes("/").signsIn(ann)) {
      one.opens("Ben").sees("Line 60").settles();
      one.page().setViewportSize(Person.PHONE, 460);
      one.settles();
      assertThat(one.belowSight()).isLessThan(3);
      one.box().fill("1\n2\n3\n4\n5\n6\n7\n8");
      one.settles();
      assertThat(one.belowSight()).isLessThan(3);
      assertThat(one.message("Line 60")).isInViewport();
    }
  }

  /// Whoever reads further up stays there, and is told how much is new.
  @Test
  void whatArrivesMovesNothing() {
    // No more than are loaded at once: nothing else comes in meanwhile.
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(45, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben").sees("Line 45").settles();
      ann.log().evaluate("it => it.scrollTop -= 900");
      assertThat(ann.button("To the newest message")).isVisible();
      Locator inSight = ann.settles().messages().nth(5);
      String text = inSight.locator(".text").textContent();
      double before = ann.message(text).first().boundingBox().y;
      for (int i = 1; i <= 3; i++) {
        site.wrote(two.other(), two.id(), "News " + i);
      }
      assertThat(ann.button("3 new messages")).isVisible();
      assertThat(ann.message(text).first().boundingBox().y).isEqualTo(before);
      ann.button("3 new messages").click();
      assertThat(ann.message("News 3")).isInViewport();
      assertThat(ann.button("3 new messages")).not().isVisible();
    }
  }

  @Test
  void scrollingUpLoadsWhatIsOlderAndKeepsTheLineWhereItWas() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(130, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben").sees("Line 130").settles();
      List<Double> jumps = new ArrayList<>();
      Locator beginning =
          ann.log().getByText("This is the beginning of your conversation with Ben.");
      long until = System.nanoTime() + Chromium.PATIENCE.toNanos();
      while (beginning.count() == 0 && System.nanoTime() < until) {
        Object jump =
            ann.log()
                .evaluate(
                    """
                    async (log) => {
                      const frame = () => new Promise((go) => requestAnimationFrame(go));
                      const top = log.getBoundingClientRect().top;
                      const line = [...log.querySelectorAll(".text")].find(
                        (it) => it.getBoundingClientRect().top > top + 200);
                      const before = line.getBoundingClientRect().top;
                      log.scrollTop -= 150;
                      const moved = log.scrollTop;
                      for (let i = 0; i < 8; i++) await frame();
                      const by = line.getBoundingClientRect().top - before;
                      return line.isConnected && moved > 0 ? Math.abs(by - 150) : 0;
                    }
                    """);
        jumps.add(((Number) jump).doubleValue());
      }
      assertThat(beginning).isVisible();
      assertThat(ann.message("Line 1").first()).isVisible();
      assertThat(jumps).allSatisfy(jump -> assertThat(jump).isLessThan(2));
    }
  }

  /// The list, the draft and whom one writes to change together, however slow a page is.
  @Test
  void switchingWhileAPageLoadsMixesNothingUp() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(3, "From Ben");
    Acquaintance three = Acquaintance.with(two.one(), "Cleo").said(3, "From Cleo");
    try (Person ann = signedIn(two.one())) {
      assertThat(ann.rows()).hasCount(2);
      List<Route> held = new ArrayList<>();
      ann.page().route("**/" + two.id().value() + "/messages*", held::add);
      ann.row("Ben").click();
      assertThat(ann.title()).hasText("Ben");
      ann.page().waitForCondition(() -> !held.isEmpty());
      ann.box().fill("A draft for Ben");
      ann.opens("Cleo").sees("From Cleo 3");
      assertThat(ann.box()).hasValue("");
      // Whatever is asked from here on is not held.
      ann.page().unroute("**/" + two.id().value() + "/messages*");
      held.forEach(Route::resume);
      ann.writes("Hello Cleo").seesSent("Hello Cleo");
      assertThat(ann.message("From Ben")).hasCount(0);
      ann.opens("Ben").sees("From Ben 3");
      assertThat(ann.message("Cleo")).hasCount(0);
      assertThat(ann.box()).hasValue("A draft for Ben");
      ann.box().press("Enter");
      ann.seesSent("A draft for Ben");
      assertThat(site.services().log().after(three.id(), 3, 10, STRONG)).hasSize(1);
      assertThat(site.services().log().after(two.id(), 3, 10, STRONG)).hasSize(1);
    }
  }

  @Test
  void nothingLoadsThePageAnew() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(2, "Line");
    Acquaintance.with(two.one(), "Cleo").said(1, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.page().evaluate("window.same = true");
      ann.opens("Ben").writes("Still here").seesSent("Still here").opens("Cleo");
      ann.page().getByLabel("Settings").click();
      assertThat(ann.title()).hasText("Settings");
      ann.page().goBack();
      assertThat(ann.title()).hasText("Cleo");
      ann.page().goBack();
      assertThat(ann.title()).hasText("Ben");
      ann.page().goForward();
      assertThat(ann.title()).hasText("Cleo");
      assertThat(ann.page().evaluate("window.same")).isEqualTo(true);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  two spaces  before, between  and after  ",
        "one\n\n\ntwo\n",
        "<b>not bold</b> & <img src=x onerror=alert(1)> &amp;",
        "👩‍👩‍👧‍👦 and 🏳️‍🌈, é and é",
        "שלום, world, שלום",
        "https://example.com/a?b=<c> and javascript:alert(1) and ann@example.com.",
        "\ttabs\tand a very-long-word-" + "abcdefghijklmnopqrstuvwxyz"
      })
  void theSenderSeesExactlyWhatIsStored(String text) {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(1, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben");
      ann.box().fill(text);
      ann.box().press("Enter");
      assertThat(ann.messages()).hasCount(2);
      String shown = ann.newestText();
      assertThat(
              ann.messages()
                  .last()
                  .getByRole(AriaRole.IMG, new Locator.GetByRoleOptions().setName("Sent")))
          .isVisible();
      var stored = site.services().log().after(two.id(), 1, 10, STRONG).getFirst();
      assertThat(stored).isInstanceOf(Entry.Message.class);
      String kept = ((Entry.Message) stored).text().value();
      assertThat(shown).isEqualTo(kept).isEqualTo(ann.newestText());
      ann.page().reload();
      assertThat(ann.messages()).hasCount(2);
      assertThat(ann.newestText()).isEqualTo(kept);
      assertThat(ann.log().locator("a").all())
          .allSatisfy(link -> {
            assertThat(link.getAttribute("href")).matches("(https?://|mailto:).*");
            assertThat(link.getAttribute("rel")).contains("noopener");
          });
      assertThat(ann.log().locator("b, img, script")).hasCount(0);
    }
  }

  @Test
  void aLinkLeadsWhereItSaysAlsoForWhoeverMustSignInFirst() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(2, "Line");
    Account one = two.one();
    try (Person ann = Person.at(site)) {
      ann.goes("/c/" + two.id().value()).signsIn(one.handle().value()).sees("Line 2");
      ann.isAt("/c/" + two.id().value());
      ann.goes("/with/" + two.other().handle().value()).sees("Line 2");
      ann.isAt("/c/" + two.id().value());
      ann.goes("/settings");
      assertThat(ann.title()).hasText("Settings");
      ann.goes("/with/nobody_has_this");
      assertThat(ann.page().locator("main")).containsText("Nobody has the handle");
      ann.goes("/c/c-" + "a".repeat(26));
      assertThat(ann.page().locator("main")).containsText("There is no such conversation");
      ann.goes("/nowhere");
      assertThat(ann.page().locator("main")).containsText("There is no such page.");
    }
  }

  @Test
  void onAPhoneThereIsOnePaneAtATime() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(2, "Line");
    try (Person ann =
        Person.at(site, Person.Device.POCKET).goes("/").signsIn(two.one().handle().value())) {
      ann.opens("Ben").sees("Line 2");
      assertThat(ann.inbox()).not().isVisible();
      // Its keyboard would cover what one came to read.
      assertThat(ann.box()).not().isFocused();
      ann.button("Back to the inbox").click();
      ann.isAt("/");
      assertThat(ann.inbox()).isVisible();
      ann.page().goForward();
      assertThat(ann.title()).hasText("Ben");
      ann.page().goBack();
      assertThat(ann.inbox()).isVisible();
      assertThat(
              (Boolean) ann.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isTrue();
    }
  }

  @Test
  void messagesAreReachedAndLeftByTheKeyboard() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(6, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben").sees("Line 6");
      ann.box().press("ArrowUp");
      assertThat(ann.message("Line 6")).isFocused();
      ann.page().keyboard().press("ArrowUp");
      assertThat(ann.message("Line 5")).isFocused();
      ann.page().keyboard().press("ArrowDown");
      ann.page().keyboard().press("ArrowDown");
      assertThat(ann.box()).isFocused();
      ann.box().press("ArrowUp");
      assertThat(ann.message("Line 6")).isFocused();
      ann.page().keyboard().press("Escape");
      assertThat(ann.box()).isFocused();
    }
  }

  /// What arrives is read aloud, what was there is not.
  @Test
  void whatArrivesIsAnnounced() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(3, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben").sees("Line 3");
      Locator said =
          ann.page()
              .locator("main [role=status]")
              .filter(new Locator.FilterOptions().setHasText("Ben:"));
      assertThat(said).hasCount(0);
      site.wrote(two.other(), two.id(), "Listen");
      assertThat(said).hasText("Ben: Listen");
    }
  }

  @Test
  void whatIsNewIsDividedFromWhatWasRead() {
    Acquaintance two = Acquaintance.of("Ann", "Ben").said(2, "Old");
    Acquaintance.with(two.one(), "Cleo").said(1, "Line");
    try (Person ann = signedIn(two.one())) {
      ann.opens("Ben").sees("Old 2").opens("Cleo");
      for (int i = 1; i <= 3; i++) {
        site.wrote(two.other(), two.id(), "Fresh " + i);
      }
      assertThat(ann.row("Ben")).containsText("3 unread messages");
      assertThat(ann.page()).hasTitle("(3) Cleo · Parley");
      ann.opens("Ben").sees("Fresh 3");
      assertThat(ann.log().locator(".new")).isVisible();
      assertThat(ann.page()).hasTitle("Ben · Parley");
      assertThat(ann.row("Ben")).not().containsText("unread");
    }
  }
}
