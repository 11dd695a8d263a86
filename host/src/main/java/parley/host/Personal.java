package parley.host;

import java.security.SecureRandom;
import java.time.InstantSource;
import parley.messaging.Secret;
import parley.messaging.account.Accounts;
import parley.messaging.account.Identities;
import parley.messaging.account.Sessions;
import parley.messaging.erasure.Eraser;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Receipts;
import parley.messaging.export.Dossier;
import parley.messaging.export.Exports;
import parley.messaging.message.Log;
import parley.messaging.message.Messages;
import parley.messaging.operator.Operators;
import parley.messaging.report.Reports;
import parley.store.DisclosedItems;
import parley.store.ErasureItems;
import parley.store.OperatorItems;
import parley.store.PersonalItems;
import parley.store.ReportItems;
import parley.store.Table;

/// The use cases that deal with all that is held of a person, and the operators who ask for them.
record Personal(
    Operators operators,
    Reports reports,
    Erasures erasures,
    Eraser eraser,
    Receipts receipts,
    Dossier dossier,
    Exports exports) {
  static Personal on(
      Table table,
      Secret secret,
      InstantSource clock,
      Leaving leaving,
      Log log,
      Messages messages,
      Accounts accounts,
      Sessions sessions) {
    SecureRandom random = new SecureRandom();
    ErasureItems jobs = new ErasureItems(table);
    PersonalItems items = new PersonalItems(table, clock);
    Erasures erasures = new Erasures(jobs, items, jobs, leaving.grace(), clock, random);
    Receipts receipts = new Receipts(secret, leaving.remains(), leaving.exports().isThere());
    Eraser eraser =
        new Eraser(
            jobs,
            items,
            jobs,
            leaving.ledger(),
            leaving.exports(),
            receipts,
            log,
            leaving.drained(),
            clock,
            random);
    Dossier dossier = new Dossier(new DisclosedItems(table), messages, accounts, clock);
    Exports exports = new Exports(leaving.exports(), dossier, accounts, clock, random);
    Reports reports = new Reports(new ReportItems(table), messages, secret, clock);
    Identities identities = Introductions.on(table, clock);
    Operators operators =
        new Operators(
            new OperatorItems(table),
            accounts,
            sessions,
            erasures,
            identities,
            reports,
            exports,
            secret,
            clock,
            random);
    return new Personal(operators, reports, erasures, eraser, receipts, dossier, exports);
  }
}
