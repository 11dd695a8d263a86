package parley.bench;

import static parley.bench.Report.line;

import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import parley.prove.Client;
import parley.prove.Person;
import parley.prove.Together;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/// A whole server through HTTP beside the bare engine: in one run, on one machine, which the
/// callers share with it.
@Command(
    name = "serve",
    description = "A whole server through HTTP beside the bare engine.",
    mixinStandardHelpOptions = true)
final class ServeBench implements Callable<Integer> {
  /// Sockets of one account, of the 20 that a server takes.
  private static final int SOCKETS_EACH = 20;

  private static final int READERS = 16;

  @Option(names = "--seconds", description = "How long each loop runs (default: 5).")
  double seconds = 5;

  @Option(names = "--rounds", description = "How often raw puts and sends take turns (default: 3).")
  int rounds = 3;

  @Option(names = "--starts", description = "How often a server is started (default: 5).")
  int starts = 5;

  @Option(
      names = "--pairs",
      split = ",",
      description = "How many pairs of people write at once (default: 1,16,64).")
  List<Integer> pairs = List.of(1, 16, 64);

  @Option(
      names = "--engines",
      split = ",",
      description = "memory, file or both (default: memory,file).")
  List<String> engines = List.of("memory", "file");

  @Option(names = "--sockets", description = "How many sockets are held open (default: 1000).")
  int sockets = 1000;

  @Override
  public Integer call() throws Exception {
    System.out.println(Report.machine());
    if (starts > 0) {
      starting();
    }
    line("%n## Sends through HTTP beside raw conditional puts in the engine's own process%n");
    line(
        "| engine | pairs | raw puts/s | p50 ms | sends/s | p50 ms | p99 ms | sends/raw | CPU ms a raw"
            + " put | CPU ms a send | of the callers |");
    line("|---|---|---|---|---|---|---|---|---|---|---|");
    List<String> deliveries = new ArrayList<>();
    List<String> pages = new ArrayList<>();
    for (String engine : engines) {
      boolean onDisk = engine.equals("file");
      try (Stage stage = new Stage(onDisk, false);
          Served served = Served.plain(onDisk)) {
        List<Talk> talks = talks(served, Collections.max(pairs));
        for (int count : pairs) {
          sends(stage, served, onDisk, talks.subList(0, count));
        }
        for (int count : pairs) {
          deliveries.add(delivery(served, onDisk, talks.subList(0, count)));
        }
        pages.addAll(pages(served, onDisk, talks.getFirst()));
      }
    }
    line("%n## Delivery to the other person's open socket, from the call that sends%n");
    line("| engine | pairs | messages/s | p50 ms | p99 ms |");
    line("|---|---|---|---|---|");
    deliveries.forEach(System.out::println);
    line("%n## Pages through HTTP, %d readers%n", READERS);
    line("| engine | page | pages/s | p50 ms | p50 ms of one reader |");
    line("|---|---|---|---|---|");
    pages.forEach(System.out::println);
    return 0;
  }

  private void starting() throws Exception {
    line("%n## Start and memory (memory engine)%n");
    line("| what | |");
    line("|---|---|");
    line("| start to ready, seconds | %.1f |", ready(() -> Served.plain(false)));
    String launcher = System.getenv("PARLEY_LAUNCHER");
    if (launcher != null) {
      line(
          "| the same by `./parley serve`, with the JDK's cache, seconds | %.1f |",
          ready(() -> Served.byLauncher(launcher)));
    }
    try (Served served = Served.plain(false)) {
      Thread.sleep(Duration.ofSeconds(5));
      line("| memory at rest, MB | %s |", known(served.megabytes()));
      line("| memory with %,d open sockets, MB | %s |", sockets, known(withSockets(served)));
    }
  }

