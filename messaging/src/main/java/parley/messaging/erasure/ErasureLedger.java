package parley.messaging.erasure;

import java.util.Set;
import java.util.stream.Collectors;
import parley.messaging.account.UserId;

/// Port: who has been erased, outside the table, so that no backup of it revives anybody. It holds
/// keyed hashes, which name nobody to whom it is shown.
public interface ErasureLedger {
  /// Writes somebody down for good. Safe to repeat.
  void add(UserId user);

  /// Whether they are in it.
  boolean names(UserId user);

  /// Those of these who are in it.
  default Set<UserId> among(Set<UserId> users) {
    return users.stream().filter(this::names).collect(Collectors.toUnmodifiableSet());
  }

  /// What tells one state of it from another; empty where nobody is in it.
  String state();

  /// That of a table that goes with its process.
  ErasureLedger NONE =
      new ErasureLedger() {
        @Override
        public void add(UserId user) {
          // Nothing outlives this process that could revive them.
        }

        @Override
        public boolean names(UserId user) {
          return false;
        }

        @Override
        public String state() {
          return "";
        }
      };
}
