package parley.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What every host promises of connections: docs/events.md. Those who listen are connected to one
/// server, what happens is done at the other, where there are two.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EventContract {
  private static final Duration ENDED = Duration.ofSeconds(60);

  /// Messages that are sent until one was heard in time.
  private static final int TRIES = 20;

  private static final Duration START = Duration.ofSeconds(60);

  private Host host;
  URI here;
  URI there;
  Person ann;
  Person ben;
  String id;

  protected abstract Host start() throws Exception;

  /// How soon what happened is heard.
  protected abstract Duration promise();

  @BeforeAll
  void startHost() throws Exception {
    host = start();
    here = host.here();
    there = host.there();
    // Whoever starts has code to load.
    Person one = Person.signUp(there);
    try (Ears warm = one.listen(here)) {
      one.say(there, one.talkTo(there, Person.signUp(there)), "warm");
      warm.next("message", START);
    }
  }

  @AfterAll
  void stopHost() {
    host.close();
  }

  @BeforeEach
  void meet() throws Exception {
    ann = Person.signUp(there);
    ben = Person.signUp(there);
    id = ann.talkTo(there, ben);
  }

  @Test
  void aMessageArrivesAtOnceWithEverythingToDrawIt() throws Exception {
    // The soonest counts: the machine may have been busy with something else for the others.
    Duration soonest = START;
    try (Ears ears = ben.listen(here)) {
      for (int n = 1; n <= 3 || n <= TRIES && soonest.compareTo(promise()) >= 0; n++) {
        ann.say(there, id, "number " + n);
        long said = System.nanoTime();
        JsonNode event = message(ears, n);
        Duration took = Duration.ofNanos(System.nanoTime() - said);
        soonest = took.compareTo(soonest) < 0 ? took : soonest;
        assertThat(event.path("conversation").asString()).isEqualTo(id);
        JsonNode entry = event.path("entry");
        assertThat(entry.path("kind").asString()).isEqualTo("message");
        assertThat(entry.path("seq").asLong()).isEqualTo(n);
        assertThat(entry.path("text").asString()).isEqualTo("number " + n);
        assertThat(entry.path("from").asString()).isEqualTo(ann.id());
        assertThat(entry.has("clientId")).isFalse();
        JsonNode row = event.path("row");
        assertThat(row.path("unread").asLong()).isEqualTo(n);
        assertThat(row.path("last").path("text").asString()).isEqualTo("number " + n);
        assertThat(row.path("participants").path(0).path("handle").asString())
            .isEqualTo(ann.handle());
        assertThat(event.path("accounts").path(ann.id()).path("displayName").asString())
            .isEqualTo("Name of " + ann.handle());
        // It is the very row that the inbox comes to have.
        assertThat(ben.rowAt(there, id, n, START)).isEqualTo(row);
      }
      ears.silence(event ->
          host.isGateway()
              && event.path("type").asString().equals("message")
              && event.path("entry").path("seq").asLong() <= TRIES);
    }
    assertThat(soonest).isLessThan(promise());
  }

  /// The next message, which is this one. Over a gateway one may come before it that was heard
  /// already, or was said before anybody listened: what may not have been taken is told again.
  private JsonNode message(Ears ears, long seq) throws Exception {
    JsonNode event = ears.next("message", START);
    while (host.isGateway() && event.path("entry").path("seq").asLong() < seq) {
      event = ears.next("message", START);
    }
    assertThat(event.path("entry").path("seq").asLong()).isEqualTo(seq);
    return event;
  }

  @Test
  void onesOtherConnectionsHearItToo() throws Exception {
    try (Ears phone = ann.listen(here);
        Ears desk = ann.signIn(there).listen(there)) {
      ann.say(there, id, "to both");
      for (Ears ears : List.of(phone, desk)) {
        JsonNode event = ears.next("message", START);
        assertThat(event.path("entry").path("clientId").asString()).hasSize(36);
        assertThat(event.path("row").path("unread").asLong()).isZero();
      }
    }
  }

  @Test
  void nobodyElseHearsIt() throws Exception {
    try (Ears other = Person.signUp(there).listen(here);
        Ears ears = ben.listen(here)) {
      ann.say(there, id, "between us");
      ears.next("message");
      other.silence();
    }
  }

  @Test
  void aReadMarkIsHeard() throws Exception {
    ann.say(there, id, "one");
    long seq = ann.say(there, id, "two");
    ben.rowAt(there, id, seq, START);
    try (Ears ears = ben.listen(here)) {
      ben.read(there, id, seq);
      JsonNode event = ears.next("read");
      assertThat(event.path("conversation").asString()).isEqualTo(id);
      assertThat(event.path("account").asString()).isEqualTo(ben.id());
      assertThat(event.path("seq").asLong()).isEqualTo(seq);
      assertThat(event.path("unread").asLong()).isZero();
      JsonNode row = ears.message(ann.say(there, id, "three")).path("row");
      assertThat(row.path("unread").asLong()).isEqualTo(1);
      assertThat(row.path("readSeq").asLong()).isEqualTo(seq);
    }
  }

  @Test
  void onesOwnAccountIsHeard() throws Exception {
    try (Ears ears = ann.listen(here)) {
      ann.call(there, "PATCH", "/api/me", "{\"displayName\":\"Another\"}");
      String name;
      do {
        // That there is an account may still be on its way, too.
        name = ears.next("account").path("account").path("displayName").asString();
      } while (!name.equals("Another"));
    }
  }

  @Test
  void aTicketIsGoodOnce() throws Exception {
    String ticket = ann.ticket(there);
    try (Ears ears = new Ears()) {
      ears.socket = Person.connect(here, ears, "parley.v1", ticket);
      ears.pong();
      refused(here, 401, "ticket_invalid", "parley.v1", ticket);
      refused(there, 401, "ticket_invalid", "parley.v1", ticket);
    }
  }

  @Test
  void withoutAGoodTicketThereIsNoConnection() throws Exception {
    refused(here, 401, "ticket_invalid", "parley.v1", "pt_" + "A".repeat(43));
    refused(here, 401, "ticket_invalid", "parley.v1", "garbage");
    refused(here, 401, "ticket_invalid", "parley.v1", ann.token());
    refused(here, 401, "token_missing", "parley.v1");
    refused(here, 401, "ticket_invalid", ann.ticket(there));
    refused(here, 401, "ticket_invalid", "parley.v2", ann.ticket(there));
    refused(here, 401, "ticket_invalid", "parley.v1", ann.ticket(there), "more");
  }

  private void refused(URI at, int status, String code, String first, String... more) {
    HttpResponse<?> response = refusal(at, status, first, more);
    if (!host.isGateway()) {
      saysWhy(response, code);
    }
  }

  static HttpResponse<?> refusal(URI at, int status, String first, String... more) {
    Throwable fault = catchThrowable(() -> Person.connect(at, new Ears(), first, more));
    assertThat(fault).hasCauseInstanceOf(WebSocketHandshakeException.class);
    var response = ((WebSocketHandshakeException) fault.getCause()).getResponse();
    assertThat(response.statusCode()).isEqualTo(status);
    return response;
  }

  static void saysWhy(HttpResponse<?> response, String code) {
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("Upgrade")).isEmpty();
    Object body = response.body();
    if (body instanceof String text && !text.isEmpty()) {
      assertThat(text).contains("\"code\":\"" + code + '"');
    }
  }

  @Test
  void aTicketNeedsASession() throws Exception {
    assertThat(Person.call(here, null, "POST", "/api/events/ticket", null).status()).isEqualTo(401);
  }

  @Test
  void aTicketOfASessionThatIsOverIsNone() throws Exception {
    String ticket = ann.ticket(there);
    ann.call(here, "DELETE", "/api/sessions/current", null);
    refused(here, 401, "ticket_invalid", "parley.v1", ticket);
  }

  /// It says why, and is closed with the same code, where whoever keeps it can.
  private void ended(Ears ears, int code) throws Exception {
    assertThat(ears.code(ENDED)).isEqualTo(code);
    if (!host.isGateway()) {
      assertThat(ears.closed.join()).isEqualTo(code);
    }
  }

  @Test
  void signingOutEndsTheConnectionsOfThatSession() throws Exception {
    Person other = ann.signIn(there);
    try (Ears ended = ann.listen(here);
        Ears stays = other.listen(here)) {
      ann.call(there, "DELETE", "/api/sessions/current", null);
      ended(ended, 4001);
      stays.pong();
    }
  }

  @Test
  void signingOutEverywhereEndsAll() throws Exception {
    try (Ears one = ann.listen(here);
        Ears other = ann.signIn(there).listen(here);
        Ears bens = ben.listen(here)) {
      ann.call(there, "DELETE", "/api/sessions", null);
      ended(one, 4001);
      ended(other, 4001);
      bens.pong();
    }
  }

  @Test
  void aChangeOfPasswordEndsTheOthers() throws Exception {
    Person other = ann.signIn(there);
    try (Ears mine = ann.listen(here);
        Ears others = other.listen(here)) {
      var answer =
          ann.call(
              there,
              "PUT",
              "/api/me/password",
              "{\"current\":\"" + Person.PASSWORD + "\",\"new\":\"rowing at dusk\"}");
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(204);
      ended(others, 4001);
      Thread.sleep(500);
      mine.pong();
      // And is ended by the next end of all.
      ann.call(there, "DELETE", "/api/sessions", null);
      ended(mine, 4001);
    }
  }

  @Test
  void oneMoreThanTwentyEndsTheOldest() throws Exception {
    List<Ears> all = new ArrayList<>();
    try {
      for (int i = 0; i < 21; i++) {
        all.add(ann.listen(here));
        Thread.sleep(2);
      }
      ended(all.getFirst(), 4003);
      all.get(1).pong();
      all.getLast().pong();
    } finally {
      all.forEach(Ears::close);
    }
  }

  @Test
  void whatAClientSaysThatIsNothingIsPassedOver() throws Exception {
    try (Ears ears = ann.listen(here)) {
      for (String words : List.of("", "{", "[]", "{\"type\":\"dance\"}", "ping", "null")) {
        ears.say(words);
      }
      ears.pong();
      ears.open().sendPing(ByteBuffer.wrap(new byte[] {1})).get(20, TimeUnit.SECONDS);
      ears.pong();
    }
  }

  @Test
  void whatIsTooLongOrNoTextEndsTheConnection() throws Exception {
    try (Ears ears = ann.listen(here)) {
      ears.say("x".repeat(1025));
      ended(ears, 1009);
    }
    if (!host.isGateway()) {
      try (Ears ears = ann.listen(here)) {
        ears.open().sendText("{\"type\":", false).get(20, TimeUnit.SECONDS);
        ended(ears, 1009);
      }
    }
    try (Ears ears = ann.listen(here)) {
      ears.open().sendBinary(ByteBuffer.wrap(new byte[] {1}), true).get(20, TimeUnit.SECONDS);
      ended(ears, 1008);
    }
  }

  /// The client of docs/events.md, over a line that loses, doubles and shuffles.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aClientThatFollowsTheRulesEndsWithExactlyTheLog(long seed) throws Exception {
    try (Ears ears = ben.listen(here)) {
      FollowingClient client = new FollowingClient(ben, here, new BadLine(seed));
      for (int n = 1; n <= 40; n++) {
        ann.say(there, id, "number " + n);
        client.take(ears.events);
      }
      client.takeUntil(ears.events, id, 40, START);
      ben.rowAt(here, id, 40, START);
      client.connectedAgain();
      assertThat(client.log(id)).isEqualTo(FollowingClient.whole(ben, here, id));
      assertThat(client.log(id)).hasSize(40);
      assertThat(client.faults()).as("what the line did").isPositive();
    }
  }
}
