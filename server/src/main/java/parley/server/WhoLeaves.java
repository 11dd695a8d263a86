package parley.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.host.Leaving;

/// What is done for those who leave: how long they may change their minds (`grace`), the file in
/// which it is written down that they left (`ledger`, null for the data folder's own, if there is
/// one), for how many days backups are kept (`backupDays`, null where nobody said), and the folder
/// in which archives for people lie until they are fetched (`exports`, as with the ledger).
public record WhoLeaves(
    Duration grace, @Nullable Path ledger, @Nullable Integer backupDays, @Nullable Path exports) {
  public static final WhoLeaves DEFAULT = new WhoLeaves(Leaving.GRACE, null, null, null);

  /// What a receipt says of what remains, beside what it always says.
  List<String> remains(boolean embedded, boolean ledgered) {
    List<String> remains = new ArrayList<>();
    if (backupDays == null) {
      remains.add("in backups, for as long as the operator of this deployment keeps them");
    } else if (backupDays > 0) {
      remains.add("in backups, for " + backupDays + " days, by the operator's word");
    }
    if (embedded) {
      remains.add(
          "in freed pages of the embedded engine's file, until the operator runs `parley table"
              + " compact`");
    }
    if (ledgered) {
      remains.add(
          "in the ledger of erased accounts, for good: a keyed hash of the account's id, so that no"
              + " backup revives it");
    }
    return remains;
  }
}
