package parley.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Text;
import tools.jackson.databind.JsonNode;

/// What only the process host can show: its clock, its end, slow readers, edits.
class LiveServerTest {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<InstantSource> time = new AtomicReference<>(InstantSource.system());
  private LocalHost host;
  private URI here;
  private Person ann;
  private Person ben;
  private String id;

  @BeforeEach
  void start() throws Exception {
    host = LocalHost.one(() -> time.get().instant().plus(ahead.get()));
    here = host.here();
    ann = Person.signUp(here);
    ben = Person.signUp(here);
    id = ann.talkTo(here, ben);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private ClientId clientId() {
    return ClientId.parse(Person.clientId()).orThrow();
  }

  @Test
  void anEditOfTheNewestChangesTheRow() throws Exception {
    long seq = ann.say(here, id, "before");
    ben.rowAt(here, id, seq, Ears.SOON);
    try (Ears ears = ben.listen(here)) {
      host.here
          .services()
          .messages()
          .edit(
              new UserId(ann.id()),
              new ConversationId(id),
              clientId(),
              seq,
              Text.parse("after").orThrow());
      JsonNode edit = ears.next("message").path("entry");
      assertThat(edit.path("kind").asString()).isEqualTo("edit");
      assertThat(edit.path("target").asLong()).isEqualTo(seq);
      assertThat(edit.path("text").asString()).isEqualTo("after");
      JsonNode row = ears.next("conversation").path("row");
      if (row.path("last").path("text").asString().equals("before")) {
        // What the message did to the row may be told only now.
        row = ears.next("conversation").path("row");
      }
      assertThat(row.path("last").path("text").asString()).isEqualTo("after");
      assertThat(row.path("unread").asLong()).isEqualTo(1);
      ears.silence();
    }
  }

  /// Half a minute for whoever made it, and a minute more for servers whose clocks are apart.
  @Test
  void aTicketRunsOut() throws Exception {
    String late = ann.ticket(here);
    String ticket = ann.ticket(here);
    ahead.set(Limits.TICKET_LIFE.plus(Limits.SERVER_CLOCK_ALLOWANCE).minus(Duration.ofSeconds(15)));
    try (Ears ears = new Ears()) {
      ears.socket = Person.connect(here, ears, "parley.v1", late);
      ears.pong();
    }
    ahead.set(Limits.TICKET_LIFE.plus(Limits.SERVER_CLOCK_ALLOWANCE));
    EventContract.saysWhy(EventContract.refusal(here, 401, "parley.v1", ticket), "ticket_invalid");
  }

  @Test
  void aCookieIsGoodFromAPageOfOursAlone() throws Exception {
    String request =
        "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket"
            + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: parley.v1\r\nCookie: parley_session=%s\r\n%s\r\n";
    int port = here.getPort();
    assertThat(first(request.formatted(port, ann.token(), "Origin: " + here + "\r\n")))
        .startsWith("HTTP/1.1 101 ")
        .contains("Sec-WebSocket-Protocol: parley.v1\r\n")
        .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(first(request.formatted(port, ann.token(), "Origin: https://other.example\r\n")))
        .startsWith("HTTP/1.1 403 ");
    assertThat(first(request.formatted(port, ann.token(), ""))).startsWith("HTTP/1.1 403 ");
    assertThat(first(request.formatted(port, "ps_" + "A".repeat(43), "Origin: " + here + "\r\n")))
        .startsWith("HTTP/1.1 401 ")
        .contains("application/problem+json");
  }

  private String first(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), here.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[4096];
      int read = socket.getInputStream().read(answer);
      return new String(answer, 0, read, StandardCharsets.UTF_8);
    }
  }

  @Test
  void whoeverIsSilentForTooLongIsEnded() throws Exception {
    try (Ears ears = ann.listen(here)) {
      ahead.set(Limits.CONNECTION_SILENCE.minusSeconds(20));
      Thread.sleep(1_500);
      ears.pong();
      ahead.set(Limits.CONNECTION_SILENCE.multipliedBy(2));
      assertThat(ears.code()).isEqualTo(4005);
    }
  }

  /// Longer than a connection may be silent in the middle of a request.
  @Test
  void aSilentConnectionStaysOpen() throws Exception {
    try (Ears ears = ann.listen(here)) {
      Thread.sleep(12_000);
      ears.pong();
    }
  }

  @Test
  void aConnectionLivesForLessThanTwoHours() throws Exception {
    try (Ears ears = ann.listen(here)) {
      ahead.set(Limits.CONNECTION_LIFE.plusSeconds(1));
      assertThat(ears.code()).isEqualTo(4004);
    }
  }

  @Test
  void aServerThatStopsSaysSo() throws Exception {
    try (Ears one = ann.listen(here);
        Ears other = ben.listen(here)) {
      long begun = System.nanoTime();
      host.here.close();
      assertThat(one.code()).isEqualTo(1001);
      assertThat(other.code()).isEqualTo(1001);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(40));
    }
  }

  @Test
  void whoeverVanishesIsForgotten() throws Exception {
    Ears ears = ann.listen(here);
    assertThat(host.here.services().audience().size()).isEqualTo(1);
    ears.close();
    for (int i = 0; i < 1_200 && host.here.services().audience().size() > 0; i++) {
      Thread.sleep(50);
    }
    assertThat(host.here.services().audience().size()).isZero();
  }

  /// A client that reads nothing for a while: what waits for it is bounded, and it is told to start
  /// over.
  @Test
  void aSlowReaderIsCutOff() throws Exception {
    String ticket = ben.ticket(here);
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), here.getPort()));
      OutputStream out = socket.getOutputStream();
      String request =
          "GET /api/events HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + "Sec-WebSocket-Protocol: parley.v1, "
              + ticket
              + "\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(12)).asString(StandardCharsets.US_ASCII).isEqualTo("HTTP/1.1 101");
      // The answer comes a moment before the connection counts.
      for (int i = 0; i < 3_000 && host.here.services().audience().size() == 0; i++) {
        Thread.sleep(20);
      }
      assertThat(host.here.services().audience().size()).isEqualTo(1);
      String text = "\u20ac".repeat(2_000);
      for (int i = 0; i < 20_000 && host.here.services().audience().size() > 0; i++) {
        ann.say(here, id, text);
      }
      assertThat(host.here.services().audience().size()).as("it was ended").isZero();
      // The server is free of it soon, read or not.
      long until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      socket.setSoTimeout(60_000);
      byte[] portion = new byte[64 * 1024];
      try {
        while (in.read(portion) >= 0) {
          assertThat(System.nanoTime() - until).isNegative();
        }
      } catch (SocketException e) {
        // Reset: that is an end too.
      }
    }
  }

  /// The same, by a client that takes its time and then reads on: it hears that it has to start
  /// over.
  @Test
  void aReaderThatWasSlowIsToldToStartOver() throws Exception {
    // It is given a few seconds for that, which do not pass here: how long it takes to read what is
    // on its way is a matter of the machine. The ids of messages may be old, and not new.
    ahead.set(Duration.ofHours(1));
    Ears ears = new Ears();
    ears.socket = Person.connect(here, ears, "parley.v1", ben.ticket(here));
    ears.pong();
    ears.pause();
    time.set(InstantSource.fixed(Instant.now()));
    String text = "\u20ac".repeat(2_000);
    for (int i = 0; i < 20_000 && host.here.services().audience().size() > 0; i++) {
      ann.say(here, id, text);
    }
    ears.resume();
    ears.next("resync");
    assertThat(ears.code()).isEqualTo(4002);
    assertThat(ears.events).isEmpty();
  }
}
