package parley.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.account.UserId;
import parley.store.Happening;

/// How long an endpoint is asked, how often, and what its answers mean: each bound at its edge.
class EndpointTest {
  private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  private static Happening erased(UserId user) {
    return new Happening.Erased(START, user);
  }

  private Endpoint endpoint(HookWorld world, Hooks hooks) {
    return new Endpoint(
        HookWorld.settings("a", hooks), new Events(world.services.log()), Hooks.post(), now::get);
  }

  @Test
  void whatIsRefusedForAQuarterOfAnHourIsGivenUpAndTheNextIsTold() throws Exception {
    UserId one = HookWorld.person();
    try (HookWorld world = new HookWorld();
        Hooks hooks = new Hooks();
        Endpoint endpoint = endpoint(world, hooks)) {
      hooks.answers(exchange -> {
        boolean first = hooks.asked.size() == 1;
        now.updateAndGet(it -> it.plus(WebhookBounds.REFUSED_FOR).minusMillis(first ? 1 : 0));
        exchange.sendResponseHeaders(422, -1);
      });
      Thread telling = Thread.ofVirtual().start(() -> read(endpoint, List.of(erased(one))));
      // A millisecond too early for an end; a good while later.
      Hooks.await("asked twice", () -> hooks.asked.size() == 2);
      telling.join(Duration.ofSeconds(60));
      assertThat(telling.isAlive()).isFalse();
      assertThat(endpoint.givenUp()).isEqualTo(1);
      hooks.answers(Hooks::takes);
      endpoint.read(List.of(erased(HookWorld.person())));
      assertThat(endpoint.delivered()).isEqualTo(1);
    }
  }

  private static void read(Endpoint endpoint, List<Happening> happenings) {
    try {
      endpoint.read(happenings);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsADayOldIsGivenUp() throws Exception {
    try (HookWorld world = new HookWorld();
        Hooks hooks = new Hooks();
        Endpoint endpoint = endpoint(world, hooks)) {
      now.set(START.plus(WebhookBounds.LIFE));
      endpoint.read(List.of(erased(HookWorld.person())));
      assertThat(endpoint.delivered()).isEqualTo(1);
      now.set(START.plus(WebhookBounds.LIFE).plusMillis(1));
      UserId gone = HookWorld.person();
      assertThat(logged(() -> read(endpoint, List.of(erased(gone)))))
          .as("who was erased is in no log")
          .anyMatch(line -> line.contains("The event erased_..."))
          .noneMatch(line -> line.contains(gone.value()));
      assertThat(endpoint.givenUp()).isEqualTo(1);
      assertThat(hooks.asked).hasSize(1);
    }
  }

  /// What an endpoint logs meanwhile.
  private static List<String> logged(Runnable work) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().format(line));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(Endpoint.class.getName());
    logger.addHandler(handler);
    try {
      work.run();
    } finally {
      logger.removeHandler(handler);
    }
    return lines;
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    Random random = new Random(3);
    Post.Answer down = new Post.Answer.Status(500, null);
    long expected = WebhookBounds.PAUSE.toMillis();
    for (int attempt = 1; attempt < 9; attempt++) {
      assertThat(Backoff.pause(attempt, down, random))
          .isBetween(Duration.ofMillis(expected), Duration.ofMillis(expected * 6 / 5));
      expected *= 2;
    }
    for (int attempt : new int[] {10, 30, 1_000_000}) {
      assertThat(Backoff.pause(attempt, down, random)).isEqualTo(WebhookBounds.PAUSE_MAX);
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "300, 300", "301, 300", "999999999, 300"})
  void anEndpointMayAskForMoreTimeButNotForever(String asked, long seconds) {
    assertThat(Backoff.pause(1, new Post.Answer.Status(429, asked), new Random(1)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "soon", "9999999999", "Wed, 21 Oct 2026 07:28:00 GMT", ""})
  void whatIsNoNumberOfSecondsAsksForNothing(String asked) {
    assertThat(Backoff.pause(1, new Post.Answer.Status(503, asked), new Random(1)))
        .isLessThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({
    "200, TAKEN",
    "204, TAKEN",
    "299, TAKEN",
    "199, FAILED",
    "300, FAILED",
    "302, FAILED",
    "400, REFUSED",
    "401, REFUSED",
    "404, REFUSED",
    "422, REFUSED",
    "499, REFUSED",
    "408, FAILED",
    "425, FAILED",
    "429, FAILED",
    "410, GONE",
    "500, FAILED",
    "503, FAILED"
  })
  void anAnswerMeans(int code, Verdict verdict) {
    assertThat(Verdict.of(new Post.Answer.Status(code, null))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_short",
        "whsec_!!!!9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void whatIsNoSecretIsNone(String text) {
    assertThatThrownBy(() -> WebhookSecret.parse(text).orThrow())
        .hasMessageNotContaining("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  }

  @Test
  void secretsOf24To64BytesAreGoodAndNeverPrint() {
    for (int bytes : new int[] {WebhookBounds.SECRET_BYTES_MIN, WebhookBounds.SECRET_BYTES_MAX}) {
      String text = "whsec_" + java.util.Base64.getEncoder().encodeToString(new byte[bytes]);
      assertThat(WebhookSecret.parse(text).orThrow().toString()).doesNotContain("AAAA");
    }
    for (int bytes :
        new int[] {WebhookBounds.SECRET_BYTES_MIN - 1, WebhookBounds.SECRET_BYTES_MAX + 1}) {
      String text = "whsec_" + java.util.Base64.getEncoder().encodeToString(new byte[bytes]);
      assertThatThrownBy(() -> WebhookSecret.parse(text).orThrow()).isNotNull();
    }
  }
}
