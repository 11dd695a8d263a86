package parley.bench;

import static parley.bench.Report.line;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import parley.messaging.Secret;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.Capabilities;
import parley.store.TableAdmin;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The table tool beside raw batch writes and a raw scan of the very same items, on one engine, in
/// turns. The raw writers are as many as the tool has, and have their items ready in memory.
@Command(
    name = "table",
    description = "The table tool beside raw batch writes and a raw scan.",
    mixinStandardHelpOptions = true)
final class TableBench implements Callable<Integer> {
  private static final int BATCH = 25;
  private static final int WRITERS = 4;
  private static final double NANOS = 1e9;

  /// Of so many items one is a person's.
  private static final int ITEMS_A_PERSON = 100;

  private static final int WARM_UP = 5;

  @Option(names = "--items", description = "Items of the table (default: 100,000).")
  int items = 100_000;

  @Option(names = "--turns", description = "How often each is measured (default: 3).")
  int turns = 3;

  @Option(
      names = "--engines",
      split = ",",
      description = "Which engines: memory, file (default: both).")
  List<String> engines = List.of("memory", "file");

  /// Seconds of the tool and of what it is held against, a turn each.
  private record Pair(List<Double> tool_s, List<Double> raw_s) {
    Pair() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  @Override
  public Integer call() throws IOException {
    line("%s", Report.machine());
    line("");
    line("| engine | what | items/s | beside | items/s | ratio |");
    line("|---|---|---|---|---|---|");
    for (String engine : engines) {
      Map<String, Pair> all = new LinkedHashMap<>();
      long count = 0;
      // The first turn is small, and not counted: the code is compiled in it.
      for (int turn = -1; turn < turns; turn++) {
        boolean counts = turn >= 0;
        int size = counts ? items : Math.max(ITEMS_A_PERSON, items / WARM_UP);
        Path folder = Files.createTempDirectory("parley-bench-table");
        Storage storage =
            engine.equals("memory")
                ? new Storage.InMemory()
                : new Storage.OnDisk(folder.resolve("data"));
        Secret secret = new Secret(new byte[Secret.MIN_BYTES]);
        Settings settings = new Settings(storage, "parley", new Capacity.OnDemand(), secret);
        try {
          Map<String, Pair> kept = counts ? all : new LinkedHashMap<>();
          count = OpenTable.with(settings, true, table -> measure(table, folder, size, kept));
        } finally {
          remove(folder);
        }
      }
      print(engine, all, count);
    }
    return 0;
  }

  private long measure(OpenTable table, Path folder, int size, Map<String, Pair> all) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Out out = new Out(nowhere, nowhere, new Ink(false, false), true, false);
    int people = Math.max(2, size / ITEMS_A_PERSON);
    int talks = Math.max(1, Math.min(3 * people, people * (people - 1) / 8));
    long messages = Math.max(talks, size - 2L * people - 3L * talks);
    Capacity capacity = new Capacity.OnDemand();
    Rate rate = new Rate.Unbounded();
    Path export = folder.resolve("export");
    DynamoDbClient client = table.client();
    double seed_s =
        seconds(() ->
            new PopulationSeed(table, out, new Wanted(people, talks, messages, 1))
                .run(capacity, rate));
    List<Map<String, AttributeValue>> there = new ArrayList<>();
    double rawScan_s = seconds(() -> rawScan(client, table.name(), there));
    double rawWrite_s = seconds(() -> rawWrite(client, there));
    add(all, "seed", seed_s, rawWrite_s);
    double scan_s =
        seconds(() -> new Looking(table, out).scan(new Window(Set.of(), 0, null), rate));
    add(all, "scan", scan_s, rawScan_s);
    double export_s = seconds(() -> new Moving(table, out, rate).exportTo(export));
    add(all, "export", export_s, rawScan_s);
    double audit_s =
        seconds(() -> new AuditRun(table, out).run(false, InstantSource.system().instant()));
    add(all, "audit", audit_s, rawScan_s);
    new Tables(table, out).drop();
    double import_s =
        seconds(() -> new Moving(table, out, rate).importFrom(export, capacity, false));
    add(all, "import, verified", import_s, rawWrite_s + rawScan_s);
    return there.size();
  }

  private static void add(Map<String, Pair> all, String what, double tool_s, double raw_s) {
    Pair pair = all.computeIfAbsent(what, _ -> new Pair());
    pair.tool_s().add(tool_s);
    pair.raw_s().add(raw_s);
  }

  private static void print(String engine, Map<String, Pair> all, long count) {
    all.forEach((what, pair) -> {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < pair.tool_s().size(); i++) {
        ratios.add(pair.raw_s().get(i) / pair.tool_s().get(i));
      }
      ratios.sort(Comparator.naturalOrder());
      line(
          "| %s | %s | %.0f | %s | %.0f | %.2f (%.2f to %.2f) |",
          engine,
          what,
          count / median(pair.tool_s()),
          switch (what) {
            case "seed" -> "raw batch writes";
            case "import, verified" -> "raw batch writes, raw scan";
            default -> "raw scan";
          },
          count / median(pair.raw_s()),
          median(ratios),
          ratios.getFirst(),
          ratios.getLast());
    });
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static double seconds(Runnable work) {
    long from = System.nanoTime();
    work.run();
    return (System.nanoTime() - from) / NANOS;
  }

  private static void rawScan(
      DynamoDbClient client, String table, List<Map<String, AttributeValue>> items) {
    client.scanPaginator(r -> r.tableName(table).consistentRead(true)).items().forEach(items::add);
  }

  /// The same items, into another table of the same design.
  private static void rawWrite(DynamoDbClient client, List<Map<String, AttributeValue>> items) {
    new TableAdmin(client, "raw", Capabilities.ALL).ensure(new Capacity.OnDemand());
    Semaphore places = new Semaphore(WRITERS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int from = 0; from < items.size(); from += BATCH) {
        List<Map<String, AttributeValue>> batch =
            items.subList(from, Math.min(items.size(), from + BATCH));
        places.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            client.batchWriteItem(
                r -> r.requestItems(Map.of("raw", batch.stream().map(TableBench::put).toList())));
          } finally {
            places.release();
          }
        });
      }
    }
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
