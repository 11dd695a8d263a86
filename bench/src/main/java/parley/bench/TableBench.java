package parley.bench;

import static parley.bench.Report.line;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import parley.messaging.Secret;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;
import parley.table.AuditRun;
import parley.table.Ink;
import parley.table.Looking;
import parley.table.Looking.Window;
import parley.table.Moving;
import parley.table.OpenTable;
import parley.table.Out;
import parley.table.PopulationSeed;
import parley.table.PopulationSeed.Wanted;
import parley.table.Rate;
import parley.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The table tool beside raw batch writes and a raw scan of the very same items, on one engine, in
/// turns: whoever was first in one turn is second in the next. The raw writers are as many as the
/// tool has, and have their items ready in memory.
///
/// What it has measured it prints even if it is broken off: by Ctrl-C, or at its own limit.
@Command(
    name = "table",
    description = "The table tool beside raw batch writes and a raw scan.",
    mixinStandardHelpOptions = true)
final class TableBench implements Callable<Integer> {
  /// Of so many items one is a person's.
  private static final int ITEMS_A_PERSON = 100;

  private static final int WARM_UP = 5;
  private static final String RAW = "raw";

  @Option(names = "--items", description = "Items of the table (default: 100,000).")
  int items = 100_000;

  @Option(names = "--turns", description = "How often each is measured (default: 3).")
  int turns = 3;

  @Option(
      names = "--engines",
      split = ",",
      description = "Which engines: memory, file (default: both).")
  List<String> engines = List.of("memory", "file");

  @Option(
      names = "--minutes",
      description = "Begin nothing new after so many minutes of an engine (default: 30).")
  int minutes = 30;

  /// Seconds of the tool and of what it is held against, a turn each.
  private record Pair(String beside, List<Double> tool_s, List<Double> raw_s) {}

  /// By engine, then by what was done.
  private final Map<String, Map<String, Pair>> all = new LinkedHashMap<>();

  private boolean isPrinted;

