package parley.host;

import java.security.SecureRandom;
import java.time.InstantSource;
import parley.messaging.Secret;
import parley.messaging.erasure.Eraser;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Receipts;
import parley.store.ErasureItems;
import parley.store.MessageLog;
import parley.store.PersonalItems;
import parley.store.Table;

/// What is done for those who leave, wired to a table.
record Leavers(Erasures erasures, Eraser eraser, Receipts receipts) {
  static Leavers on(
      Table table,
      Secret secret,
      MessageLog log,
      Leaving leaving,
      InstantSource clock,
      SecureRandom random) {
    ErasureItems jobs = new ErasureItems(table);
    PersonalItems personal = new PersonalItems(table, clock);
    Receipts receipts = new Receipts(secret, leaving.remains());
    return new Leavers(
        new Erasures(jobs, personal, jobs, leaving.grace(), clock, random),
        new Eraser(
            jobs,
            personal,
            jobs,
            leaving.ledger(),
            receipts,
            log,
            leaving.drained(),
            clock,
            random),
        receipts);
  }
}
