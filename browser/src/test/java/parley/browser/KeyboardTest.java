package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// All of it without a mouse; and texts that would break what is less careful.
class KeyboardTest {
  private static Site site;

  @BeforeAll
  static void open() {
    site = Site.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private static void types(Person person, String... keys) {
    for (String key : keys) {
      person.page().keyboard().press(key);
    }
  }

  /// From the sign-in page to a message that is sent, to the next conversation, and out.
  @Test
  void everythingIsReachedByTheKeyboard() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "From Ben");
    Acquaintance.with(site, two.one(), "Cleo").said(3, "From Cleo");
    try (Person ann = Person.at(site).goes("/")) {
      Page page = ann.page();
      assertThat(page.getByLabel("Handle")).isVisible();
      page.getByLabel("Handle").focus();
      page.keyboard().type(two.one().handle().value());
      types(ann, "Tab");
      page.keyboard().type(Site.PASSWORD);
      types(ann, "Enter");
      assertThat(ann.rows()).hasCount(2);
      types(ann, "/");
      assertThat(page.getByLabel("Find a person or conversation")).isFocused();
      types(ann, "ArrowDown");
      assertThat(ann.rows().first()).isFocused();
      types(ann, "ArrowDown");
      assertThat(ann.row("Ben")).isFocused();
      types(ann, "Enter");
      assertThat(ann.title()).hasText("Ben");
      assertThat(ann.box()).isFocused();
      page.keyboard().type("By hand");
      types(ann, "Enter");
      ann.seesSent("By hand");
      // Ben is the newest now: the next one is Cleo.
      assertThat(ann.rows().first()).containsText("By hand");
      types(ann, "Alt+ArrowDown");
      assertThat(ann.title()).hasText("Cleo");
      assertThat(ann.box()).isFocused();
      types(ann, "Alt+ArrowUp");
      assertThat(ann.title()).hasText("Ben");
      types(ann, "Escape");
      ann.isAt("/");
      // What has the focus can be seen to have it.
      page.getByLabel("Settings").focus();
      types(ann, "Shift+Tab");
      assertThat((String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
          .isEqualTo("solid");
      types(ann, "Tab", "Enter");
      assertThat(ann.title()).hasText("Settings");
    }
  }

  /// Nothing that people can write makes a page wider, runs, or turns what stands beside it around.
  @Test
  void strangeTextsStayWhereTheyAre() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben");
    String[] texts = {
      "x".repeat(2_000),
      "👩‍👩‍👧‍👦".repeat(50),
      "\u202Egnp.exe\u202C and on",
      "a\u200B\u200B\u200Bb\u2060c",
      "<img src=x onerror=alert(1)><script>alert(2)</script>",
      "javascript:alert(1) data:text/html,<script>alert(1)</script> vbscript:x",
      "https://example.com/" + "long/".repeat(200),
      "שלום עולם https://example.com/a מה נשמע"
    };
    for (String text : texts) {
      site.wrote(two.other(), two.id(), text);
    }
    Person.Device narrow = new Person.Device(320, 568, ColorScheme.DARK, false);
    try (Person ann = Person.at(site, narrow)) {
      ann.page()
          .onDialog(dialog -> {
            throw new AssertionError("a script ran: " + dialog.message());
          });
      ann.goes("/").signsIn(two.one().handle().value()).opens("Ben");
      ann.sees("שלום עולם").settles();
      assertThat(ann.reads()).containsExactly(texts);
      assertThat(
              (Boolean)
                  ann.page()
                      .evaluate(
                          "[document.documentElement, document.querySelector('[role=log]')]"
                              + ".every((it) => it.scrollWidth <= it.clientWidth)"))
          .isTrue();
      for (Locator link : ann.log().locator("a").all()) {
        assertThat(link.getAttribute("href")).startsWith("https://example.com/");
        assertThat(link.getAttribute("rel")).contains("noopener");
        assertThat(link.getAttribute("target")).isEqualTo("_blank");
      }
      assertThat(ann.log().locator("img, script, iframe")).hasCount(0);
      ann.page().goBack();
      assertThat(ann.row("Ben")).isVisible();
      assertThat((Boolean) ann.page().evaluate("document.body.scrollWidth <= innerWidth")).isTrue();
    }
  }

  /// What is read aloud: landmarks, one heading of the first rank, and who said what.
  @Test
  void whoListensHearsWhoSaidWhat() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person ann = Person.at(site).goes("/").signsIn(two.one().handle().value())) {
      ann.opens("Ben").sees("Line 2");
      assertThat(ann.log())
          .matchesAriaSnapshot(
              """
              - log "Messages":
                - paragraph: This is the beginning of your conversation with Ben.
                - separator "Today"
                - article: /Ben. Line 1/
                - article: /You. Line 2/
              """);
      assertThat(ann.page().getByRole(AriaRole.MAIN)).hasCount(1);
      assertThat(ann.page().getByRole(AriaRole.NAVIGATION)).hasCount(1);
    }
  }
}
