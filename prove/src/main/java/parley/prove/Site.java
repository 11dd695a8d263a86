package parley.prove;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.cli.Parley;

/// A deployment of its own for one proof: one server on a data folder, or several on one table in a
/// process beside them. Everything is in a temporary folder, which goes at the end unless it is
/// worth a look.
final class Site implements AutoCloseable {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");
  private static final String ADDRESS = "Parley is at (http://\\S+)";

  /// What the folders of this process are called: others may be proving beside it.
  static final String FOLDERS = "parley-prove-" + ProcessHandle.current().pid() + "-";

  private final Path folder;
  private final boolean limited;
  private final @Nullable ServerProcess table;
  private final Map<String, String> environment = new HashMap<>();
  private final Duration[] clocks;
  private final @Nullable ServerProcess[] running;
  private final Servers servers;
  private boolean kept;

  /// `clocks` says for each server how far its clock is ahead; so many servers there are.
  Site(boolean limited, Duration... clocks) throws IOException, InterruptedException {
    this.folder = Files.createTempDirectory(FOLDERS);
    this.limited = limited;
    this.clocks = clocks.clone();
    this.running = new ServerProcess[clocks.length];
    // Servers beside each other would want the same port for their operators.
    environment.put("PARLEY_OPERATOR_PORT", "off");
    try {
      this.table = clocks.length > 1 ? table(folder) : null;
      if (table != null) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        environment.put("PARLEY_SECRET", Base64.getEncoder().encodeToString(secret));
        environment.put("AWS_ACCESS_KEY_ID", "any");
        environment.put("AWS_SECRET_ACCESS_KEY", "any");
        environment.put("AWS_REGION", "us-east-1");
      }
      List<URI> addresses = new ArrayList<>();
      for (int i = 0; i < clocks.length; i++) {
        addresses.add(launch(i).address());
      }
      this.servers = new Servers(addresses);
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Servers whose clocks agree.
  static Site of(int servers, boolean limited) throws IOException, InterruptedException {
    Duration[] clocks = new Duration[servers];
    Arrays.fill(clocks, Duration.ZERO);
    return new Site(limited, clocks);
  }

  private static ServerProcess table(Path folder) throws IOException, InterruptedException {
    return ServerProcess.start(
        folder, EngineHost.class, EngineHost.ADDRESS, List.of(), Map.of(), List.of());
  }

  private ServerProcess launch(int server) throws IOException, InterruptedException {
    List<String> args = new ArrayList<>(List.of("serve", "--port", "0"));
    if (table != null) {
      args.addAll(List.of("--endpoint", table.address().toString()));
    } else {
      args.addAll(List.of("--data", folder.resolve("data").toString()));
    }
    if (!limited) {
      args.addAll(List.of("--rate-limits", "off"));
    }
    List<String> options =
        clocks[server].isZero() ? List.of() : List.of("-Dparley.clock.ahead=" + clocks[server]);
    ServerProcess process =
        ServerProcess.start(folder, Parley.class, ADDRESS, options, environment, args);
    running[server] = process;
    return process;
  }

  Servers servers() {
    return servers;
  }

  Path folder() {
    return folder;
  }

  ServerProcess process(int server) {
    ServerProcess process = running[server];
    if (process == null) {
      throw new IllegalStateException("server " + server + " does not run");
    }
    return process;
  }

  /// Kills one. Whoever asks for it reaches nobody until it is started again, and not by chance
  /// somebody else on this machine who has been given its port since.
  void kill(int server) {
    process(server).kill();
    running[server] = null;
    servers.moved(server, NOBODY);
  }

  /// Starts it again, on the same data.
  void restart(int server) throws IOException, InterruptedException {
    servers.moved(server, launch(server).address());
  }

  /// Leaves the folder where it is: something in it is worth a look.
  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    for (ServerProcess process : running) {
      if (process != null) {
        process.close();
      }
    }
    if (table != null) {
      table.close();
    }
    if (!kept) {
      delete(folder);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException e) {
      System.err.println("prove: " + folder + " could not be deleted: " + e.getMessage());
    }
  }
}
