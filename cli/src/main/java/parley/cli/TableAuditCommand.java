package parley.cli;

import java.time.InstantSource;
import parley.table.AuditRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Looks for what is wrong with the table.
@Command(
    name = "audit",
    description = {
      "Read the whole table, and tell what is in it and what is wrong.",
      "What is in the index and why, what is large, and what should not be there: half an index key,",
      "orphans, an index beside the design, what other applications put there; then every inbox row is",
      "compared with the logs, as `parley rebuild` does.",
      "Exit code 1 means that something is not as it should be."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  parley table audit", "  parley table audit --repair --json"})
final class TableAuditCommand extends TableTask {
  @Option(
      names = "--repair",
      description =
          "Make rows and heads as the logs say, take out of the index what does not belong there, and"
              + " end sessions of nobody. What else is found is told, and left.")
  boolean repair;

  @Override
  public Integer call() {
    return on(
        false,
        (table, out) ->
            new AuditRun(table, out).run(repair, InstantSource.system().instant())
                ? ExitCode.DONE
                : ExitCode.DIFFERENT);
  }
}
