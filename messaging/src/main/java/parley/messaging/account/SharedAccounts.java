package parley.messaging.account;

import java.util.Collection;
import java.util.Map;

/// Port: accounts as other people see them, kept where several processes find them sooner than in
/// the table.
///
/// What it says may be old, so it is for showing people and for nothing else: nobody is let in by
/// it. It may know nothing, at any time, and never throws.
public interface SharedAccounts {
  /// Where nothing is shared.
  SharedAccounts NONE =
      new SharedAccounts() {
        @Override
        public Map<UserId, Account> known(Collection<UserId> users) {
          return Map.of();
        }

        @Override
        public void keep(Collection<Account> accounts) {
          // Nobody would find them.
        }

        @Override
        public void forget(Collection<UserId> users) {
          // Nothing is known of them.
        }
      };

  /// Those of them that are known. An account from here counts as one all of whose sessions are
  /// over, in case somebody does go by it.
  Map<UserId, Account> known(Collection<UserId> users);

  /// Keeps what was read of them, unless they changed a moment ago.
  void keep(Collection<Account> accounts);

  /// Forgets what others see of them: they have changed.
  void forget(Collection<UserId> users);
}
