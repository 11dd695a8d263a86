package parley.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Prints the audit trail.
@Command(
    name = "audit",
    description = {
      "Print what operators did, newest first: when, who, what, to what.",
      "A line is written before the deed, so it may tell of one that then failed."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
  @Option(
      names = "--before",
      paramLabel = "KEY",
      description = "Print the page before this line, as the end of the last page says.")
  @Nullable String before;

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    if (before != null && !before.matches("[0-9]{13}-[a-z2-7]{10}")) {
      throw storage.misused("--before is what the end of a page says; not " + before);
    }
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      List<OperatorDesk.Line> lines = desk.audit(before);
      for (OperatorDesk.Line line : lines) {
        System.out.println(
            line.at()
                + "  "
                + line.actor()
                + "  "
                + line.action().toLowerCase(Locale.ROOT)
                + "  "
                + line.subject());
      }
      if (lines.isEmpty()) {
        System.err.println("There is nothing more.");
      } else {
        System.err.println(
            "What was before: parley operator audit --before " + lines.getLast().key());
      }
    }
  }
}
