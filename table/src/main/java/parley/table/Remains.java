package parley.table;

import java.util.List;
import parley.messaging.account.UserId;
import parley.store.ArchiveTable;
import parley.store.PersonalSearch;

/// What of somebody is in a table: for those who check an erasure.
public final class Remains {
  private Remains() {}

  /// The keys of the items that name them. Reads the whole table.
  public static List<String> of(OpenTable table, UserId user) {
    return PersonalSearch.of(table.table(), user);
  }

  /// Whether an archive of theirs, or a piece of one, lies in the table of archives of this name,
  /// where no server runs.
  public static boolean inArchives(OpenTable table, String name, UserId user) {
    return ArchiveTable.toLookAt(table.client(), name, table.secret()).holds(user);
  }
}
