package parley.server;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import parley.host.Leaving;

/// What is done for those who leave: how long they may change their minds (`grace`), the file in
/// which it is written down that they left (`ledger`, null for the data folder's own, if there is
/// one), for how many days backups are kept (`backupDays`, null where nobody said), and the folder
/// in which archives for people lie until they are fetched (`exports`, as with the ledger).
public record WhoLeaves(
    Duration grace, @Nullable Path ledger, @Nullable Integer backupDays, @Nullable Path exports) {
  public static final WhoLeaves DEFAULT = new WhoLeaves(Leaving.GRACE, null, null, null);
}
