package parley.serverless.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions as processes: what they are given, and what becomes of those that misbehave.
class LocalFunctionTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static FunctionPackage code;

  @BeforeAll
  static void build() throws Exception {
    code = OddPackage.managed(folder);
  }

  private static LocalFunction function(FunctionSettings settings) {
    return new LocalFunction(settings, code, "local-1", folder.resolve("logs"), Instant::now);
  }

  private static Outcome ask(LocalFunction function, String what) throws InterruptedException {
    return function.invoke("\"" + what + "\"");
  }

  private static String answer(LocalFunction function, String what) throws InterruptedException {
    Outcome outcome = ask(function, what);
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return ((Outcome.Answered) outcome).payload();
  }

  @Test
  void itRunsWithTheMemoryAndTheEnvironmentOfItsTemplateAndNothingElse() throws Exception {
    try (LocalFunction function = function(OddPackage.settings(1, LONG, Map.of()))) {
      assertThat(answer(function, "hello")).isEqualTo("hello");
      assertThat(answer(function, "env PARLEY_TABLE")).isEqualTo("parley");
      assertThat(answer(function, "env AWS_REGION")).isEqualTo("local-1");
      assertThat(answer(function, "env AWS_LAMBDA_FUNCTION_MEMORY_SIZE")).isEqualTo("256");
      assertThat(answer(function, "env USER")).isEqualTo("null");
      // 85 % of 256 MB, less what the collector keeps empty.
      assertThat(Integer.parseInt(answer(function, "heap"))).isBetween(200, 218);
      assertThat(Long.parseLong(answer(function, "time"))).isBetween(20_000L, 30_000L);
      assertThat(answer(function, "calls")).isEqualTo("8");
      assertThat(function.starts()).isEqualTo(1);
      assertThat(function.invocations()).isEqualTo(8);
    }
    assertThat(folder.resolve("logs/Odd.log"))
        .content()
        .contains("it was asked something", "REPORT RequestId: ", "Init Duration: ");
  }

  @Test
  void onesThatFailGoOnAndOnesThatEndAreReplaced() throws Exception {
    try (LocalFunction function = function(OddPackage.settings(1, LONG, Map.of()))) {
      assertThat(ask(function, "fail")).isInstanceOf(Outcome.Failed.class);
      assertThat(answer(function, "calls")).isEqualTo("2");
      assertThat(ask(function, "exit")).isEqualTo(new Outcome.Crashed(7));
      assertThat(function.pids()).isEmpty();
      assertThat(answer(function, "calls")).isEqualTo("1");
      assertThat(function.starts()).isEqualTo(2);
    }
  }

  @Test
  void oneThatTakesTooLongIsEnded() throws Exception {
    Duration limit = Duration.ofSeconds(1);
    try (LocalFunction function = function(OddPackage.settings(1, limit, Map.of()))) {
      assertThat(answer(function, "calls")).isEqualTo("1");
      long pid = function.pids().iterator().next();
      assertThat(ask(function, "hang")).isEqualTo(new Outcome.TimedOut(limit));
      assertThat(isAlive(pid)).isFalse();
      assertThat(answer(function, "calls")).isEqualTo("1");
    }
  }

  @Test
  void oneThatDoesNotStartSaysSo() throws Exception {
    try (LocalFunction function =
        function(OddPackage.settings(1, LONG, Map.of("ODD_START", "never")))) {
      assertThat(ask(function, "hello")).isInstanceOf(Outcome.Failed.class);
      assertThat(function.invocations()).isZero();
      assertThat(function.pids()).isEmpty();
    }
  }

  @Test
  void severalRunAtOnceAndNoMoreThanMay() throws Exception {
    try (LocalFunction function = function(OddPackage.settings(2, LONG, Map.of()));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        answers.add(callers.submit(() -> answer(function, "slow")));
      }
      for (Future<String> each : answers) {
        assertThat(each.get(1, TimeUnit.MINUTES)).isEqualTo("slow");
      }
      assertThat(function.starts()).isEqualTo(2);
    }
  }

  @Test
  void anEventMayBeSixMegabytesAndNoMore() throws Exception {
    try (LocalFunction function = function(OddPackage.settings(1, LONG, Map.of()))) {
      String most = "x".repeat(RuntimeBounds.PAYLOAD_BYTES - 2);
      assertThat(answer(function, most)).isEqualTo(most);
      assertThatThrownBy(() -> ask(function, most + "x"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aPackageWithARuntimeOfItsOwnIsStartedByItsBootstrap() throws Exception {
    FunctionPackage custom = new FunctionPackage.Custom(code.folder());
    assertThat(Files.getLastModifiedTime(code.folder().resolve("bootstrap")))
        .isEqualTo(OddPackage.BUILT);
    try (LocalFunction function =
        new LocalFunction(
            OddPackage.settings(1, LONG, Map.of()), custom, "local-1", folder, Instant::now)) {
      assertThat(answer(function, "hello")).isEqualTo("hello");
      assertThat(Integer.parseInt(answer(function, "heap"))).isBetween(55, 64);
    }
  }

  @Test
  void nothingOutlivesWhoeverStartedIt() throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                code.folder().toString(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      long pid = Long.parseLong(starter.inputReader().readLine());
      assertThat(isAlive(pid)).isTrue();
      // It does not even notice.
      starter.destroyForcibly();
      long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (isAlive(pid) && System.nanoTime() < until) {
        Thread.sleep(20);
      }
      assertThat(isAlive(pid)).isFalse();
    } finally {
      starter.destroyForcibly();
    }
  }

  private static boolean isAlive(long pid) throws IOException {
    // One that nobody has waited for is dead all the same.
    Path status = Path.of("/proc", Long.toString(pid), "stat");
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    return handle.isPresent()
        && handle.get().isAlive()
        && !(Files.exists(status) && Files.readString(status).contains(") Z "));
  }

  /// A program that has a function in the middle of an event when it is killed.
  static final class Starter {
    private Starter() {}

    public static void main(String[] args) throws Exception {
      LocalFunction function =
          new LocalFunction(
              OddPackage.settings(1, Duration.ofSeconds(60), Map.of()),
              new FunctionPackage.Managed(Path.of(args[0])),
              "local-1",
              Path.of(args[1], "starter"),
              Instant::now);
      ask(function, "hello");
      Thread.ofVirtual()
          .start(() -> {
            try {
              ask(function, "hang");
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      Thread.sleep(200);
      System.out.println(function.pids().iterator().next());
      Thread.sleep(60_000);
    }
  }
}
