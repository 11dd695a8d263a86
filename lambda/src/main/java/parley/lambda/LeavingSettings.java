package parley.lambda;

import parley.host.Leaving;
import parley.host.Remains;
import parley.messaging.Secret;
import parley.messaging.erasure.ErasureLedger;
import parley.store.LedgerTable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What is done for those who leave, where no process stays and no folder is.
final class LeavingSettings {
  private LeavingSettings() {}

  /// Nothing is known of the stream but that time passes: the last reading of an erasure is for
  /// what was projected late.
  static Leaving of(Environment environment, DynamoDbClient client, Secret secret) {
    String ledger = environment.ledgerTable();
    return new Leaving(
        environment.erasureGrace(),
        ledger == null ? ErasureLedger.NONE : new LedgerTable(client, ledger, secret),
        Remains.of(environment.backupDays(), false, ledger != null),
        Leaving.DEFAULT.drained(),
        Leaving.DEFAULT.exports());
  }
}
