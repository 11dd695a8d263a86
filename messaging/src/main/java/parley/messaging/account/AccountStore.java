package parley.messaging.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Port: where profiles, credentials and handles are kept.
///
/// A profile that still has an end is pending: its sign-up was not acknowledged. Only [#facts]
/// shows it. Reads are strongly consistent where they say so.
public interface AccountStore {
  /// Stores credential and profile, pending until `expiresAt`. Two writes.
  void begin(Account account, PasswordHash hash, Instant expiresAt);

  /// Takes the handle for `user`, if it is free or belongs to `insteadOf`. One write.
  Claim claim(Handle handle, UserId user, @Nullable UserId insteadOf);

  /// Makes credential and profile permanent, in this order. Two writes.
  ///
  /// False if one of them is gone, over, or abandoned; true also if both were permanent before.
  boolean finish(UserId user, Instant now);

  /// Makes sure that a sign-up can never be finished, if it was over by `overBy`.
  ///
  /// False if it was not over, or is finished; true also if nothing is left of it. Two writes.
  boolean abandon(UserId user, Instant overBy);

  /// Whose handle this is, by a strongly consistent read. The account may be pending.
  @Nullable UserId owner(Handle handle);

  /// Profile and credential, by one strongly consistent read; null without a profile.
  @Nullable Facts facts(UserId user);

  /// One account, null if it is not there or pending. May lag behind.
  @Nullable Account account(UserId user);

  /// Those of the accounts that are there and not pending, in no order. May lag behind.
  List<Account> accounts(Collection<UserId> users);

  /// The first handles that begin with `prefix`, in order. May lag behind, and name accounts that
  /// are pending.
  List<Claimed> handles(String prefix, int limit);

  /// The account under its new name; null if it is not there or pending.
  @Nullable Account rename(UserId user, DisplayName displayName);

  /// The account with a `notBefore` of at least `at`, and later than it was; null if it is not
  /// there or pending. It never goes back: that would revive sessions.
  @Nullable Account endSessions(UserId user, Instant at);

  /// Replaces the hash; false if it is no longer `old`.
  boolean changePassword(UserId user, PasswordHash old, PasswordHash replacement);

  /// What became of a claim.
  sealed interface Claim {
    /// The handle belongs to the one who asked.
    record Done() implements Claim {}

    /// It belongs to somebody else.
    record Taken() implements Claim {}
  }

  /// A handle and whose it is.
  record Claimed(Handle handle, UserId user) {}

  /// All that is known of an account: `pendingUntil` is null once it is permanent, and `hash` is
  /// null if there is no credential. An abandoned one never becomes permanent.
  record Facts(
      Account account,
      @Nullable Instant pendingUntil,
      boolean abandoned,
      @Nullable PasswordHash hash) {

    /// The account, if its sign-up was finished.
    @Nullable Account settled() {
      return pendingUntil == null ? account : null;
    }
  }
}
