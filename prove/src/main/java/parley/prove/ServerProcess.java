package parley.prove;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program of this project in a process of its own, and what can be done to it from outside.
///
/// Of this process's environment it gets nothing that could lead it to another machine: no
/// credentials, no proxy, no instance metadata.
public final class ServerProcess implements AutoCloseable {
  private static final String STRAY = "(?i)AWS_.*|PARLEY_.*|.*_PROXY|JAVA_TOOL_OPTIONS";

  private final Process process;
  private final Path out;
  private final Path err;
  private final Thread ender;
  private final URI address;

  private ServerProcess(Process process, Path out, Path err, String pattern)
      throws InterruptedException {
    this.process = process;
    this.out = out;
    this.err = err;
    // Whoever ends this process in the middle of a proof leaves none of these behind.
    this.ender = new Thread(process::destroyForcibly, "end-" + process.pid());
    Runtime.getRuntime().addShutdownHook(ender);
    this.address = URI.create(printed(pattern));
  }

  /// Starts a main class of this class path and waits until it has printed where it is.
  public static ServerProcess start(
      Path folder,
      Class<?> main,
      String address,
      List<String> javaOptions,
      Map<String, String> environment,
      List<String> args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Many short lives: what is compiled for long ones would never pay.
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    return launch(folder, address, environment, command);
  }

  /// Starts any command that is, or becomes, such a program.
  public static ServerProcess launch(
      Path folder, String address, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.matches(STRAY));
    String nowhere = folder.resolve("nowhere").toString();
    builder.environment().put("AWS_CONFIG_FILE", nowhere);
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", nowhere);
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().putAll(environment);
    Path out = Files.createTempFile(folder, "process", ".out");
    Path err = Files.createTempFile(folder, "process", ".err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      return new ServerProcess(process, out, err, address);
    } catch (RuntimeException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private String printed(String pattern) throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    long until = System.nanoTime() + Bounds.START.toNanos();
    while (true) {
      boolean alive = process.isAlive();
      Matcher found = wanted.matcher(read(out));
      if (found.find()) {
        return found.group(1);
      }
      if (!alive || System.nanoTime() - until > 0) {
        throw new GaveUp("a server did not start: " + read(err).strip());
      }
      Thread.sleep(10);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  public URI address() {
    return address;
  }

  /// The process, as the system knows it.
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /// What it logged.
  public String logged() {
    return read(err);
  }

  /// Ends it as `kill -9` does: it notices nothing, and finishes nothing.
  public void kill() {
    process.destroyForcibly().onExit().join();
    forget();
  }

  /// Lets it stand still, as a machine does that was put to sleep.
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// Lets it go on. It does not know that it stood still.
  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new GaveUp("process " + process.pid() + " takes no signal " + name);
    }
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(ender);
    } catch (IllegalStateException e) {
      // This process is ending, and the hook with it.
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(Bounds.END.toMillis(), TimeUnit.MILLISECONDS)) {
        // Whoever deletes its folder next must not have it write there.
        boolean _ = process.destroyForcibly().waitFor(Bounds.END.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    forget();
  }
}
