package parley.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;
import parley.store.Units;
import parley.table.Out;
import parley.table.PopulationSeed;
import parley.table.PopulationSeed.Wanted;
import parley.table.Prices;
import parley.table.Rate;
import parley.table.WrittenUnits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Fills the table with a made-up population.
@Command(
    name = "seed",
    description = {
      "Fill the table with made-up people who talk, or with a dialogue.",
      "They are skewed as real messaging is: few conversations have most of the messages. The same",
      "numbers make the same items; what is there already is left alone,",
      "so a run that was broken off goes on, and a second one changes nothing. Nobody can sign in as",
      "these people, unless `parley user reset-password` gives them one.",
      "Or write a dialogue of two people, as `parley seed` does: through the use cases that everybody",
      "uses, so that they can sign in; the commands that do are printed."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table seed --dialogue examples/dialogue.txt",
      "  parley table seed --people 1000 --conversations 3000 --messages 100000",
      "  parley table seed --people 100000 --conversations 300000 --messages 5000000 --dry-run"
    })
final class TableSeedCommand extends TableTask {
  @Option(
      names = "--dialogue",
      paramLabel = "FILE",
      description = "Write the dialogue of FILE, a `name: text` a line, and nothing made up.")
  @Nullable Path dialogue;

  @Option(names = "--people", paramLabel = "COUNT", description = "People (default: 100).")
  int people = 100;

  @Option(
      names = "--conversations",
      paramLabel = "COUNT",
      description = "Conversations between two of them (default: 300).")
  int conversations = 300;

  @Option(names = "--messages", paramLabel = "COUNT", description = "Messages (default: 3000).")
  long messages = 3000;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Make it from NUMBER: another one makes other people (default: 1).")
  long seed = 1;

  @Mixin RateOptions rate = new RateOptions();

  @Option(
      names = "--dry-run",
      description = "Print what it would write and cost, and write nothing.")
  boolean dryRun;

  /// What says how the made-up population is, and nothing of a dialogue.
  private static final List<String> MADE_UP =
      List.of("--people", "--conversations", "--messages", "--seed", "--rate");

  @Override
  public Integer call() {
    return dialogue == null ? population() : dialogue(Dialogue.read(dialogue));
  }

  private int dialogue(Dialogue read) {
    for (String option : MADE_UP) {
      if (storage.command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw storage.misused(option + " is for made-up people: give it, or --dialogue.");
      }
    }
    Out out = out(json, false);
    if (dryRun) {
      Settings nowhere =
          new Settings(new Storage.InMemory(), storage.table, new Capacity.OnDemand(), null);
      WrittenUnits units = new WrittenUnits();
      int lines = SeedCommand.load(read, nowhere, units).lines();
      units.tell(out, Prices.own(), lines);
      out.results().flush();
      return ExitCode.DONE.number();
    }
    Seeding.Outcome outcome = SeedCommand.load(read, storage.settingsThatStay(), Units.IGNORED);
    if (json) {
      outcome.printJson(out);
    } else {
      outcome.printLines(out.results());
      outcome.printSignIns(out.results(), SeedCommand.URL);
    }
    out.results().flush();
    return ExitCode.DONE.number();
  }

  private int population() {
    Wanted wanted = new Wanted(people, conversations, messages, seed);
    Rate pace = rate.rate();
    Capacity capacity = storage.settingsThatStay().capacity();
    return onNew((table, out) -> {
      PopulationSeed population = new PopulationSeed(table, out, wanted);
      if (dryRun) {
        population.price(Prices.own());
      } else {
        return resumable(() -> {
          population.run(capacity, pace);
          return ExitCode.DONE;
        });
      }
      return ExitCode.DONE;
    });
  }
}
