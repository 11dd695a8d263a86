package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The program in a process of its own, as a shell starts it, in a folder of its own.
///
/// Of this process's environment it gets nothing that could lead it to another machine: no
/// credentials, no proxy, no instance metadata; nor what makes it speak otherwise.
final class Program implements AutoCloseable {
  /// How long a program may take to say something, or to end, on a busy machine.
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /// What of this machine's environment would lead a program elsewhere, or have it speak otherwise.
  private static final Pattern STRAY =
      Pattern.compile(
          "(?i)AWS_.*|PARLEY_.*|.*_PROXY|_?JAVA_(TOOL_)?OPTIONS|JDK_JAVA_OPTIONS|NO_COLOR|CLICOLOR.*");

  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Program start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    return start(java(args), folder, environment);
  }

  /// The same, to be started by whoever wants its output otherwise.
  static ProcessBuilder builder(String... args) {
    ProcessBuilder builder = java(args);
    withoutOthers(builder);
    return builder;
  }

  /// What is started in the background has Ctrl-C ignored, and hands that on: a program started
  /// with this does not, where there is an `env` that knows how (that of GNU).
  private static final List<String> ATTENTIVE = attentive("env", "--default-signal=INT");

  private static List<String> attentive(String... command) {
    List<String> tried = new ArrayList<>(List.of(command));
    tried.add("true");
    try {
      Process process =
          new ProcessBuilder(tried)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean works = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      return works ? List.of(command) : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static ProcessBuilder java(String... args) {
    List<String> command = new ArrayList<>(ATTENTIVE);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Parley.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  /// A script, as a person pastes it into a terminal.
  static Program bash(Path folder, String script) throws IOException {
    return start(new ProcessBuilder("bash", "-euo", "pipefail", "-c", script), folder, Map.of());
  }

  private static Program start(ProcessBuilder builder, Path folder, Map<String, String> environment)
      throws IOException {
    withoutOthers(builder);
    String nowhere = folder.resolve("nowhere").toString();
    builder.environment().put("AWS_CONFIG_FILE", nowhere);
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", nowhere);
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().putAll(environment);
    Path out = Files.createTempFile(folder, "program", ".out");
    Path err = Files.createTempFile(folder, "program", ".err");
    Process process =
        builder
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Program(process, out, err);
  }

  private static void withoutOthers(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> STRAY.matcher(name).matches());
  }

  /// Runs it to its end.
  static Program ended(Path folder, Map<String, String> environment, String... args)
      throws Exception {
    Program program = start(folder, environment, args);
    program.exitCode();
    return program;
  }

  long pid() {
    return process.pid();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /// The first group of the pattern, as soon as it is printed.
  String printed(String pattern) throws Exception {
    long from = System.nanoTime();
    while (true) {
      boolean alive = process.isAlive();
      List<String> found =
          Pattern.compile(pattern).matcher(out()).results().map(Program::firstGroup).toList();
      if (!found.isEmpty()) {
        return found.getFirst();
      }
      if (!alive || System.nanoTime() - from > PATIENCE.toNanos()) {
        throw new AssertionError("has not printed " + pattern + ":\n" + out() + err());
      }
      Thread.sleep(20);
    }
  }

  private static String firstGroup(MatchResult found) {
    return found.groupCount() == 0 ? found.group() : found.group(1);
  }

  int exitCode() throws Exception {
    return exitCodeWithin(PATIENCE);
  }

  int exitCodeWithin(Duration limit) throws Exception {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      close();
      throw new AssertionError("has not ended within " + limit + ":\n" + out() + err());
    }
    return process.exitValue();
  }

  /// Asks it to end, as `kill` does.
  void terminate() {
    process.destroy();
  }

  /// Ends it as `kill -9` does, and waits until it has ended.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /// It could not do what it was asked to, and says so in one sentence and nothing else.
  void isRefused(String... parts) throws Exception {
    assertThat(exitCode()).as(err()).isBetween(65, 78);
    assertThat(err()).startsWith("parley: ").hasLineCount(1).contains(parts);
    assertThat(out()).isEmpty();
  }

  @Override
  public void close() {
    kill();
  }
}
