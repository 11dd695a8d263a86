package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Somebody at a browser of their own: what they see, by the names by which it is read aloud, and
/// what they do.
///
/// When they leave, nothing may have gone wrong behind the scenes: no fault of a script, nothing
/// that the security policy refused, no request to anywhere else.
final class Person implements AutoCloseable {
  static final int WIDE = 1280;
  static final int PHONE = 390;

  private final Visited site;
  private final boolean small;
  private final BrowserContext context;
  private final Page page;

  /// Whether this is one more tab of a browser that is somebody's already.
  private final boolean isFurtherTab;

  private final List<String> faults = new ArrayList<>();

  /// Where it is about noon while these tests run: what is of today stays so until they are over.
  private static final String NOON = whereItIsNoon();

  /// What a browser is like.
  record Device(int width, int height, ColorScheme scheme, boolean worksOffline) {
    static final Device DESK = new Device(WIDE, 800, ColorScheme.LIGHT, false);
    static final Device POCKET = new Device(PHONE, 844, ColorScheme.LIGHT, false);

    Device with(ColorScheme other) {
      return new Device(width, height, other, worksOffline);
    }

    /// With the service worker, which others leave out: it would answer before a test can.
    Device offline() {
      return new Device(width, height, scheme, true);
    }
  }

  private Person(Visited site, Device device) {
    this(site, device.width() < WIDE, contextOf(site, device), false);
  }

  private Person(Visited site, boolean small, BrowserContext context, boolean isFurtherTab) {
    this.site = site;
    this.small = small;
    this.context = context;
    this.isFurtherTab = isFurtherTab;
    this.page = context.newPage();
    context.setDefaultTimeout((double) Chromium.PATIENCE.toMillis());
    page.onPageError(fault -> faults.add("a script failed: " + fault));
    page.onConsoleMessage(this::hear);
    page.onRequest(request -> {
      if (!isOurs(request.url()) && !isOthers(request.url()) && !isAskedByOthers(request)) {
        faults.add("a request to elsewhere: " + request.url());
      }
    });
    if (!isFurtherTab && !site.others().isEmpty()) {
      // Whatever the pages of others would like to have from anywhere.
      context.route(url -> !isOurs(url) && !isOthers(url), Route::abort);
    }
  }

  private boolean isOurs(String url) {
    return url.startsWith(site.url()) || url.startsWith(site.otherUrl());
  }

  private boolean isOthers(String url) {
    return site.others().stream().anyMatch(url::startsWith);
  }

  private boolean isAskedByOthers(Request request) {
    return !request.isNavigationRequest() && isOthers(request.frame().url());
  }

  private static BrowserContext contextOf(Visited site, Device device) {
    boolean small = device.width() < WIDE;
    return site.chromium()
        .browser()
        .newContext(
            new Browser.NewContextOptions()
                .setViewportSize(device.width(), device.height())
                .setColorScheme(device.scheme())
                .setHasTouch(small)
                .setIsMobile(small)
                .setLocale("en-GB")
                .setTimezoneId(NOON)
                // What fades in is hard to read for a moment, and would be taken for a fault.
                .setReducedMotion(ReducedMotion.REDUCE)
                .setServiceWorkers(
                    device.worksOffline() ? ServiceWorkerPolicy.ALLOW : ServiceWorkerPolicy.BLOCK));
  }

  private static String whereItIsNoon() {
    int behind = Instant.now().atOffset(ZoneOffset.UTC).getHour() - 12;
    // West of Greenwich, hours are above zero in these names.
    return "Etc/GMT" + (behind < 0 ? "" : "+") + behind;
  }

  /// Requests that are refused are told by the browser, whether or not the page expects it; and a
  /// connection that is given up before it stands, as by a page that goes.
  private void hear(ConsoleMessage message) {
    if (isOthers(message.location())) {
      return;
    }
    boolean failed = message.type().equals("error") || message.type().equals("warning");
    boolean expected =
        message.text().startsWith("Failed to load resource")
            || message.text().endsWith("WebSocket is closed before the connection is established.")
            || message.text().equals("Service Worker registration blocked by Playwright");
    if (failed && !expected) {
      faults.add("the console: " + message.text());
    }
  }

  static Person at(Visited site) {
    return at(site, Device.DESK);
  }

  static Person at(Visited site, Device device) {
    return new Person(site, device);
  }

