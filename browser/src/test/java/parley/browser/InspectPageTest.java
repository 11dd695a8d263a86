package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.messaging.account.Account;
import parley.messaging.conversation.ConversationId;
import parley.messaging.operator.Actor;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.Scope;

/// The page on which operators see the table: by eye, by keyboard alone and read aloud, in both
/// themes, down to 320 px; and that it shows nothing to whoever may not see it.
class InspectPageTest {
  private static final String WRITTEN = "zxwritten";
  private static final Path FOLDER = Path.of("target", "pictures");
  private static final Path SHOWN = Path.of("..", "docs", "images", "inspect.png");

  private static Site site;
  private static Account ann;
  private static Account ben;
  private static ConversationId conversation;

  @BeforeAll
  static void open() {
    site = Site.open();
    ann = site.account("ann", "Ann");
    ben = site.account("ben", "Ben");
    conversation = site.between(ann, ben);
    for (int i = 0; i < 12; i++) {
      site.wrote(i % 3 == 0 ? ben : ann, conversation, WRITTEN + " " + i);
    }
    site.wrote(ben, site.between(ben, site.account("noa", "Noa")), WRITTEN);
    site.settles();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private static String token(Scope... scopes) {
    return site.services()
        .operators()
        .issue(
            new OperatorName("test"),
            Set.of(scopes),
            Duration.ofHours(1),
            Actor.commandLine("root"))
        .token()
        .value();
  }

  private static Person visitor(Person.Device device) {
    return Person.at(site.operators(), device).goes("/inspect");
  }

  private static Person visitor() {
    return visitor(Person.Device.DESK);
  }

  private static void shows(Person person, String token) {
    person
        .page()
        .getByLabel("Operator's token", new Page.GetByLabelOptions().setExact(true))
        .fill(token);
    person.button("Open").click();
  }

  private static Locator grid(Person person) {
    return person.page().getByRole(AriaRole.GRID);
  }

  private static Locator cells(Person person) {
    return grid(person).locator(".cell");
  }

  /// Looks into a collection, and waits until it is there: the whole table has such cells too.
  private static void opens(Person person, String of, String key) {
    finds(person, of);
    assertThat(person.page().locator("#grid-title")).hasText(key);
  }

  private static void opens(Person person, ConversationId id) {
    opens(person, id.value(), "C#" + id.value());
  }

  private static void finds(Person person, String of) {
    Locator box = person.page().getByLabel("Handle, id or partition key");
    box.fill(of);
    box.press("Enter");
  }

  private static void goesTo(Person person, String tab) {
    person.page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(tab)).click();
  }

  /// What changes is always there at a desk, and has a tab elsewhere.
  private static void seesLive(Person person, Person.Device device) {
    if (device.width() < Person.Device.DESK.width()) {
      goesTo(person, "Live");
    }
    assertThat(person.page().locator(".live-list li").first()).isVisible();
  }

  private static void runs(Person person, String pattern) {
    goesTo(person, "Patterns");
    person.page().getByLabel("Access pattern").selectOption(new SelectOption().setValue(pattern));
    person.page().locator(".pane button[type=submit]").click();
  }

  // Whether it can be used.

