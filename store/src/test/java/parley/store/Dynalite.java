package parley.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A second engine, of other people's making: dynalite, in a process of its own.
///
/// It has no transactions and no streams, so whatever works on it needs neither. It ends with its
/// input, so it does not outlive this process even where nobody closes it.
final class Dynalite implements AutoCloseable {
  /// Nothing beyond what is required. It does report units, but leaves out those of the index.
  static final Capabilities CAPABILITIES = new Capabilities(false, false, false, false);

  private static final Path FOLDER = Path.of("src", "test", "dynalite").toAbsolutePath();
  private static final Path LOG = Path.of("target", "dynalite.log").toAbsolutePath();
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final DynamoDbClient client;

  private Dynalite(Process process, int port) {
    this.process = process;
    this.client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .build();
  }

  /// Starts one on a free port, after installing it if need be.
  static Dynalite start() {
    try {
      Files.createDirectories(LOG.getParent());
      Files.deleteIfExists(LOG);
      install();
      Process process = run("node", "serve.js");
      try {
        return new Dynalite(process, port(process));
      } catch (RuntimeException | Error e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("dynalite could not be started", e);
    }
  }

  /// Installs what the lock file says, where that was not done since it last changed.
  private static void install() throws IOException {
    Path lock = FOLDER.resolve("package-lock.json");
    Path installed = FOLDER.resolve("node_modules").resolve(".package-lock.json");
    if (Files.exists(installed)
        && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) >= 0) {
      return;
    }
    Process npm = run("npm", "ci", "--silent", "--no-audit", "--no-fund");
    npm.getOutputStream().close();
    Integer status = within(INSTALL_LIMIT, npm::waitFor);
    if (status == null || status != 0) {
      npm.destroyForcibly();
      throw new IllegalStateException(
          "`npm ci` in "
              + FOLDER
              + (status == null ? " did not end in time." : " failed with status " + status + ".")
              + " Run it by hand to see why; "
              + LOG
              + " has what it said.");
    }
  }

  private static Process run(String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
          .directory(FOLDER.toFile())
          .redirectError(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
          .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          command[0]
              + " could not be run, and the tests need it for a second engine: install Node.js 20"
              + " or newer.",
          e);
    }
  }

  private static int port(Process process) {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = within(START_LIMIT, output::readLine);
    if (line == null || !line.startsWith("port ")) {
      throw new IllegalStateException("dynalite did not start; " + LOG + " has what it said");
    }
    return Integer.parseInt(line.substring("port ".length()));
  }

  /// What `call` returns, or null where that takes too long.
  private static <T> T within(Duration limit, Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for dynalite", e);
    }
  }

  DynamoDbClient client() {
    return client;
  }

  /// A new, empty table.
  Table table() {
    String name = "parley-" + UUID.randomUUID();
    new TableAdmin(client, name, CAPABILITIES).ensure(new TableAdmin.Capacity.OnDemand());
    return new Table(client, name, CAPABILITIES, Units.IGNORED);
  }

  @Override
  public void close() {
    client.close();
    try {
      // The end of its input is what it waits for.
      process.getOutputStream().close();
    } catch (IOException e) {
      // It is gone already.
    }
    Integer status = within(STOP_LIMIT, process::waitFor);
    if (status == null) {
      process.destroyForcibly();
    }
  }
}
