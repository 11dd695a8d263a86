package parley.lambda;

import java.time.InstantSource;
import parley.host.Leaving;
import parley.host.Remains;
import parley.host.export.ZipArchive;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.erasure.ErasureLedger;
import parley.messaging.export.ExportShelf;
import parley.store.ArchiveTable;
import parley.store.LedgerTable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What is done for those who leave, where no process stays and no folder is: a second table says
/// who left, and a third one holds archives.
final class LeavingSettings {
  private LeavingSettings() {}

  /// Nothing is known of the stream but that time passes: the last reading of an erasure is for
  /// what was projected late.
  static Leaving of(
      Environment environment, DynamoDbClient client, Secret secret, InstantSource clock) {
    String ledger = environment.ledgerTable();
    return new Leaving(
        environment.erasureGrace(),
        ledger == null ? ErasureLedger.NONE : new LedgerTable(client, ledger, secret),
        Remains.of(environment.backupDays(), false, ledger != null),
        Leaving.DEFAULT.drained(),
        archives(environment, client, secret, clock));
  }

  private static ExportShelf archives(
      Environment environment, DynamoDbClient client, Secret secret, InstantSource clock) {
    String table = environment.archiveTable();
    return table == null
        ? ExportShelf.NONE
        : new ArchiveTable(
            client,
            table,
            secret,
            (out, part) ->
                new ZipArchive(
                    out,
                    new ZipArchive.Part(part, Limits.EXPORT_PART_BYTES, Limits.EXPORT_PART_PAGES)),
            clock);
  }
}
