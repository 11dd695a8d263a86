package parley.host;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a receipt of an erasure says of what remains in this deployment, beside what it always
/// says.
public final class Remains {
  /// The longest that anybody keeps backups, for a sentence in receipts: ten years.
  public static final int BACKUP_DAYS_MAX = 3_660;

  private Remains() {}

  /// `backupDays` is for how many days backups are kept, null where nobody said; `embedded`,
  /// whether the table is in a file of this machine; `ledgered`, whether who left is written down.
  public static List<String> of(@Nullable Integer backupDays, boolean embedded, boolean ledgered) {
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
