package parley.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import parley.host.Services;
import parley.server.Deployment;
import parley.server.Settings;
import parley.store.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Loads a dialogue between two people.
@Command(
    name = "seed",
    description = {
      "Load a dialogue: lines such as `alice: Hello` or `Person 1: Hello`, blank lines skipped.",
      "Run again, also after it was stopped half-way, it ends the same."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  parley seed examples/dialogue.txt"})
final class SeedCommand implements Runnable {
  /// Where a server is unless told otherwise.
  static final String URL = "http://localhost:8080";

  @Parameters(paramLabel = "FILE", description = "The dialogue, UTF-8.")
  Path file = Path.of("");

  @Mixin StorageOptions storage = new StorageOptions();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Where the server is that the printed sign-in commands speak to (default:"
              + " http://localhost:8080).")
  String url = URL;

  @Override
  public void run() {
    Settings settings = storage.settingsThatStay();
    Dialogue dialogue = Dialogue.read(file);
    Seeding.Outcome outcome = load(dialogue, settings, Units.IGNORED);
    outcome.printLines(System.out);
    outcome.printSignIns(System.out, url);
  }

  static Seeding.Outcome load(Dialogue dialogue, Settings settings, Units units) {
    try (Deployment deployment = Deployment.openBeside(settings, units)) {
      Services services = deployment.services(InstantSource.system());
      return Seeding.load(dialogue, services, deployment.secret());
    }
  }
}