  static Stream<Person.Device> devices() {
    return Stream.of(
        Person.Device.DESK,
        Person.Device.DESK.with(ColorScheme.DARK),
        Person.Device.POCKET.with(ColorScheme.DARK),
        new Person.Device(320, 568, ColorScheme.LIGHT, false),
        // Where what changes has a column of its own.
        new Person.Device(1920, 1080, ColorScheme.LIGHT, false));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void everyPartCanBeUsed(Person.Device device) throws IOException {
    try (Person operator = visitor(device)) {
      assertThat(operator.button("Open")).isVisible();
      isUsable(operator, device, "token");
      shows(operator, "nonsense");
      assertThat(operator.page().getByText("This token lets nobody in")).isVisible();
      isUsable(operator, device, "token-refused");
      operator.forgives();
      shows(operator, token(Scope.INSPECT, Scope.TEXTS));
      assertThat(cells(operator).first()).isVisible();
      isUsable(operator, device, "table");
      opens(operator, "ann", "U#" + ann.id().value());
      isUsable(operator, device, "person");
      cells(operator).first().click();
      assertThat(operator.page().getByRole(AriaRole.DIALOG)).isVisible();
      isUsable(operator, device, "item");
      operator.page().keyboard().press("Escape");
      goesTo(operator, "Patterns");
      isUsable(operator, device, "patterns");
      runs(operator, "inbox-places");
      assertThat(operator.page().locator(".index-list [data-lit=true]").first()).isVisible();
      isUsable(operator, device, "index-read");
      opens(operator, conversation);
      assertThat(cells(operator).first()).containsText("~HEAD");
      runs(operator, "log-end");
      assertThat(operator.page().locator(".cell[data-mark=touched]").first()).isVisible();
      isUsable(operator, device, "run");
      seesLive(operator, device);
      isUsable(operator, device, "live");
      goesTo(operator, "Charts");
      // Another visit may have weighed it already.
      operator.page().getByText(Pattern.compile("^Weigh (the table|again)$")).click();
      assertThat(operator.page().getByText(Pattern.compile("items weighed\\."))).isVisible();
      isUsable(operator, device, "charts");
    }
  }

  private static void isUsable(Person person, Person.Device device, String part)
      throws IOException {
    Axe.passes(person, part);
    Files.createDirectories(FOLDER);
    String scheme = device.scheme() == ColorScheme.DARK ? "-dark" : "";
    Path file = FOLDER.resolve("inspect-" + part + "-" + device.width() + scheme + ".png");
    byte[] taken = person.page().screenshot(new Page.ScreenshotOptions().setPath(file));
    assertThat(taken).isNotEmpty();
    boolean isShown = part.equals("run") && device.equals(Person.Device.DESK);
    if (isShown && Boolean.getBoolean("parley.fix")) {
      Files.write(SHOWN, taken);
    }
  }

  @Test
  void everythingIsReachedByTheKeyboard() {
    try (Person operator = visitor()) {
      Page page = operator.page();
      // The question has the focus; so it is answered, and Enter sends it.
      Locator question =
          page.getByLabel("Operator's token", new Page.GetByLabelOptions().setExact(true));
      assertThat(question).isFocused();
      page.keyboard().type(token(Scope.INSPECT));
      page.keyboard().press("Enter");
      assertThat(cells(operator).first()).isVisible();
      page.getByLabel("Handle, id or partition key").focus();
      page.keyboard().type("@ann");
      page.keyboard().press("Enter");
      assertThat(page.locator("#grid-title")).hasText("U#" + ann.id().value());
      // One stop for the whole table, and arrows in it.
      page.locator("[data-at='0/0']").focus();
      page.keyboard().press("ArrowRight");
      assertThat(page.locator("[data-at='0/1']")).isFocused();
      page.keyboard().press("End");
      assertThat(cells(operator).last()).isFocused();
      page.keyboard().press("ArrowDown");
      assertThat(cells(operator).last()).isFocused();
      page.keyboard().press("Home");
      assertThat(page.locator("[data-at='0/0']")).isFocused();
      assertThat(page.locator("[role=grid] [tabindex='0']")).hasCount(1);
      page.keyboard().press("ArrowRight");
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
      page.keyboard().press("Escape");
      assertThat(page.getByRole(AriaRole.DIALOG)).not().isVisible();
      assertThat(page.locator("[data-at='0/1']")).isFocused();
      // Tabs: one stop, arrows between them.
      page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Patterns")).focus();
      page.keyboard().press("ArrowRight");
      assertThat(page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Charts")))
          .isFocused();
      page.keyboard().press("ArrowLeft");
      page.getByLabel("Access pattern").focus();
      page.getByLabel("Access pattern").selectOption("rows");
      assertThat(page.getByLabel("Person (handle or id)")).hasValue(ann.id().value());
      page.getByLabel("Person (handle or id)").press("Enter");
      assertThat(page.locator(".cell[data-mark=touched]").first()).isVisible();
      assertThat(page.locator(".inspect-table > [role=status]"))
          .hasText(Pattern.compile("rows: .+ R, 1 round trip, \\d+ items? touched\\."));
    }
  }

  // What it shows.

  @Test
  void aWriteIsTriedAndChangesNothing() {
    try (Person operator = visitor()) {
      shows(operator, token(Scope.INSPECT));
      opens(operator, conversation);
      assertThat(cells(operator).first()).containsText("~HEAD");
      int before = cells(operator).count();
      goesTo(operator, "Patterns");
      operator.page().getByLabel("Access pattern").selectOption("append");
      operator.page().getByLabel("Person (handle or id)").fill("ann");
      operator.button("Try on a copy").click();
      assertThat(operator.page().locator(".cell[data-mark=written]")).hasCount(1);
      assertThat(operator.page().locator(".figures")).containsText("1 W");
      operator.button("Put the result away").click();
      assertThat(cells(operator)).hasCount(before);
    }
  }

  @Test
  void whatChangesIsSeenAsItChanges() {
    ConversationId other = site.between(ann, site.account("ida", "Ida"));
    site.wrote(ann, other, "one");
    site.settles();
    try (Person operator = visitor()) {
      shows(operator, token(Scope.INSPECT));
      opens(operator, other);
      assertThat(cells(operator)).hasCount(2);
      seesLive(operator, Person.Device.DESK);
      site.wrote(ann, other, "two");
      assertThat(cells(operator)).hasCount(3);
      assertThat(operator.page().locator(".live-list").getByText("M#000000000002").first())
          .isVisible();
      // Whoever reads can make it stand still.
      operator.button("Pause").click();
      int shown = operator.page().locator(".live-list li").count();
      site.wrote(ann, other, "three");
      site.settles();
      assertThat(operator.page().locator(".live-list li")).hasCount(shown);
    }
  }

  @Test
  void aServerThatIsGoneIsSaidToBeSo() {
    try (Person operator = visitor()) {
      shows(operator, token(Scope.INSPECT));
      assertThat(cells(operator).first()).isVisible();
      operator.page().route("**/operator/**", Route::abort);
      finds(operator, "ben");
      assertThat(operator.page().getByRole(AriaRole.ALERT))
          .containsText("The server does not answer.");
      assertThat(operator.page().getByText("Trying again…")).isVisible();
      operator.page().unroute("**/operator/**");
      operator.button("Try again").click();
      assertThat(operator.page().locator("#grid-title")).hasText("U#" + ben.id().value());
      assertThat(operator.page().getByText("Trying again…")).not().isVisible();
      operator.forgives();
    }
  }

  /// Whoever knows no id picks from what was read anyway.
  @Test
  void peopleAndConversationsArePickedWithoutTheirIds() {
    try (Person operator = visitor()) {
      shows(operator, token(Scope.INSPECT));
      Page page = operator.page();
      Locator newest =
          page.getByRole(
              AriaRole.REGION,
              new Page.GetByRoleOptions().setName("Newest people and conversations"));
      newest.getByText("ann, ben", new Locator.GetByTextOptions().setExact(true)).click();
      assertThat(page.locator("#grid-title")).hasText("C#" + conversation.value());
      operator.button("Whole table").click();
      newest.getByText("ben", new Locator.GetByTextOptions().setExact(true)).click();
      assertThat(page.locator("#grid-title")).hasText("U#" + ben.id().value());
      // And a pattern's fields suggest them, by who they are.
      page.getByLabel("Access pattern").selectOption("log-end");
      String list = page.getByLabel("Conversation (id)").getAttribute("list");
      assertThat(page.locator("[id='" + list + "'] option[value='" + conversation + "']"))
          .hasAttribute("label", Pattern.compile("^ann, ben "));
    }
  }

  // What it does not show.

  @Test
  void nothingIsShownWithoutATokenAndItStaysInItsTab() {
    try (Person operator = visitor()) {
      List<String> asked = new ArrayList<>();
      operator.page().onRequest(request -> asked.add(request.url()));
      operator.page().reload();
      assertThat(operator.button("Open")).isVisible();
      assertThat(asked).noneMatch(url -> url.contains("/operator/"));
      shows(operator, token(Scope.METRICS));
      assertThat(operator.page().getByText("--scope inspect.")).isVisible();
      assertThat(grid(operator)).hasCount(0);
      String token = token(Scope.INSPECT);
      shows(operator, token);
      assertThat(cells(operator).first()).isVisible();
      operator.page().reload();
      assertThat(cells(operator).first()).isVisible();
      assertThat(asked).isNotEmpty().noneMatch(url -> url.contains(token));
      assertThat(operator.page().url()).doesNotContain(token);
      assertThat((String) operator.page().evaluate("JSON.stringify({...localStorage})"))
          .doesNotContain(token);
      assertThat(operator.page().evaluate("document.cookie")).isEqualTo("");
      try (Person further = operator.inFurtherTab().goes("/inspect")) {
        assertThat(further.button("Open")).isVisible();
      }
      operator.button("Forget token").click();
      assertThat(operator.button("Open")).isVisible();
      operator.page().reload();
      assertThat(operator.button("Open")).isVisible();
    }
  }

  @Test
  void aTokenThatIsTakenBackShowsNothingMore() {
    var operators = site.services().operators();
    Actor root = Actor.commandLine("root");
    var issued =
        operators.issue(
            new OperatorName("brief"), Set.of(Scope.INSPECT), Duration.ofHours(1), root);
    try (Person operator = visitor()) {
      // The page asks for changes by itself, and would be told before anybody looks.
      List<Route> held = new ArrayList<>();
      operator.page().route("**/operator/inspect/changes*", held::add);
      shows(operator, issued.token().value());
      assertThat(cells(operator).first()).isVisible();
      operators.revoke(issued.operator().id(), root);
      finds(operator, "ben");
      assertThat(operator.page().getByText("This token lets nobody in")).isVisible();
      assertThat(grid(operator)).hasCount(0);
      assertThat(operator.page().evaluate("sessionStorage.length")).isEqualTo(0);
    }
  }

  @Test
  void whatPeopleWroteIsShownWithItsScopeAlone() {
    try (Person operator = visitor()) {
      shows(operator, token(Scope.INSPECT));
      opens(operator, conversation);
      assertThat(cells(operator).nth(1)).containsText("characters, hidden");
      assertThat(operator.page().getByLabel("Show what people wrote")).hasCount(0);
      assertThat(operator.page().content()).doesNotContain(WRITTEN);
      operator.button("Forget token").click();
      shows(operator, token(Scope.INSPECT, Scope.TEXTS));
      opens(operator, conversation);
      assertThat(cells(operator).nth(1)).containsText("characters, hidden");
      operator.page().getByLabel("Show what people wrote").check();
      assertThat(cells(operator).nth(1)).containsText(WRITTEN);
    }
  }

  /// The page itself has nothing of the table, is served by this listener alone, and may do as
  /// little as the messaging client.
  @Test
  void thePageIsServedToOperatorsAlone() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> page = get(client, site.operators().url() + "/inspect");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<div id=\"root\"></div>");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      var script = Pattern.compile("/inspect/assets/[^\"]+\\.js").matcher(page.body());
      assertThat(script.find()).isTrue();
      HttpResponse<String> code = get(client, site.operators().url() + script.group());
      assertThat(code.statusCode()).isEqualTo(200);
      assertThat(code.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
      for (String elsewhere : List.of("/inspect", "/inspect/", script.group())) {
        assertThat(get(client, site.url() + elsewhere).statusCode()).as(elsewhere).isEqualTo(404);
      }
      for (String none : List.of("/inspect/nothing", "/inspect/../metrics", "/inspect/%2e%2e/")) {
        assertThat(get(client, site.operators().url() + none).statusCode()).as(none).isEqualTo(401);
      }
    }
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
