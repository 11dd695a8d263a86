package parley.bench;

import static parley.bench.Report.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.bench.FunctionStage.Talk;
import parley.serverless.runtime.FunctionPackage;
import parley.serverless.runtime.FunctionSettings;
import parley.serverless.runtime.Invoked;
import parley.serverless.runtime.LocalFunction;
import parley.serverless.runtime.Outcome;
import parley.serverless.runtime.Unpacked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The function behind the change stream, as it is packaged for AWS Lambda, beside a straight one
/// in Python that does the same table work: how soon it has handled its first event, how long
/// further ones take, what it weighs.
///
/// All of them take turns in one run, over the same local Runtime API, on one table. How soon
/// Lambda restores a snapshot cannot be measured here.
@Command(
    name = "lambda",
    description = "The stream function's cold start beside one in Python.",
    mixinStandardHelpOptions = true)
final class LambdaBench implements Callable<Integer> {
  private static final String HANDLER = "parley.lambda.StreamFunction::handleRequest";
  private static final int RECORDS = 5;

  /// What a request to DynamoDB takes within a region: a few milliseconds.
  private static final Duration AWAY = Duration.ofMillis(4);

  @Option(names = "--rounds", description = "How often each is started (default: 11).")
  int rounds = 11;

  @Option(names = "--warm", description = "How many events each handles when warm (default: 200).")
  int warm = 200;

  @Option(names = "--memory", description = "The functions' memory in MB (default: 512).")
  int memory_mb = 512;

  @Option(
      names = "--functions",
      description = "The folder of the packages (the launcher builds them and says where).")
  @Nullable Path functions;

  /// One way to run the function, and its package's size in MB.
  private record Contender(String name, FunctionPackage code, double packed_mb) {}

  /// What one start took: until it asked for its first event, and until it had handled it.
  private record Start(double init_ms, double whole_ms, double memory_mb) {}

  @Override
  public Integer call() throws Exception {
    String given = System.getenv("PARLEY_FUNCTIONS");
    Path packages = functions != null ? functions : given == null ? null : Path.of(given);
    if (packages == null) {
      System.err.println("Run it as ./parley bench lambda, which builds the packages first.");
      return 64;
    }
    Path folder = Files.createTempDirectory("parley-bench");
    try {
      List<Contender> all = contenders(packages, folder);
      line("%s", Report.machine());
      try (FunctionStage stage = new FunctionStage(Duration.ZERO)) {
        cold(stage, all, folder);
        warm("a table on this machine", stage, all, folder);
      }
      try (FunctionStage stage = new FunctionStage(AWAY)) {
        warm("a table %d ms away".formatted(AWAY.toMillis()), stage, all, folder);
      }
      return 0;
    } finally {
      remove(folder);
    }
  }

  private static List<Contender> contenders(Path packages, Path folder)
      throws IOException, InterruptedException {
    List<Contender> all = new ArrayList<>();
    Path custom = folder.resolve("custom");
    Unpacked.into(custom, packages.resolve("custom.zip"));
    all.add(
        new Contender(
            "Java of its own, with its cache",
            new FunctionPackage.Custom(custom),
            megabytes(packages.resolve("custom.zip"))));
    Path managed = folder.resolve("managed");
    Unpacked.into(managed, packages.resolve("functions.zip"));
    all.add(
        new Contender(
            "managed runtime, without a snapshot",
            new FunctionPackage.Managed(managed),
            megabytes(packages.resolve("functions.zip"))));
    String python = PythonFunction.interpreter();
    if (python == null) {
      line("Python with boto3 was not found, so there is nothing to compare with: install it, on");
      line("Debian and Ubuntu with `apt-get install python3-boto3`.%n");
    } else {
      Path straight = PythonFunction.into(folder.resolve("python"), python);
      all.add(
          new Contender(
              "straight Python",
              new FunctionPackage.Custom(straight),
              megabytes(straight.resolve("function.py"))));
    }
    return all;
  }

  private LocalFunction function(FunctionStage stage, Contender contender, Path folder) {
    FunctionSettings settings =
        new FunctionSettings(
            "bench", HANDLER, memory_mb, Duration.ofSeconds(30), 1, stage.environment());
    return new LocalFunction(
        settings, contender.code(), "eu-central-1", folder.resolve("logs"), InstantSource.system());
  }

