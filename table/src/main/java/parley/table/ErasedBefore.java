package parley.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.erasure.Erasures;
import parley.server.ErasedFile;
import parley.server.Refused;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.DeploymentItem;
import parley.store.ErasureItems;
import parley.store.LedgerItem;
import parley.store.PersonalItems;
import parley.store.Table;

/// Sees to it that an import brings nobody back who was erased since its export: whoever is in it
/// and in the ledger of erased accounts is shut at once, and a server erases them again.
public final class ErasedBefore {
  private final OpenTable open;
  private final Out out;
  private final InstantSource clock;
  private final @Nullable Path ledger;

  /// `named` is the ledger, null for the data folder's own, if there is one.
  public ErasedBefore(
      OpenTable table, Settings settings, @Nullable Path named, Out out, InstantSource clock) {
    this.open = table;
    this.out = out;
    this.clock = clock;
    this.ledger = named != null ? named : own(settings);
    if (named != null && !Files.exists(named)) {
      throw Refused.input(
          "There is no ledger " + named + ". Name the one that the servers write to.");
    }
  }

  private static @Nullable Path own(Settings settings) {
    if (!(settings.storage() instanceof Storage.OnDisk(Path folder))) {
      return null;
    }
    Path file = folder.resolve(ErasedFile.NAME);
    return Files.exists(file) ? file : null;
  }

  /// Before and after anything is put over what a table holds: what it says of the ledger was said
  /// without what comes now.
  public void doubt() {
    if (open.admin().describe() != null) {
      new LedgerItem(open.table()).forget();
    }
  }

  /// Shuts whoever came back.
  public void apply() {
    if (ledger == null) {
      said(
          Map.of("ledger", false),
          "No ledger of erased accounts was given: whoever was erased since the export is back, until a"
              + " server with the ledger starts, or a function looks. Name it with --erasure-ledger.");
      return;
    }
    Table table = open.table();
    if (DeploymentItem.belongsToAnother(table, open.secret())) {
      said(
          Map.of("ledger", false),
          "The ledger of erased accounts was not applied: the export belongs to a deployment with"
              + " another secret. Put that in place; the next server applies the ledger when it starts.");
      return;
    }
    ErasureItems jobs = new ErasureItems(table);
    Erasures erasures =
        new Erasures(
            jobs, new PersonalItems(table, clock), jobs, Duration.ZERO, clock, new SecureRandom());
    int back = new ErasedFile(ledger, open.secret()).keepOut(table, erasures);
    said(
        Map.of("ledger", true, "erasedAgain", back),
        back == 0
            ? "Nobody came back who is in the ledger of erased accounts."
            : Out.count(back, "account")
                + " came back with the export, and had been erased: shut again, and erased again by the"
                + " next server.");
  }

  private void said(Map<String, Object> value, String sentence) {
    if (out.json()) {
      out.value(value);
    } else {
      out.line(sentence);
    }
  }
}
