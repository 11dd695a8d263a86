package parley.server;

import java.util.HashSet;
import java.util.Set;
import parley.host.Services;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.store.LedgerItem;

/// Sees to it that nobody comes back with a backup: when a table has not seen the ledger of erased
/// accounts as it is now, whoever is in both is erased again. They are shut before anybody is
/// served.
final class Revived {
  private Revived() {}

  /// How many were found: none where nothing outside the table knows of anybody.
  static int eraseAgain(Deployment deployment, Services services) {
    ErasedFile ledger = deployment.erased();
    if (ledger == null) {
      return 0;
    }
    LedgerItem seen = new LedgerItem(deployment.table());
    String state = ledger.state();
    if (state.isEmpty() || state.equals(seen.seen())) {
      return 0;
    }
    Set<UserId> going = new HashSet<>();
    services.erasures().all(Limits.ERASURES_LOOKED_AT).forEach(job -> going.add(job.user()));
    Set<UserId> back = new HashSet<>();
    seen.people(user -> {
      // Whoever is being erased is in the ledger already.
      if (!going.contains(user) && ledger.names(user)) {
        back.add(user);
      }
    });
    back.forEach(user -> services.erasures().again(user));
    seen.see(state);
    return back.size();
  }
}
