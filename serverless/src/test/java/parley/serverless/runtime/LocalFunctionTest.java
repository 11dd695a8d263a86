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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions as processes: what they are given, and what becomes of those that misbehave.
class LocalFunctionTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  /// Tries of a function that may take less time than a busy machine takes.
  private static final int TRIES = 20;

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
      assertThat(Long.parseLong(answer(function, "time"))).isBetween(200_000L, 300_000L);
      assertThat(answer(function, "calls")).isEqualTo("8");
      assertThat(function.starts()).isEqualTo(1);
      assertThat(function.invocations()).isEqualTo(8);
      assertThat(logged("it was asked something"))
          .contains("it was asked something", "REPORT RequestId: ", "Init Duration: ");
    }
  }

  /// What is in the log, as soon as this is: what a process prints comes by a pipe.
  private static String logged(String words) throws Exception {
    Path log = folder.resolve("logs/Odd.log");
    long until = System.nanoTime() + LONG.toNanos();
    while (!Files.readString(log).contains(words) && System.nanoTime() < until) {
      Thread.sleep(20);
    }
    return Files.readString(log);
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
    Duration limit = Duration.ofSeconds(2);
    try (LocalFunction function = function(OddPackage.settings(1, limit, Map.of()))) {
      assertThat(answerInTime(function, "calls")).isEqualTo("1");
      long pid = function.pids().iterator().next();
      assertThat(ask(function, "hang")).isEqualTo(new Outcome.TimedOut(limit));
      assertThat(isAlive(pid)).isFalse();
      assertThat(answerInTime(function, "calls")).isEqualTo("1");
    }
  }

  /// The answer of the first that is quick enough.
  private static String answerInTime(LocalFunction function, String what) throws Exception {
    Outcome outcome = ask(function, what);
    for (int i = 0; i < TRIES && outcome instanceof Outcome.TimedOut; i++) {
      outcome = ask(function, what);
    }
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return ((Outcome.Answered) outcome).payload();
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
    Path go = folder.resolve("go");
    Map<String, String> told = Map.of(OddFunction.GO, go.toString());
    try (LocalFunction function = function(OddPackage.settings(2, LONG, told));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        answers.add(callers.submit(() -> answer(function, "wait")));
      }
      long until = System.nanoTime() + LONG.toNanos();
      while (function.invocations() < 2 && System.nanoTime() < until) {
        Thread.sleep(20);
      }
      // Both have an event, and neither is through.
      assertThat(function.pids()).hasSize(2);
      for (int i = 0; i < 4; i++) {
        answers.add(callers.submit(() -> answer(function, "wait")));
      }
      Files.createFile(go);
      for (Future<String> each : answers) {
        assertThat(each.get(5, TimeUnit.MINUTES)).isEqualTo("waited");
      }
      assertThat(function.invocations()).isEqualTo(6);
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
      long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (isAlive(pid) && System.nanoTime() < until) {
        Thread.sleep(20);
      }
      assertThat(isAlive(pid)).isFalse();
    } finally {
      starter.destroyForcibly();
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
  }

  /// One that nobody has waited for is dead all the same.
  private static boolean isZombie(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "stat")).contains(") Z ");
    } catch (IOException e) {
      // It has just gone, which the next look tells, or this system does not say.
      return false;
    }
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
