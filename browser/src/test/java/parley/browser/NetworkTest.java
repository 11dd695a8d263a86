package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people write arrives once and in order, whatever their network and their clock do.
class NetworkTest {
  private static final String OFFLINE =
      "You are offline. What you write goes out when you are back.";

  private static Site site;

  @BeforeAll
  static void open() {
    site = Site.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private static Person signedIn(Acquaintance two, Person.Device device) {
    return Person.at(site, device).goes("/").signsIn(two.one().handle().value());
  }

  @Test
  void whatIsWrittenOfflineSurvivesAReloadAndLeavesInOrder() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(3, "Line");
    try (Person ann = signedIn(two, Person.Device.DESK.offline())) {
      ann.opens("Ben").sees("Line 3");
      ann.page().evaluate("navigator.serviceWorker.ready.then(() => true)");
      ann.context().setOffline(true);
      assertThat(ann.banner()).hasText(OFFLINE);
      ann.writes("One").writes("Two").writes("Three").sees("Three", "Sending");
      ann.page().reload();
      assertThat(ann.title()).hasText("Ben");
      ann.sees("Line 3").sees("One", "Sending").sees("Three", "Sending");
      assertThat(ann.messages()).hasCount(6);
      assertThat(ann.row("Ben")).containsText("Three");
      ann.writes("Four").box().fill("A draft");
      ann.page().reload();
      ann.sees("Four", "Sending");
      assertThat(ann.box()).hasValue("A draft");
      assertThat(ann.banner()).not().hasText("");
      site.wrote(two.other(), two.id(), "Meanwhile");
      ann.context().setOffline(false);
      ann.seesSent("One").seesSent("Two").seesSent("Three").seesSent("Four").sees("Meanwhile");
      assertThat(ann.banner()).hasText("");
      assertThat(ann.box()).hasValue("A draft");
      List<String> log =
          List.of("Line 1", "Line 2", "Line 3", "Meanwhile", "One", "Two", "Three", "Four");
      assertThat(two.texts()).isEqualTo(log);
      assertThat(ann.reads()).isEqualTo(log);
      ann.page().reload();
      ann.sees("Four");
      assertThat(ann.reads()).isEqualTo(log);
      ann.forgives();
    }
  }