  private void cold(FunctionStage stage, List<Contender> all, Path folder) throws Exception {
    Map<Contender, List<Start>> starts = new LinkedHashMap<>();
    List<Talk> talks = stage.talks(all.size());
    // One round more: the first finds nothing of the files in memory.
    for (int round = -1; round < rounds; round++) {
      for (Contender contender : all) {
        List<Talk> own = List.of(talks.get(all.indexOf(contender)));
        Start start = start(stage, contender, own, folder);
        if (round >= 0) {
          starts.computeIfAbsent(contender, _ -> new ArrayList<>()).add(start);
        }
      }
    }
    line(
        "%n## From nothing to the end of the first event, a record of the stream (%d starts)%n",
        rounds);
    line(
        "| function | until it asks for an event, ms | in all, ms | least and most | memory, MB |"
            + " package, MB |");
    line("|---|---|---|---|---|---|");
    starts.forEach((contender, each) -> {
      double[] whole = each.stream().mapToDouble(Start::whole_ms).sorted().toArray();
      line(
          "| %s | %.0f | %.0f | %.0f to %.0f | %.0f | %.1f |",
          contender.name(),
          median(each.stream().mapToDouble(Start::init_ms).toArray()),
          median(whole),
          whole[0],
          whole[whole.length - 1],
          median(each.stream().mapToDouble(Start::memory_mb).toArray()),
          contender.packed_mb());
    });
  }

  private void warm(String where, FunctionStage stage, List<Contender> all, Path folder)
      throws Exception {
    line("%n## Further events, of one instance (%d each), %s%n", warm, where);
    line(
        "| function | 1 record, median ms | p95 | %d of %d conversations, median ms | p95 |"
            + " %d of one conversation, median ms | memory, MB |",
        RECORDS, RECORDS, RECORDS);
    line("|---|---|---|---|---|---|---|");
    for (Contender contender : all) {
      warm(stage, contender, folder);
    }
  }

  private Start start(FunctionStage stage, Contender contender, List<Talk> talks, Path folder)
      throws Exception {
    String event = stage.event(talks);
    try (LocalFunction function = function(stage, contender, folder)) {
      long from = System.nanoTime();
      Invoked invoked = function.measure(event);
      double whole_ms = (System.nanoTime() - from) / 1e6;
      expectAnswered(contender, invoked);
      stage.check(contender.name(), talks);
      Duration init = invoked.init();
      return new Start(init == null ? 0 : init.toNanos() / 1e6, whole_ms, invoked.mostMemory_mb());
    }
  }

  private void warm(FunctionStage stage, Contender contender, Path folder) throws Exception {
    List<Talk> five = stage.talks(RECORDS);
    List<Talk> one = five.subList(0, 1);
    List<Talk> same = java.util.Collections.nCopies(RECORDS, five.getFirst());
    try (LocalFunction function = function(stage, contender, folder)) {
      times(stage, contender, function, five, warm / 2);
      double[] ones = times(stage, contender, function, one, warm);
      double[] fives = times(stage, contender, function, five, warm);
      double[] sames = times(stage, contender, function, same, warm);
      long memory_mb = function.measure(stage.event(one)).mostMemory_mb();
      stage.check(contender.name(), five);
      line(
          "| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %d |",
          contender.name(),
          median(ones),
          percentile(ones, 95),
          median(fives),
          percentile(fives, 95),
          median(sames),
          memory_mb);
    }
  }

  private static double[] times(
      FunctionStage stage, Contender contender, LocalFunction function, List<Talk> talks, int count)
      throws InterruptedException {
    double[] took_ms = new double[count];
    for (int i = 0; i < count; i++) {
      Invoked invoked = function.measure(stage.event(talks));
      expectAnswered(contender, invoked);
      took_ms[i] = invoked.took().toNanos() / 1e6;
    }
    return took_ms;
  }

  private static void expectAnswered(Contender contender, Invoked invoked) {
    if (!(invoked.outcome() instanceof Outcome.Answered(String answer))
        || !answer.replace(" ", "").contains("\"batchItemFailures\":[]")) {
      throw new IllegalStateException(contender.name() + " failed: " + invoked.outcome());
    }
  }

  private static double median(double[] values) {
    return percentile(values, 50);
  }

  private static double percentile(double[] values, int percent) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private static double megabytes(Path file) throws IOException {
    return Files.size(file) / 1e6;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
