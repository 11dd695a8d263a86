package parley.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One open connection, and what came over it.
final class Ears implements WebSocket.Listener, AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();

  /// The code in the last words, null before they were said.
  private volatile @Nullable Integer ending;

  private final StringBuilder text = new StringBuilder();
  private volatile boolean paused;
  @Nullable WebSocket socket;

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      JsonNode event = Person.JSON.readTree(text.toString());
      text.setLength(0);
      if (event.path("type").asString().equals("ending")) {
        ending = event.path("code").asInt();
      } else {
        events.add(event);
      }
    }
    if (!paused) {
      socket.request(1);
    }
    return null;
  }

  /// Reads nothing more for now.
  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    open().request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable fault) {
    closed.completeExceptionally(fault);
  }

  void say(String words) throws Exception {
    open().sendText(words, true).get(30, TimeUnit.SECONDS);
  }

  WebSocket open() {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("never opened");
    }
    return open;
  }

  /// Asks whether anybody is there, and waits for the answer.
  void pong() throws Exception {
    say("{\"type\":\"ping\"}");
    next("pong");
  }

  /// The next event of a type, within `SOON`; others are passed over.
  JsonNode next(String type) throws InterruptedException {
    return next(type, SOON);
  }

  JsonNode next(String type, Duration within) throws InterruptedException {
    long until = System.nanoTime() + within.toNanos();
    while (true) {
      JsonNode event = events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(event).as("no " + type + " within " + within).isNotNull();
      if (event.path("type").asString().equals(type)) {
        return event;
      }
    }
  }

  /// The message with this number; what was on its way before it is passed over.
  JsonNode message(long seq) throws InterruptedException {
    JsonNode event;
    do {
      event = next("message");
    } while (event.at("/entry/seq").asLong() < seq);
    assertThat(event.at("/entry/seq").asLong()).isEqualTo(seq);
    return event;
  }

  /// Nothing more comes, but perhaps that the account of a sign-up a moment ago is there.
  void silence() throws Exception {
    silence(_ -> false);
  }

  /// The same, where these may come again.
  void silence(Predicate<JsonNode> again) throws Exception {
    Thread.sleep(600);
    assertThat(events)
        .allMatch(event -> event.path("type").asString().equals("account") || again.test(event));
  }

  int code() throws Exception {
    return code(SOON);
  }

  /// Why it ended: by its last words, or by the code that it was closed with, where nothing was
  /// said.
  int code(Duration within) throws Exception {
    int code = closed.get(within.toMillis(), TimeUnit.MILLISECONDS);
    Integer said = ending;
    return said == null ? code : said;
  }

  @Override
  public void close() {
    open().abort();
  }
}