  /// The server has it, and nobody was told: sent again, it is the same message.
  @Test
  void anAnswerThatIsLostDoublesNothing() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(1, "Line");
    try (Person ann = signedIn(two, Person.Device.DESK)) {
      ann.opens("Ben").sees("Line 1");
      AtomicInteger attempts = new AtomicInteger();
      ann.page()
          .route(
              "**/messages",
              route -> {
                if (isSend(route.request()) && attempts.incrementAndGet() <= 2) {
                  route.fetch();
                  route.abort();
                } else {
                  route.resume();
                }
              });
      ann.writes("Once").writes("Twice").seesSent("Once").seesSent("Twice");
      assertThat(two.texts()).containsExactly("Line 1", "Once", "Twice");
      assertThat(ann.reads()).containsExactly("Line 1", "Once", "Twice");
    }
  }

  @Test
  void whatTheServerRefusesCanBeTriedAgainOrDiscarded() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(1, "Line");
    try (Person ann = signedIn(two, Person.Device.DESK)) {
      ann.opens("Ben").sees("Line 1");
      ann.page()
          .route(
              "**/messages",
              route -> {
                if (isSend(route.request())) {
                  refuse(route);
                } else {
                  route.resume();
                }
              });
      ann.writes("Stays").sees("Stays", "Not sent");
      ann.writes("Goes").sees("Goes", "Not sent");
      assertThat(ann.message("Stays")).containsText("Not sent.");
      assertThat(ann.row("Ben")).containsText("Not sent");
      ann.page().reload();
      ann.sees("Stays", "Not sent").sees("Goes", "Not sent");
      ann.page().unroute("**/messages");
      ann.message("Stays").getByText("Discard").click();
      assertThat(ann.message("Stays")).hasCount(0);
      ann.message("Goes").getByText("Retry").click();
      ann.seesSent("Goes");
      assertThat(two.texts()).containsExactly("Line 1", "Goes");
      ann.page().reload();
      assertThat(ann.messages()).hasCount(2);
    }
  }

  private static boolean isSend(Request request) {
    return request.method().equals("POST");
  }

  private static void refuse(Route route) {
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(422)
            .setContentType("application/problem+json")
            .setBody(
                """
                {"type": "about:blank", "title": "No", "status": 422, "code": "some_day_new",
                 "detail": "The server would rather not."}\
                """));
  }

  /// One request can go wrong while all else goes well: nobody has to do anything about it.
  @Test
  void whatCouldNotBeLoadedComesByItself() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(3, "Line");
    try (Person ann = signedIn(two, Person.Device.DESK)) {
      AtomicInteger attempts = new AtomicInteger();
      ann.page()
          .route(
              "**/messages?*",
              route -> {
                switch (attempts.incrementAndGet()) {
                  case 1 -> route.abort();
                  case 2 -> route.fulfill(new Route.FulfillOptions().setStatus(503));
                  default -> route.resume();
                }
              });
      ann.opens("Ben");
      assertThat(ann.log()).containsText("Messages could not be loaded.");
      ann.sees("Line 3");
      assertThat(ann.reads()).isEqualTo(two.texts());
      assertThat(attempts.get()).isGreaterThan(2);
    }
  }

  /// More than one page, so it is asked for by number and not only from the end.
  @Test
  void whoeverWasAwayCatchesUp() {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(20, "Line");
    try (Person ann = signedIn(two, Person.Device.DESK)) {
      ann.opens("Ben").sees("Line 20");
      ann.page().evaluate("window.same = true");
      ann.context().setOffline(true);
      assertThat(ann.banner()).hasText(OFFLINE);
      for (int i = 1; i <= 130; i++) {
        site.wrote(two.other(), two.id(), "News " + i);
      }
      ann.context().setOffline(false);
      assertThat(ann.banner()).hasText("");
      assertThat(ann.row("Ben")).containsText("News 130");
      ann.sees("News 130");
      assertThat(ann.page().evaluate("window.same")).isEqualTo(true);
      assertThat(ann.reads()).isEqualTo(two.texts());
      ann.forgives();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-3, 3})
  void aClockThatIsHoursWrongChangesNothing(long hours) {
    Acquaintance two = Acquaintance.of(site, "Ann", "Ben").said(2, "Line");
    try (Person ann = Person.at(site, Person.Device.DESK)) {
      ann.context()
          .addInitScript(
              """
              {
                const by = %d;
                const Real = Date;
                globalThis.Date = class extends Real {
                  constructor(...parts) {
                    super(...(parts.length === 0 ? [Real.now() + by] : parts));
                  }
                  static now() {
                    return Real.now() + by;
                  }
                };
              }
              """
                  .formatted(Duration.ofHours(hours).toMillis()));
      ann.goes("/").signsIn(two.one().handle().value()).opens("Ben").sees("Line 2");
      ann.writes("One").writes("Two").seesSent("One").seesSent("Two");
      ann.context().setOffline(true);
      ann.writes("Three").sees("Three", "Sending");
      ann.context().setOffline(false);
      ann.seesSent("Three");
      site.wrote(two.other(), two.id(), "Four");
      ann.sees("Four");
      assertThat(two.texts()).containsExactly("Line 1", "Line 2", "One", "Two", "Three", "Four");
      assertThat(ann.reads()).isEqualTo(two.texts());
      List<Instant> times = new ArrayList<>();
      two.log().forEach(it -> times.add(it.clientId().time()));
      assertThat(times)
          .allSatisfy(time ->
              assertThat(Duration.between(time, Instant.now()).abs())
                  .isLessThan(Duration.ofMinutes(5)));
      ann.forgives();
    }
  }
}
