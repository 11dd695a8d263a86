package parley.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An endpoint on this machine, which answers as it is told to and remembers what it heard.
final class Hooks implements AutoCloseable {
  static final String HOST = "hooks.test";

  private static final char[] PASSWORD = "of tests alone".toCharArray();
  private static final SSLContext TLS = tls();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Longer than an endpoint has: one that answers after a machine stood still is not asked again.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// What this thread does when it takes an event.
  private static final ThreadLocal<Runnable> TAKING = ThreadLocal.withInitial(() -> () -> {});

  /// What came in one request.
  record Heard(Map<String, String> headers, String body) {
    String id() {
      return headers.get("webhook-id");
    }

    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /// How a request is answered.
  interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// All requests, in the order of their coming.
  final List<Heard> asked = new CopyOnWriteArrayList<>();

  private final Set<Heard> answeredWell =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
  private volatile Answering answering = Hooks::takes;

  Hooks() throws IOException {
    this("127.0.0.1", 0);
  }

  Hooks(String address, int port) throws IOException {
    this.server =
        HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 64);
    server.setHttpsConfigurator(new HttpsConfigurator(TLS));
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static void takes(HttpExchange exchange) throws IOException {
    TAKING.get().run();
    exchange.sendResponseHeaders(204, -1);
  }

  static Answering status(int code) {
    return exchange -> exchange.sendResponseHeaders(code, -1);
  }

  void answers(Answering next) {
    answering = next;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      Heard heard = new Heard(headers, body);
      asked.add(heard);
      // Before the answer is out, for the next request may come as soon as it is.
      TAKING.set(() -> answeredWell.add(heard));
      answering.answer(exchange);
    } finally {
      exchange.close();
    }
  }

  /// Those that were answered with 204.
  List<Heard> taken() {
    return asked.stream().filter(answeredWell::contains).toList();
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI url() {
    return URI.create("https://" + HOST + ":" + port() + "/hooks?of=parley");
  }

  /// What goes to endpoints of tests, whatever they are called.
  static Post post() {
    return post(_ -> here(), PATIENCE);
  }

  static Post post(Post.LookUp lookUp, Duration patience) {
    return Post.forTestsOnly(TLS, lookUp, InetAddress::isLoopbackAddress, patience);
  }

  static Post post(Post.LookUp lookUp, java.util.function.Predicate<InetAddress> allowed) {
    return Post.forTestsOnly(TLS, lookUp, allowed, PATIENCE);
  }

  static InetAddress[] here() {
    return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
  }

  static InetAddress[] at(String... addresses) throws UnknownHostException {
    return java.util.Arrays.stream(addresses)
        .map(InetAddress::ofLiteral)
        .toArray(InetAddress[]::new);
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting: " + what).isLessThan(end);
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /// A certificate for the name of tests, made anew for each run, which is trusted by them alone.
  private static SSLContext tls() {
    try {
      Path store = Files.createTempDirectory("hooks").resolve("hooks.p12");
      Process made =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "hooks",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + HOST,
                  "-ext",
                  "SAN=dns:" + HOST,
                  "-validity",
                  "2",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  new String(PASSWORD))
              .redirectErrorStream(true)
              .start();
      made.getOutputStream().close();
      assertThat(made.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(made.exitValue()).isZero();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD);
      }
      Files.delete(store);
      Files.delete(store.getParent());
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys, PASSWORD);
      KeyStore known = KeyStore.getInstance("PKCS12");
      known.load(null, null);
      known.setCertificateEntry("hooks", keys.getCertificate("hooks"));
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(known);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
