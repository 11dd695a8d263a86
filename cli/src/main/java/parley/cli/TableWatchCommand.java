package parley.cli;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.table.Watch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Tails the change stream.
@Command(
    name = "watch",
    description = {
      "Print what changes in the table, as the change stream tells it, and how late that is. It goes on",
      "until it is ended. What people wrote is hidden."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table watch",
      "  parley table watch --from-oldest --seconds 5 --json"
    })
final class TableWatchCommand extends TableTask {
  @Option(
      names = "--from-oldest",
      description = "Begin with the oldest change that is still known, up to 24 hours back.")
  boolean fromOldest;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "End after SECONDS (default: never).")
  @Nullable Integer seconds;

  @Option(
      names = "--show-text",
      description = "Print what people wrote too. It is hidden otherwise.")
  boolean showText;

  @Override
  public Integer call() {
    if (seconds != null && seconds < 1) {
      throw storage.misused("--seconds is 1 or more; not " + seconds);
    }
    @Nullable Duration patience = seconds == null ? null : Duration.ofSeconds(seconds);
    return on(
        showText,
        (table, out) -> {
          new Watch(table, out, InstantSource.system()).run(fromOldest, patience);
          return ExitCode.DONE;
        });
  }
}
