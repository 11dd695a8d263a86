package parley.browser;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import parley.cli.Parley;
import parley.prove.ServerProcess;

/// A server as people start it: a process of its own that keeps its data in a folder, always at the
/// same address.
final class OwnProcess implements Visited, AutoCloseable {
  private static final int PORT_MIN = 20_000;
  private static final int PORT_MAX = 32_000;

  private final Path folder;
  private final int port;
  private final Chromium chromium;
  private @Nullable ServerProcess process;

  OwnProcess(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.port = portToKeep();
    starts();
    this.chromium = Chromium.start();
  }

  /// One that nobody is given while the server is down: systems take the ports of connections from
  /// above these.
  private static int portToKeep() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (BindException e) {
        // Somebody has it: another one.
      }
    }
  }

  void starts() throws IOException, InterruptedException {
    process =
        ServerProcess.start(
            folder,
            Parley.class,
            "Parley is at (http://\\S+)",
            List.of(),
            Map.of("PARLEY_OPERATOR_PORT", "off"),
            List.of(
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString(),
                "--rate-limits",
                "off"));
  }

  /// As `kill -9` ends it.
  void isKilled() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  @Override
  public String url() {
    return "http://localhost:" + port;
  }

  @Override
  public String otherUrl() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public Chromium chromium() {
    return chromium;
  }

  @Override
  public void close() {
    chromium.close();
    if (process != null) {
      process.close();
    }
  }
}