  /// The limit is over: what is measured is printed.
  private static final class Late extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("parley-bench-table");
    Thread hook = new Thread(() -> brokenOff(folder), "parley-bench-broken-off");
    Runtime.getRuntime().addShutdownHook(hook);
    try (ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
      Shown shown = new Shown(ticks);
      for (String engine : engines) {
        measure(engine, folder, shown);
      }
    } finally {
      print();
      Runtime.getRuntime().removeShutdownHook(hook);
      remove(folder);
    }
    return 0;
  }

  /// Ctrl-C: what there is, and no folder left behind.
  private void brokenOff(Path folder) {
    print();
    try {
      remove(folder);
    } catch (IOException e) {
      System.err.println("The folder " + folder + " is left over: " + e.getMessage());
    }
  }

  private void measure(String engine, Path folder, Shown shown) throws IOException {
    long end_ns = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    List<Map<String, AttributeValue>> ready = new ArrayList<>();
    try {
      // The first turn is small, and not counted: the code is compiled in it.
      for (int turn = -1; turn < turns; turn++) {
        Path own = folder.resolve(engine + turn);
        Files.createDirectory(own);
        Turn next =
            new Turn(
                engine + (turn < 0 ? ", warming up" : ", turn " + (turn + 1) + " of " + turns),
                turn,
                turn < 0 ? Math.max(ITEMS_A_PERSON, items / WARM_UP) : items,
                own,
                shown,
                end_ns);
        Storage storage =
            engine.equals("memory")
                ? new Storage.InMemory()
                : new Storage.OnDisk(own.resolve("data"));
        Secret secret = new Secret(new byte[Secret.MIN_BYTES]);
        Settings settings = new Settings(storage, "parley", new Capacity.OnDemand(), secret);
        if (turn == 0) {
          ready.clear();
        }
        OpenTable.with(
            settings,
            true,
            table -> {
              run(engine, table, next, ready);
              return true;
            });
        remove(own);
      }
    } catch (Late e) {
      shown.say("%s: after %d minutes nothing new is begun", engine, minutes);
    }
  }

  /// One turn: of which engine, and until when.
  private record Turn(String name, int number, int size, Path folder, Shown shown, long end_ns) {
    double seconds(String what, Runnable work) {
      if (System.nanoTime() - end_ns > 0) {
        throw new Late();
      }
      double before_s = processor_s();
      double took_s = shown.of(name + ": " + what, work);
      shown.say(
          "%s: %s: %.0f items/s, %.2f s of the processors",
          name, what, size / took_s, processor_s() - before_s);
      return took_s;
    }
  }

  /// What this process has taken of the processors: it says more than time where others are at
  /// work.
  private static double processor_s() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(taken -> taken.toMillis() / 1e3)
        .orElse(0.0);
  }

  /// `ready` is what the table holds, once the first seeding of this size has written it: the same
  /// in every turn, for the population is made from numbers.
  private void run(
      String engine, OpenTable table, Turn turn, List<Map<String, AttributeValue>> ready) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Out out = new Out(nowhere, nowhere, new Ink(false, false), true, false, false);
    Capacity capacity = new Capacity.OnDemand();
    Rate rate = new Rate.Unbounded();
    Path export = turn.folder().resolve("export");
    RawTable own = new RawTable(table.client(), table.name());
    RawTable raw = new RawTable(table.client(), RAW);
    int people = Math.max(2, turn.size() / ITEMS_A_PERSON);
    int talks = Math.max(1, Math.min(3 * people, people * (people - 1) / 8));
    Wanted wanted =
        new Wanted(people, talks, Math.max(talks, turn.size() - 2L * people - 3L * talks), 1);
    double[] write_s = new double[1];
    double[] scan_s = new double[1];
    Runnable seed = () -> new PopulationSeed(table, out, wanted).run(capacity, rate);
    Runnable writing = () -> raw.write(ready);
    if (ready.isEmpty() || turn.number() % 2 == 0) {
      double seed_s = turn.seconds("seed", seed);
      if (ready.isEmpty()) {
        ready.addAll(own.items());
      }
      write_s[0] = turn.seconds("raw batch writes", writing);
      add(engine, turn, "seed", seed_s, "raw batch writes", write_s[0]);
    } else {
      write_s[0] = turn.seconds("raw batch writes", writing);
      add(engine, turn, "seed", turn.seconds("seed", seed), "raw batch writes", write_s[0]);
    }
    Map<String, Runnable> reading = new LinkedHashMap<>();
    reading.put("scan", () -> new Looking(table, out).scan(new Window(Set.of(), 0, null), rate));
    reading.put("export", () -> new Moving(table, out, rate).exportTo(export));
    reading.put(
        "audit", () -> new AuditRun(table, out).run(false, InstantSource.system().instant()));
    reading.forEach((what, work) -> {
      boolean rawFirst = turn.number() % 2 != 0;
      if (rawFirst) {
        scan_s[0] = turn.seconds("raw scan", own::scan);
      }
      double tool_s = turn.seconds(what, work);
      if (!rawFirst) {
        scan_s[0] = turn.seconds("raw scan", own::scan);
      }
      add(engine, turn, what, tool_s, "raw scan", scan_s[0]);
    });
    new Tables(table, out).drop();
    double import_s =
        turn.seconds(
            "import", () -> new Moving(table, out, rate).importFrom(export, capacity, false));
    add(
        engine,
        turn,
        "import, verified",
        import_s,
        "raw batch writes, raw scan",
        write_s[0] + scan_s[0]);
  }

  private synchronized void add(
      String engine, Turn turn, String what, double tool_s, String beside, double raw_s) {
    if (turn.number() >= 0) {
      Pair pair =
          all.computeIfAbsent(engine, _ -> new LinkedHashMap<>())
              .computeIfAbsent(what, _ -> new Pair(beside, new ArrayList<>(), new ArrayList<>()));
      pair.tool_s().add(tool_s);
      pair.raw_s().add(raw_s);
    }
  }

  private synchronized void print() {
    if (isPrinted) {
      return;
    }
    isPrinted = true;
    line("%s; %d items", Report.machine(), items);
    line("");
    line("| engine | what | items/s | beside | items/s | ratio | turns |");
    line("|---|---|---|---|---|---|---|");
    all.forEach((engine, parts) -> parts.forEach((what, pair) -> print(engine, what, pair)));
  }

  private void print(String engine, String what, Pair pair) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < pair.tool_s().size(); i++) {
      ratios.add(pair.raw_s().get(i) / pair.tool_s().get(i));
    }
    ratios.sort(Comparator.naturalOrder());
    line(
        "| %s | %s | %.0f | %s | %.0f | %.2f (%.2f to %.2f) | %d |",
        engine,
        what,
        items / median(pair.tool_s()),
        pair.beside(),
        items / median(pair.raw_s()),
        median(ratios),
        ratios.getFirst(),
        ratios.getLast(),
        ratios.size());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
