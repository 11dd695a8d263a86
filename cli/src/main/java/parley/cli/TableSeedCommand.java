package parley.cli;

import parley.store.TableAdmin.Capacity;
import parley.table.PopulationSeed;
import parley.table.PopulationSeed.Wanted;
import parley.table.Prices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Fills the table with a made-up population.
@Command(
    name = "seed",
    description = {
      "Fill the table with made-up people who talk, skewed as real messaging is: few conversations have",
      "most of the messages. The same numbers make the same items; what is there already is left alone,",
      "so a run that was broken off goes on, and a second one changes nothing. Nobody can sign in as",
      "these people, unless `parley user reset-password` gives them one.",
      "`parley seed` loads a dialogue of your own."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table seed --people 1000 --conversations 3000 --messages 100000",
      "  parley table seed --people 100000 --conversations 300000 --messages 5000000 --dry-run"
    })
final class TableSeedCommand extends TableTask {
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

  @Option(
      names = "--rate",
      paramLabel = "UNITS",
      description = "Write UNITS a second at most (default: as fast as it goes).")
  double rate;

  @Option(
      names = "--dry-run",
      description = "Print what it would write and cost, and write nothing.")
  boolean dryRun;

  @Override
  public Integer call() {
    Wanted wanted = new Wanted(people, conversations, messages, seed);
    Capacity capacity = storage.settingsThatStay().capacity();
    return onNew((table, out) -> {
      PopulationSeed population = new PopulationSeed(table, out, wanted);
      if (dryRun) {
        population.price(Prices.own());
      } else {
        population.run(capacity, rate);
      }
      return ExitCode.DONE;
    });
  }
}
