package parley.bench;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.cli.Parley;
import parley.prove.Client;
import parley.prove.ClientIds;
import parley.prove.Person;
import parley.prove.ServerProcess;
import parley.prove.Servers;
import parley.prove.Tally;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A server in a process of its own, as people start it, and what a client asks of it.
final class Served implements AutoCloseable {
  private static final String TEXT = "A message of ordinary length, as people write them.";

  private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

  private final Path folder;
  private final ServerProcess process;
  private final Client client;
  private final ClientIds ids = new ClientIds(InstantSource.system());

  private Served(List<String> program, boolean onDisk) throws Exception {
    folder = Files.createTempDirectory("parley-bench");
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("serve", "--port", "0", "--operator-port", "off"));
    command.addAll(List.of("--rate-limits", "off"));
    command.addAll(
        onDisk ? List.of("--data", folder.resolve("data").toString()) : List.of("--memory"));
    process =
        ServerProcess.launch(folder, "Parley is at (http://localhost:\\d+)", Map.of(), command);
    client = new Client(new Servers(List.of(process.address())), new Tally());
  }

  /// A plain Java, with what it chooses by itself.
  static Served plain(boolean onDisk) throws Exception {
    return new Served(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Parley.class.getName()),
        onDisk);
  }

  /// As `./parley serve` starts it, with the JDK's cache.
  static Served byLauncher(String launcher) throws Exception {
    return new Served(List.of(launcher), false);
  }

  /// Where it is.
  String address() {
    return process.address().toString();
  }

  Person signUp() throws InterruptedException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    ObjectNode body = Client.JSON.createObjectNode();
    String handle = "bench_" + Long.toString(random.nextLong(1L << 50), 36);
    body.put("handle", handle);
    body.put("displayName", "Somebody");
    body.put("password", Long.toString(random.nextLong() >>> 1, 36) + " rowing at dawn");
    JsonNode made = client.mustDo(0, null, "POST", "/api/accounts", body);
    return new Person(handle, made.at("/account/id").asString(), made.path("token").asString());
  }

  /// The path of the conversation of two people.
  String open(Person one, Person other) throws InterruptedException {
    ObjectNode body = Client.JSON.createObjectNode();
    body.putArray("participants").add(other.id());
    JsonNode opened = client.mustDo(0, one, "POST", "/api/conversations", body);
    return "/api/conversations/" + opened.path("id").asString();
  }

  /// Connections, for as many callers.
  List<Line> lines(int count) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(new Line(process.address()));
    }
    return lines;
  }

  /// Sends, and gives the number of the message.
  long send(Line line, Person from, String conversation) throws IOException {
    String body = "{\"clientId\":\"" + ids.next() + "\",\"text\":\"" + TEXT + "\"}";
    String stored = line.ask("POST", conversation + "/messages", from.token(), body);
    Matcher seq = SEQ.matcher(stored);
    if (!seq.find()) {
      throw new IOException("an answer without a number: " + stored);
    }
    return Long.parseLong(seq.group(1));
  }

  WebSocket connect(Person as, WebSocket.Listener listener) throws Exception {
    JsonNode ticket = client.mustDo(0, as, "POST", "/api/events/ticket", null);
    return client.connect(0, ticket.path("ticket").asString(), listener);
  }

  /// Processor time that its process has taken so far.
  Duration processorTime() {
    return process.handle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Megabytes of memory that its process holds; where the system does not tell, null.
  @Nullable Long megabytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.handle().pid()), "status");
    if (!Files.exists(status)) {
      return null;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() throws IOException {
    client.close();
    process.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
