package parley.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a request of Parley's goes, and where it does not.
class PostTest {
  private static final byte[] BODY = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private static Post.Answer post(Post post, URI url) throws InterruptedException {
    return post.post(url, Map.of("webhook-id", "msg_1"), BODY);
  }

  private static void isNotReached(Post.Answer answer, String why) {
    assertThat(answer).isInstanceOf(Post.Answer.None.class);
    assertThat(((Post.Answer.None) answer).why()).contains(why);
  }

  @Test
  void whatIsSentArrives() throws Exception {
    try (Hooks hooks = new Hooks();
        Post post = Hooks.post()) {
      assertThat(post(post, hooks.url())).isEqualTo(new Post.Answer.Status(204, null));
      assertThat(hooks.asked).hasSize(1);
      Hooks.Heard heard = hooks.asked.getFirst();
      assertThat(heard.body()).isEqualTo("{}");
      assertThat(heard.headers())
          .containsEntry("content-type", "application/json; charset=UTF-8")
          .containsEntry("user-agent", "Parley");
      assertThat(heard.headers().keySet())
          .doesNotContain("cookie", "authorization", "accept-encoding");
    }
  }

  /// Something listens on this machine; nothing of Parley's ever connects to it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:%d/",
        "https://localhost:%d/",
        "https://[::1]:%d/",
        "https://0.0.0.0:%d/",
        "https://127.1:%d/",
        "https://2130706433:%d/",
        "https://[::ffff:127.0.0.1]:%d/",
        "https://[::ffff:7f00:1]:%d/",
        "https://[64:ff9b::7f00:1]:%d/"
      })
  void nothingGoesToThisMachine(String url) throws Exception {
    try (ServerSocket socket = new ServerSocket();
        Post post = Post.toPublicAddresses()) {
      socket.bind(new InetSocketAddress("0.0.0.0", 0));
      socket.setSoTimeout(300);
      Post.Answer answer = post(post, URI.create(url.formatted(socket.getLocalPort())));
      assertThat(answer).isInstanceOf(Post.Answer.None.class);
      org.assertj.core.api.Assertions.assertThatThrownBy(socket::accept)
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.1", "169.254.169.254", "100.64.1.1", "224.0.0.1", "::1", "fe80::1"})
  void aNameThatLeadsInsideIsRefusedThoughItAlsoLeadsOutside(String inside) throws Exception {
    for (String[] all : new String[][] {{inside}, {"1.1.1.1", inside}, {inside, "1.1.1.1"}}) {
      try (Post post = Hooks.post(_ -> Hooks.at(all), PublicAddress::is)) {
        isNotReached(post(post, URI.create("https://hooks.test/")), "not public");
      }
    }
  }

  /// The name leads to one address when it is looked at, and to another one a moment later.
  @Test
  void aNameIsLookedUpOnceAndTheConnectionGoesThere() throws Exception {
    AtomicInteger lookedUp = new AtomicInteger();
    try (Hooks good = new Hooks("127.0.0.1", 0);
        Hooks inside = new Hooks("127.0.0.2", good.port());
        Post post =
            Hooks.post(
                _ -> Hooks.at(lookedUp.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2"),
                address -> address.equals(InetAddress.ofLiteral("127.0.0.1")))) {
      assertThat(post(post, good.url())).isEqualTo(new Post.Answer.Status(204, null));
      assertThat(lookedUp).hasValue(1);
      assertThat(good.asked).hasSize(1);
      // The connection is kept: nobody is asked again, so nobody can lead it elsewhere.
      assertThat(post(post, good.url())).isEqualTo(new Post.Answer.Status(204, null));
      assertThat(lookedUp).hasValue(1);
      // A new one is looked at anew.
      good.answers(exchange -> {
        exchange.getResponseHeaders().set("Connection", "close");
        Hooks.takes(exchange);
      });
      assertThat(post(post, good.url())).isEqualTo(new Post.Answer.Status(204, null));
      isNotReached(post(post, good.url()), "not public");
      assertThat(inside.asked).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void noRedirectIsFollowed(int code) throws Exception {
    try (Hooks hooks = new Hooks();
        Post post = Hooks.post()) {
      hooks.answers(exchange -> {
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(code, -1);
      });
      assertThat(post(post, hooks.url())).isEqualTo(new Post.Answer.Status(code, null));
      assertThat(hooks.asked).hasSize(1);
    }
  }

  @Test
  void whoeverIsSlowIsNotWaitedFor() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (Hooks hooks = new Hooks();
        Post post = Hooks.post(_ -> Hooks.here(), Duration.ofSeconds(1))) {
      hooks.answers(_ -> awaited(over));
      isSlow(post, hooks);
      // A head at once, and then a body that never ends, a byte now and then.
      hooks.answers(exchange -> {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
          while (over.getCount() > 0) {
            out.write('a');
            out.flush();
            awaited(over, 200);
          }
        }
      });
      isSlow(post, hooks);
      over.countDown();
    }
    assertThat(WebhookBounds.ANSWER).isEqualTo(Duration.ofSeconds(5));
  }

  private static void isSlow(Post post, Hooks hooks) throws InterruptedException {
    long from = System.nanoTime();
    isNotReached(post(post, hooks.url()), "no answer within 1 seconds");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(40));
  }

  private static void awaited(CountDownLatch latch) {
    awaited(latch, 60_000);
  }

  private static void awaited(CountDownLatch latch, long millis) {
    try {
      boolean _ = latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void ofALongAnswerNoMoreIsReadThanTheBound() throws Exception {
    AtomicInteger written = new AtomicInteger();
    try (Hooks hooks = new Hooks();
        Post post = Hooks.post()) {
      for (int size : new int[] {WebhookBounds.ANSWER_BYTES, 100_000_000}) {
        written.set(0);
        hooks.answers(exchange -> {
          exchange.sendResponseHeaders(200, size);
          byte[] some = new byte[Math.min(size, 65_536)];
          try (OutputStream out = exchange.getResponseBody()) {
            while (written.get() < size) {
              out.write(some, 0, Math.min(some.length, size - written.get()));
              written.addAndGet(some.length);
            }
          } catch (IOException e) {
            // It was cut off.
          }
        });
        assertThat(post(post, hooks.url())).isEqualTo(new Post.Answer.Status(200, null));
      }
      assertThat(written.get()).isLessThan(50_000_000);
    }
  }

  @Test
  void aCertificateForAnotherNameIsNoCertificate() throws Exception {
    try (Hooks hooks = new Hooks();
        Post post = Hooks.post()) {
      Post.Answer answer = post(post, URI.create("https://other.test:" + hooks.port() + "/"));
      isNotReached(answer, "SSL");
      assertThat(hooks.asked).isEmpty();
    }
  }
}
