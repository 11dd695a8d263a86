package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.engine.Engine;
import parley.engine.Gate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// Ctrl-C in the middle of whatever takes long: the command ends as shells expect, says nothing
/// that people need not read, leaves no half line, and goes on when it is run again.
class InterruptedTest {
  private static final int INTERRUPTED = 130;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern A_PART = Pattern.compile("\"parts\":[1-9]");

  /// More than a page of 1 MB, so that an export is not over at once.
  private static final String[] POPULATION = {
    "--people", "40", "--conversations", "80", "--messages", "6000"
  };

  private static final int ITEMS = 80 + 240 + 6000;

  @TempDir static Path folder;

  private static Engine engine;
  private static Gate gate;

  @BeforeAll
  static void open() throws Exception {
    engine = Engine.inMemory();
    gate = Gate.open(engine, 0);
    try (Program seed = program("full", joined(new String[] {"seed"}, POPULATION))) {
      assertThat(seed.exitCodeWithin(Duration.ofMinutes(10))).as(seed.err()).isZero();
    }
  }

  @AfterAll
  static void close() {
    gate.close();
    engine.close();
  }

  private static String[] joined(String[] first, String... then) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(then));
    return all.toArray(new String[0]);
  }

  private static Program program(String table, String... words) throws IOException {
    return Program.start(
        folder,
        Map.of(
            "AWS_ACCESS_KEY_ID", "any",
            "AWS_SECRET_ACCESS_KEY", "any",
            "PARLEY_SECRET", "A".repeat(43) + "="),
        joined(
            new String[] {"table"},
            joined(words, "--endpoint", gate.url(), "--region", "us-east-1", "--table", table)));
  }

  private static void interrupt(long pid) throws Exception {
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(pid)).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static void await(String what, Program program, BooleanSupplier there) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!there.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("%s: %s", what, program.err()).isNegative();
      Thread.sleep(20);
    }
  }

  /// What is in a file that may not be there yet.
  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static int items(String table) {
    try {
      return engine
          .client()
          .scan(r -> r.tableName(table).select(Select.COUNT).consistentRead(true))
          .count();
    } catch (ResourceNotFoundException e) {
      return 0;
    }
  }

  /// It ended at the signal, printed nothing, and said what to do.
  private static void isInterrupted(Program program) throws Exception {
    interrupt(program.pid());
    assertThat(program.exitCode()).as(program.err()).isEqualTo(INTERRUPTED);
    assertThat(program.err()).doesNotContain("Exception", "\tat ", "WARN");
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains("Stopped. The same command goes on where this ended.\n");
  }

  @Test
  void aSeedGoesOn() throws Exception {
    String[] seed = {"seed", "--people", "20", "--conversations", "9", "--messages", "300"};
    try (Program broken = program("seeded", joined(seed, "--rate", "5"))) {
      await("items", broken, () -> items("seeded") > 10);
      isInterrupted(broken);
    }
    assertThat(items("seeded")).isBetween(10, 366);
    try (Program again = program("seeded", seed)) {
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.out()).contains("The population has 367 items");
      assertThat(again.err()).doesNotContain("Stopped.");
    }
    assertThat(items("seeded")).isEqualTo(368);
    try (Program third = program("seeded", seed)) {
      assertThat(third.exitCode()).isZero();
      assertThat(third.out()).contains("0 were written now");
    }
    try (Program audit = program("seeded", "audit")) {
      assertThat(audit.exitCode()).as(audit.out()).isZero();
    }
  }

  @Test
  void anExportAndAnImportGoOn() throws Exception {
    String export = folder.resolve("export").toString();
    Path checkpoint = folder.resolve("export/checkpoint.json");
    try (Program broken = program("full", "export", export, "--rate", "3")) {
      await("a file", broken, () -> A_PART.matcher(text(checkpoint)).find());
      isInterrupted(broken);
    }
    assertThat(folder.resolve("export/manifest-summary.json")).doesNotExist();
    assertThat(checkpoint).exists();
    try (Program again = program("full", "export", export)) {
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.out()).contains("6,321 items of full are in", " of them from before");
    }
    try (Program broken = program("copy", "import", export, "--rate", "100")) {
      await("items", broken, () -> items("copy") > 10);
      isInterrupted(broken);
    }
    try (Program again = program("copy", "import", export)) {
      assertThat(again.exitCodeWithin(Duration.ofMinutes(10))).as(again.err()).isZero();
      assertThat(again.out()).contains("which is now what was exported, every byte");
    }
  }

  /// Whoever reads is slow, so the command is in the middle of its lines when it is interrupted.
  @Test
  void aScanLeavesNoHalfLine() throws Exception {
    ProcessBuilder builder = Program.builder("table", "scan", "--all", "--json");
    builder
        .command()
        .addAll(List.of("--endpoint", gate.url(), "--region", "us-east-1", "--table", "full"));
    builder.environment().put("AWS_ACCESS_KEY_ID", "any");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "any");
    Path err = folder.resolve("scan.err");
    Process scan = builder.redirectError(err.toFile()).start();
    try (BufferedReader lines = scan.inputReader()) {
      assertThat(lines.readLine()).startsWith("{\"entity\":");
      interrupt(scan.pid());
      StringBuilder rest = new StringBuilder();
      for (int at = lines.read(); at >= 0; at = lines.read()) {
        rest.append((char) at);
      }
      assertThat(scan.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(scan.exitValue()).isEqualTo(INTERRUPTED);
      assertThat(rest.toString()).endsWith("}\n");
      assertThat(rest.toString().lines())
          .hasSizeLessThan(ITEMS - 1)
          .allMatch(line -> line.startsWith("{\"entity\":") && line.endsWith("}}"));
      assertThat(Files.readString(err)).isEmpty();
    } finally {
      scan.destroyForcibly().waitFor();
    }
  }

  @Test
  void watchingEnds() throws Exception {
    try (Program made = program("watched", "create")) {
      assertThat(made.exitCode()).as(made.err()).isZero();
    }
    try (Program watch = program("watched", "watch", "--items")) {
      int[] round = {0};
      await(
          "an event",
          watch,
          () -> {
            engine
                .client()
                .putItem(r ->
                    r.tableName("watched")
                        .item(
                            Map.of(
                                "PK", AttributeValue.fromS("S#watched"),
                                "SK", AttributeValue.fromS("SHARD#" + round[0]++))));
            try {
              return watch.out().contains("S#watched");
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      interrupt(watch.pid());
      assertThat(watch.exitCode()).as(watch.err()).isEqualTo(INTERRUPTED);
      assertThat(watch.out()).endsWith("\n");
      assertThat(watch.err()).doesNotContain("Exception", "\tat ", "WARN");
    }
  }
}
