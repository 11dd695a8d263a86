package parley.host;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.erasure.Erasure;
import parley.messaging.erasure.ErasureLedger;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Step;
import parley.store.LedgerItem;
import parley.store.LedgerItem.Known;
import parley.store.Table;

/// Sees to it that nobody comes back with a backup: when a table has not seen the ledger of erased
/// accounts as it is now, whoever is in both is erased again. They are shut before anybody else is
/// erased, and where a process serves, before anybody is served.
public final class Revived {
  private final LedgerItem table;
  private final ErasureLedger ledger;
  private final Erasures erasures;
  private int found;

  public Revived(Table table, ErasureLedger ledger, Erasures erasures) {
    this.table = new LedgerItem(table);
    this.ledger = ledger;
    this.erasures = erasures;
  }

  /// Looks at one page of the table; false if there is nothing to look for, or no more.
  public boolean work() {
    String state = ledger.state();
    if (state.isEmpty()) {
      return false;
    }
    Known known = table.known();
    if (state.equals(known.seen())) {
      return false;
    }
    Set<UserId> going = new HashSet<>();
    Map<UserId, Erasure> wishes = new HashMap<>();
    for (Erasure job : erasures.all(Limits.ERASURES_LOOKED_AT)) {
      if (job.step() == Step.CLOSE) {
        // It can still be taken back. Whoever is in the ledger had their last chance before.
        wishes.put(job.user(), job);
      } else {
        going.add(job.user());
      }
    }
    Set<UserId> there = new HashSet<>();
    String from = state.equals(known.applying()) ? known.from() : null;
    String next =
        table.people(
            from,
            user -> {
              // Whoever is being erased is in the ledger already.
              if (!going.contains(user)) {
                there.add(user);
              }
            });
    Set<UserId> back = ledger.among(there);
    back.forEach(user -> erasures.again(user, wishes.get(user)));
    found += back.size();
    table.know(next == null ? Known.of(state) : new Known(known.seen(), state, next));
    return next != null;
  }

  /// How many came back, of those pages that were looked at.
  public int found() {
    return found;
  }

  /// Notes that the table knows of whom was just added: it was told of them by itself.
  public void know() {
    String state = ledger.state();
    Known known = table.known();
    // Where nothing was seen, somebody may have just put a backup in: that has to be looked at.
    boolean wasWhole = !known.seen().isEmpty() && known.applying() == null;
    if (!state.isEmpty() && wasWhole && !state.equals(known.seen())) {
      table.see(state);
    }
  }
}
