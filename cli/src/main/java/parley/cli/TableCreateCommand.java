package parley.cli;

import parley.store.TableAdmin.Capacity;
import parley.table.Tables;
import picocli.CommandLine.Command;

/// Makes the table.
@Command(
    name = "create",
    description = {
      "Make the table as the design says, and wait until it can be used.",
      "One that is there already is compared with the design, and left as it is."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table create --capacity on-demand --region eu-west-1",
      "  parley table create --endpoint http://localhost:8000 --table try"
    })
final class TableCreateCommand extends TableTask {
  @Override
  public Integer call() {
    Capacity capacity = storage.settingsThatStay().capacity();
    if (capacity == null) {
      throw storage.misused("create makes the table; leave out --create-table off.");
    }
    return onNew((table, out) -> {
      new Tables(table, out).create(capacity);
      return ExitCode.DONE;
    });
  }
}
