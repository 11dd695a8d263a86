package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.server.Deployment;
import parley.server.Listen;
import parley.server.ParleyServer;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;

/// The web client without its screens, against a server: two people sign up, write, lose the
/// network and leave. The journey itself is in `web/test/server`.
class WebCoreTest {
  @TempDir Path folder;

  @Test
  void twoPeopleConverse() throws Exception {
    Settings settings =
        new Settings(new Storage.InMemory(), "parley", new Capacity.OnDemand(), null);
    try (Deployment deployment = Deployment.open(settings);
        ParleyServer server =
            ParleyServer.start(
                deployment,
                new Listen("127.0.0.1", 0, OptionalInt.empty()),
                InstantSource.system());
        Program npm =
            Program.bash(
                folder,
                "cd '%s' && PARLEY_SERVER=http://localhost:%d npm run --silent test:server"
                    .formatted(Path.of("../web").toRealPath(), server.port()))) {
      assertThat(npm.exitCode()).as(npm.out() + npm.err()).isZero();
      assertThat(npm.out()).contains("Tests run: 1, Failures: 0");
    }
  }
}
