package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import parley.messaging.account.Account;
import parley.server.HostileRequests.Operation;
import parley.server.HostileRequests.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Ten thousand requests that mean no good, to a whole server. Each is answered in the contract's
/// form, or hung up on where it is no HTTP; none is a fault, none hangs, none stays.
class HostileInputTest {
  private static final int CASES = Integer.getInteger("parley.hostile.cases", 10_000);
  private static final long SEED = Long.getLong("parley.hostile.seed", 20_260_301L);
  private static final int AT_ONCE = 16;

  /// Less than the server waits for the rest of a body: what is answered only then is found.
  private static final int BOUND_MS = 18_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();

  @Test
  void nothingThatComesInBreaksIt() throws Exception {
    System.out.println("hostile input: seed " + SEED + ", " + CASES + " cases");
    try (Running running = new Running()) {
      HostileRequests requests = requests(running);
      answersQuickly(running);
      int threads = threads();
      AtomicInteger next = new AtomicInteger();
      try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
        for (int i = 0; i < AT_ONCE; i++) {
          workers.execute(() -> {
            for (int n = next.getAndIncrement();
                n < CASES && wrong.size() < 20;
                n = next.getAndIncrement()) {
              judge(running.server.port(), requests.request(n));
            }
          });
        }
      }
      System.out.println("hostile input: answers by status " + statuses);
      assertThat(wrong).as("seed %s", SEED).isEmpty();
      assertThat(next.get()).isGreaterThanOrEqualTo(CASES);
      answersQuickly(running);
      nothingIsLeftOf(running, threads);
    }
  }

  private static HostileRequests requests(Running running) throws Exception {
    Account ann = running.signUp("ann");
    Account ben = running.signUp("ben");
    List<String> tokens = List.of(running.session(ann), running.session(ben));
    String id = running.server.services().conversations().openDirect(ann.id(), ben.id()).value();
    JsonNode paths =
        JSON.readTree(running.send("GET", "/openapi.json", Map.of(), null).body()).path("paths");
    List<Operation> operations = new ArrayList<>();
    for (String path : paths.propertyNames()) {
      for (String method : paths.path(path).propertyNames()) {
        String name = paths.path(path).path(method).path("operationId").asString();
        // It would end the sessions that the others use.
        if (!name.startsWith("signOut")) {
          operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, name));
        }
      }
    }
    // With a session that is not one, they are asked all the same.
    operations.add(new Operation("DELETE", "/api/sessions/current/", "none"));
    assertThat(operations.size()).isGreaterThan(12);
    return new HostileRequests(SEED, operations, tokens, id);
  }

  private static void answersQuickly(Running running) throws Exception {
    String token = running.session(running.signUp("carl" + System.nanoTime() % 1_000_000));
    // Whoever waited for a body that does not come would take 20 seconds.
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      var response =
          running.send(
              "GET", "/api/conversations", Map.of("Authorization", "Bearer " + token), null);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
  }

  /// No connection that the server still holds, and no more threads than before.
  private static void nothingIsLeftOf(Running running, int threads) throws Exception {
    noConnectionIsLeft(running.server.port());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (threads() >= threads + 20 && System.nanoTime() - deadline < 0) {
      Thread.sleep(100);
    }
    assertThat(threads()).as("threads").isLessThan(threads + 20);
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static void noConnectionIsLeft(int port) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    // The client of `Running` keeps one open for its next request.
    while (connections(port) > 1 && System.nanoTime() - deadline < 0) {
      Thread.sleep(100);
    }
    assertThat(connections(port)).as("connections left").isLessThanOrEqualTo(1);
  }

  /// Those to this port that the kernel still has open on the server's side, where it tells.
  private static long connections(int port) throws IOException {
    long count = 0;
    for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
      if (Files.isReadable(Path.of(table))) {
        String local = String.format(Locale.ROOT, ":%04X", port);
        count +=
            Files.readAllLines(Path.of(table)).stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns[1].endsWith(local))
                // ESTABLISHED, CLOSE_WAIT
                .filter(columns -> columns[3].equals("01") || columns[3].equals("08"))
                .count();
      }
    }
    return count;
  }

  private void judge(int port, Request request) {
    String fault;
    try {
      fault = fault(port, request);
    } catch (IOException e) {
      fault = "no connection: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fault = "interrupted";
    }
    if (fault != null) {
      wrong.add(fault + "\n" + request);
    }
  }

  /// What is wrong with what comes back, null if nothing is.
  private String fault(int port, Request request) throws IOException, InterruptedException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BOUND_MS);
    boolean reset = false;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      try {
        OutputStream out = socket.getOutputStream();
        for (byte[] portion : request.portions()) {
          out.write(portion);
          out.flush();
          if (request.portions().size() > 1) {
            Thread.sleep(request.slow() ? 60 : 1);
          }
        }
        if (request.away()) {
          return null;
        }
        if (request.half()) {
          socket.shutdownOutput();
        }
      } catch (IOException e) {
        // It has hung up already; what it said may still be there.
        reset = true;
      }
      try {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[16 * 1024];
        int count = 0;
        while (count >= 0) {
          answer.write(buffer, 0, count);
          long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (left <= 0) {
            return "it hangs; so far: " + answer.toString(StandardCharsets.ISO_8859_1);
          }
          socket.setSoTimeout((int) left);
          count = in.read(buffer);
        }
      } catch (SocketTimeoutException e) {
        return "it hangs; so far: " + answer.toString(StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        reset = true;
      }
    }
    return fault(request, answer.toByteArray(), reset);
  }

  private String fault(Request request, byte[] bytes, boolean reset) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = 0;
    int answers = 0;
    boolean ended = false;
    while (at < text.length()) {
      int end = text.indexOf("\r\n\r\n", at);
      if (end < 0 || !text.startsWith("HTTP/1.1 ", at)) {
        return reset ? null : "no answer of HTTP: " + text.substring(at);
      }
      String[] lines = text.substring(at, end).split("\r\n", -1);
      int status = Integer.parseInt(lines[0].substring(9, 12));
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        if (colon <= 0) {
          return "a header without a name: " + lines[i];
        }
        headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
      }
      at = end + 4;
      if (status == 100) {
        continue;
      }
      statuses.computeIfAbsent(status, _ -> new AtomicInteger()).incrementAndGet();
      answers++;
      ended = headers.getOrDefault("Connection", "").equals("close");
      int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
      // An answer to a HEAD: which of several requests it is for is not always clear.
      boolean head = at == text.length() || text.startsWith("HTTP/1.1 ", at);
      boolean without = status == 204 || head && request.methods().contains("HEAD");
      String body = without ? "" : text.substring(at, Math.min(text.length(), at + length));
      at += body.length();
      if (!without && body.length() < length) {
        return reset ? null : "the answer breaks off";
      }
      String fault = fault(request, status, headers, body, without);
      if (fault != null) {
        return fault + ": " + lines[0] + " " + headers + " " + body;
      }
    }
    // Nothing is read after an answer that ends the connection.
    return request.must() && !reset && !ended && answers != request.methods().size()
        ? answers + " answers: " + text
        : null;
  }

  private static String fault(
      Request request, int status, Map<String, String> headers, String body, boolean without) {
    if (status < 200 || status >= 500 && !(status == 505 && !request.must())) {
      return "a fault of the server";
    }
    if (without) {
      return null;
    }
    String type = headers.getOrDefault("Content-Type", "none");
    try {
      JsonNode json =
          JSON.readTree(
              new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
      if (status < 300) {
        return type.equals("application/json") ? null : "a success of another type";
      }
      return type.equals("application/problem+json")
              && json.path("status").asInt() == status
              && !json.path("code").asString().isEmpty()
          ? null
          : "no problem in the contract's form";
    } catch (JacksonException e) {
      return "no JSON";
    }
  }

  /// Whoever sends half a body and falls silent, or sends it a byte at a time, is hung up on, and
  /// the others do not notice.
  @Test
  void whoeverIsSlowKeepsNobodyWaiting() throws Exception {
    try (Running running = new Running()) {
      String token = running.session(running.signUp("ann"));
      String body =
          "PATCH /api/me HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer "
              + token
              + "\r\nContent-Length: 500\r\n\r\n{";
      // A body that nobody wants is read as well, to find the next request behind it.
      String unwanted = "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n{";
      List<Socket> silent = new ArrayList<>();
      try {
        for (int i = 0; i < 200; i++) {
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.port());
          silent.add(socket);
          String sent = i % 2 == 0 ? body : unwanted;
          socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
        }
        answersQuickly(running);
        long start = System.nanoTime();
        try (ExecutorService trickles = Executors.newVirtualThreadPerTaskExecutor()) {
          for (Socket socket : silent.subList(0, 20)) {
            trickles.execute(() -> trickle(socket));
          }
          for (Socket socket : silent) {
            socket.setSoTimeout(60_000);
            assertThat(rest(socket)).doesNotContain("HTTP/1.1 5");
          }
        }
        // After 20 seconds, and not when the connection is idle for 100, nor when the body is
        // there.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        noConnectionIsLeft(running.server.port());
      } finally {
        for (Socket socket : silent) {
          socket.close();
        }
      }
    }
  }

  private static void trickle(Socket socket) {
    try {
      while (true) {
        Thread.sleep(500);
        socket.getOutputStream().write('x');
      }
    } catch (IOException e) {
      // It was hung up on, as it should be.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String rest(Socket socket) throws SocketTimeoutException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return "";
    }
  }
}
