package parley.cli;

import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows how far erasures are.
@Command(
    name = "erasures",
    description =
        "Show the erasures that are asked for or under way: whose, since when, what is next.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ErasuresCommand implements Runnable {
  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      List<OperatorDesk.ErasureLine> lines = desk.erasures();
      for (OperatorDesk.ErasureLine line : lines) {
        System.out.println(
            line.handle()
                + "  due "
                + line.dueAt()
                + "  next: "
                + line.next()
                + " from "
                + line.nextAt()
                + "  removed so far: "
                + line.removed());
      }
      if (lines.isEmpty()) {
        System.err.println("No erasure is asked for or under way.");
      }
    }
  }
}