  /// The median, in seconds.
  private double ready(Callable<Served> start) throws Exception {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      long from = System.nanoTime();
      Served served = start.call();
      all.add((System.nanoTime() - from) / 1e9);
      served.close();
    }
    all.sort(null);
    return all.get(all.size() / 2);
  }

  private static String known(@Nullable Long megabytes) {
    return megabytes == null ? "-" : megabytes.toString();
  }

  private @Nullable Long withSockets(Served served) throws Exception {
    List<WebSocket> opened = new ArrayList<>();
    for (int i = 0; i < sockets; i += SOCKETS_EACH) {
      Person person = served.signUp();
      for (int j = i; j < Math.min(sockets, i + SOCKETS_EACH); j++) {
        opened.add(served.connect(person, new WebSocket.Listener() {}));
      }
    }
    Thread.sleep(Duration.ofSeconds(5));
    Long megabytes = served.megabytes();
    for (WebSocket socket : opened) {
      if (socket.isInputClosed()) {
        throw new IllegalStateException("a socket did not stay open");
      }
      socket.abort();
    }
    return megabytes;
  }

  /// Two people, the path of their conversation, and the connection of the first of them.
  private record Talk(Line line, Person one, Person other, String path) {
    long send(Served served) throws IOException {
      return served.send(line, one, path);
    }
  }

  private static List<Talk> talks(Served served, int count) throws Exception {
    List<Callable<Talk>> makings = new ArrayList<>();
    for (Line line : served.lines(count)) {
      makings.add(() -> {
        Person one = served.signUp();
        Person other = served.signUp();
        Talk talk = new Talk(line, one, other, served.open(one, other));
        talk.send(served);
        return talk;
      });
    }
    return Together.run(2, makings);
  }

  private record Turn(Timings raw, Timings sends, double rawCpu, double sendCpu, double callerCpu) {
    double ratio() {
      return sends.perSecond() / raw.perSecond();
    }
  }

  private void sends(Stage stage, Served served, boolean onDisk, List<Talk> talks)
      throws Exception {
    List<Turn> turns = new ArrayList<>();
    turn(stage, served, talks, Math.min(3, seconds));
    for (int round = 0; round < rounds; round++) {
      turns.add(turn(stage, served, talks, seconds));
    }
    turns.sort((a, b) -> Double.compare(a.ratio(), b.ratio()));
    Turn median = turns.get(turns.size() / 2);
    line(
        "| %s | %d | %.0f | %.2f | %.0f | %.2f | %.2f | %.2f (%.2f to %.2f) | %.2f | %.2f | %.2f |",
        engine(onDisk),
        talks.size(),
        median.raw.perSecond(),
        median.raw.p50_ms(),
        median.sends.perSecond(),
        median.sends.p50_ms(),
        median.sends.p99_ms(),
        median.ratio(),
        turns.getFirst().ratio(),
        turns.getLast().ratio(),
        median.rawCpu,
        median.sendCpu,
        median.callerCpu);
  }

  private static Turn turn(Stage stage, Served served, List<Talk> talks, double seconds)
      throws Exception {
    Map<String, AttributeValue> item = stage.messageItem();
    String run = UUID.randomUUID().toString();
    Duration before = own();
    Timings raw =
        Timings.closedLoop(
            talks.size(),
            seconds,
            (caller, round) -> {
              Map<String, AttributeValue> copy = new HashMap<>(item);
              copy.put("PK", AttributeValue.fromS("raw#" + run + caller));
              copy.put("SK", AttributeValue.fromS("M#" + round));
              stage.rawPut(copy);
            });
    double rawCpu = own().minus(before).toNanos() / 1e6 / raw.calls();
    Duration theirs = served.processorTime();
    Duration callers = own();
    Timings sends =
        Timings.closedLoop(talks.size(), seconds, (caller, _) -> talks.get(caller).send(served));
    double callerCpu = own().minus(callers).toNanos() / 1e6 / sends.calls();
    // What the projection does for them comes a little later.
    Thread.sleep(Duration.ofSeconds(1));
    double sendCpu = served.processorTime().minus(theirs).toNanos() / 1e6 / sends.calls();
    return new Turn(raw, sends, rawCpu, sendCpu, callerCpu);
  }

  private static Duration own() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// When each message was sent, until it was heard; and how long the others took.
  private record Deliveries(Map<String, Long> times, ConcurrentLinkedQueue<Long> nanos) {
    /// Either of the two may come first: the answer with the number, or the event.
    void sent(String message, long at) {
      Long heard = times.putIfAbsent(message, at);
      if (heard != null) {
        nanos.add(heard - at);
      }
    }

    void heard(String message, long at) {
      Long sent = times.putIfAbsent(message, at);
      if (sent != null) {
        nanos.add(at - sent);
      }
    }
  }

  /// One socket. An event may come in parts.
  private static final class Ear implements WebSocket.Listener {
    private final Deliveries deliveries;
    private final StringBuilder event = new StringBuilder();

    Ear(Deliveries deliveries) {
      this.deliveries = deliveries;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      long now = System.nanoTime();
      event.append(part);
      if (last) {
        JsonNode told = Client.JSON.readTree(event.toString());
        event.setLength(0);
        if (told.path("type").asString().equals("message")) {
          deliveries.heard(
              told.path("conversation").asString() + told.at("/entry/seq").asLong(), now);
        }
      }
      socket.request(1);
      return null;
    }
  }

  private String delivery(Served served, boolean onDisk, List<Talk> talks) throws Exception {
    Deliveries all = new Deliveries(new ConcurrentHashMap<>(), new ConcurrentLinkedQueue<>());
    List<WebSocket> listening = new ArrayList<>();
    for (Talk talk : talks) {
      listening.add(served.connect(talk.other(), new Ear(all)));
    }
    Timings sends =
        Timings.closedLoop(
            talks.size(),
            seconds,
            (caller, _) -> {
              Talk talk = talks.get(caller);
              long from = System.nanoTime();
              long seq = talk.send(served);
              all.sent(talk.path().substring(talk.path().lastIndexOf('/') + 1) + seq, from);
            });
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (all.nanos.size() < sends.calls() && System.nanoTime() - until < 0) {
      Thread.sleep(10);
    }
    listening.forEach(WebSocket::abort);
    if (all.nanos.size() < sends.calls()) {
      throw new IllegalStateException(
          "of " + sends.calls() + " messages " + all.nanos.size() + " were heard");
    }
    long[] sorted = all.nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.2f | %.2f |",
        engine(onDisk),
        talks.size(),
        sends.perSecond(),
        Timings.percentile(sorted, 50),
        Timings.percentile(sorted, 99));
  }

  private List<String> pages(Served served, boolean onDisk, Talk talk) throws Exception {
    return List.of(
        page(served, onDisk, "20 messages of history", talk, talk.path() + "/messages?limit=20"),
        page(served, onDisk, "50 messages of history", talk, talk.path() + "/messages?limit=50"),
        page(served, onDisk, "inbox", talk, "/api/conversations"));
  }

  private String page(Served served, boolean onDisk, String what, Talk talk, String path)
      throws Exception {
    List<Line> lines = served.lines(READERS);
    Timings.Call read = (caller, _) -> lines.get(caller).ask("GET", path, talk.one().token(), "");
    Timings.closedLoop(READERS, Math.min(2, seconds), read);
    Timings many = Timings.closedLoop(READERS, seconds, read);
    Timings one = Timings.closedLoop(1, seconds, read);
    for (Line line : lines) {
      line.close();
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f | %.2f | %.2f |",
        engine(onDisk),
        what,
        many.perSecond(),
        many.p50_ms(),
        one.p50_ms());
  }

  private static String engine(boolean onDisk) {
    return onDisk ? "file" : "memory";
  }
}