  /// The same person in one more tab of the same browser.
  Person inFurtherTab() {
    return new Person(site, small, context, true);
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  // Getting in.

  Person goes(String path) {
    page.navigate(site.url() + path);
    return this;
  }

  Person signsUp(String handle, String name) {
    goes("/sign-up");
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
    page.getByLabel("Handle").fill(handle);
    password().fill(Site.PASSWORD);
    button("Create account").click();
    assertThat(inbox()).isVisible();
    return this;
  }

  /// From wherever they are: whoever is not signed in is asked to.
  Person signsIn(String handle) {
    page.getByLabel("Handle").fill(handle);
    password().fill(Site.PASSWORD);
    button("Sign in").click();
    // Where one lands is the inbox or what the address says.
    assertThat(page.locator(".messenger")).isAttached();
    return this;
  }

  Locator password() {
    return page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true));
  }

  // What there is to see.

  Locator inbox() {
    return page.getByRole(
        AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Conversations"));
  }

  /// Rows of the inbox, from the top.
  Locator rows() {
    return inbox().getByRole(AriaRole.LISTITEM).getByRole(AriaRole.LINK);
  }

  Locator row(String name) {
    return rows().filter(new Locator.FilterOptions().setHasText(name));
  }

  /// Whom they are writing with.
  Locator title() {
    return page.locator("main").getByRole(AriaRole.HEADING).first();
  }

  Locator log() {
    return page.getByRole(AriaRole.LOG);
  }

  Locator messages() {
    return log().getByRole(AriaRole.ARTICLE);
  }

  /// By its own words: the time beside them would make "Line 60" of "Line 6" and "0:15".
  Locator message(String text) {
    Locator words = page.locator(".bubble", new Page.LocatorOptions().setHasText(text));
    return messages().filter(new Locator.FilterOptions().setHas(words));
  }

  Locator box() {
    return page.getByLabel("Write a message");
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /// What says that this is not up to date.
  Locator banner() {
    return page.locator(".banner");
  }

  /// What the newest message says, exactly.
  String newestText() {
    return (String) messages().last().locator(".text").evaluate("it => it.textContent");
  }

  /// How far the end of the messages is below what is in sight, in pixels.
  int belowSight() {
    return ((Number)
            log().evaluate("it => Math.round(it.scrollHeight - it.scrollTop - it.clientHeight)"))
        .intValue();
  }

  // What they do.

  Person opens(String name) {
    row(name).click();
    assertThat(title()).hasText(name);
    return this;
  }

  /// Waits until the messages lie still: where one begins is found in a few steps.
  Person settles() {
    log()
        .evaluate(
            """
            async (log) => {
              let still = 0;
              for (let before = -1; still < 15; ) {
                await new Promise((go) => requestAnimationFrame(go));
                const now = log.scrollTop + log.scrollHeight * 1e6;
                still = now === before ? still + 1 : 0;
                before = now;
              }
            }
            """);
    return this;
  }

  /// Waits until `function`, which may be asynchronous, answers true. The browser's own wait takes
  /// any promise for that.
  Person waitsUntil(String function) {
    Object held =
        page.evaluate(
            """
            async () => {
              const holds = %s;
              for (const until = performance.now() + %d; performance.now() < until; ) {
                if (await holds()) return true;
                await new Promise((go) => setTimeout(go, 50));
              }
              return false;
            }
            """
                .formatted(function, Chromium.PATIENCE.toMillis()));
    assertThat(held).as(function).isEqualTo(true);
    return this;
  }

  Person finds(String handle) {
    page.getByLabel("Find a person or conversation").fill(handle);
    rows().filter(new Locator.FilterOptions().setHasText("@" + handle)).click();
    assertThat(box()).isVisible();
    return this;
  }

  /// Takes a request, and stays in the conversation.
  Person takesRequestOf(String name) {
    inbox().getByText("Requests").first().click();
    opens(name);
    button("Accept").click();
    assertThat(button("Accept")).hasCount(0);
    return this;
  }

  Person writes(String text) {
    box().fill(text);
    if (small) {
      // On a phone Enter breaks the line.
      button("Send").click();
    } else {
      box().press("Enter");
    }
    return this;
  }

  /// Waits until a message of theirs is stored.
  Person sees(String text) {
    assertThat(message(text).last()).isVisible();
    return this;
  }

  Person seesSent(String text) {
    return sees(text, "Sent");
  }

  /// Waits until a message of theirs stands so.
  Person sees(String text, String mark) {
    assertThat(
            message(text)
                .last()
                .getByRole(
                    AriaRole.IMG, new Locator.GetByRoleOptions().setName(mark).setExact(true)))
        .isVisible();
    return this;
  }

  /// Everything there is to read, from the beginning, as somebody sees it who scrolls up as far as
  /// it goes, and then down.
  List<String> reads() {
    Object texts =
        log()
            .evaluate(
                """
                async (log) => {
                  const frames = async (count) => {
                    for (; count > 0; count--) await new Promise((go) => requestAnimationFrame(go));
                  };
                  const isBeginning = () => log.textContent.includes("This is the beginning");
                  const until = performance.now() + %d;
                  while (!isBeginning() && performance.now() < until) {
                    log.scrollTop = 0;
                    await frames(4);
                  }
                  const read = new Map();
                  for (let before = -1; log.scrollTop !== before; ) {
                    before = log.scrollTop;
                    for (const it of log.querySelectorAll("article"))
                      read.set(Number(it.dataset.line), it.querySelector(".text")?.textContent);
                    log.scrollTop += log.clientHeight / 2;
                    await frames(4);
                  }
                  return [...read].sort(([a], [b]) => a - b).map(([, text]) => text);
                }
                """
                    .formatted(Chromium.PATIENCE.toMillis()));
    return ((List<?>) texts).stream().map(String.class::cast).toList();
  }

  Person isAt(String path) {
    assertThat(page).hasURL(Pattern.compile("^" + site.url().replace(".", "\\.") + path + "$"));
    return this;
  }

  /// For tests that break something on purpose.
  void forgives() {
    faults.clear();
  }

  @Override
  public void close() {
    if (isFurtherTab) {
      page.close();
    } else {
      context.close();
    }
    assertThat(faults).isEmpty();
  }
}
