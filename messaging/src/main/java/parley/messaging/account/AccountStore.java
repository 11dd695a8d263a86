package parley.messaging.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Port: where profiles, credentials and handles are kept.
///
/// A profile that still has an end is pending: its sign-up was not acknowledged. Only [#facts]
/// shows it. Reads are strongly consistent where they say so.
public interface AccountStore {
  /// Stores credential and profile, pending until `expiresAt`. Two writes.
  void begin(Account account, PasswordHash hash, Instant expiresAt);

  /// Takes the handle for `user`, if it is free or still held as `seen` (null for free). One write.
  ///
  /// `since` is when it was claimed for a change of handles, null for a sign-up: a claim with
  /// another time is another claim, so that whoever takes over one that was left behind does not
  /// take over one that was made anew.
  Claim claim(Handle handle, UserId user, @Nullable Instant since, @Nullable Held seen);

  /// Who holds this handle, by a strongly consistent read: its owner, or somebody who claimed it or
  /// had it. Null for nobody.
  @Nullable Held held(Handle handle);

  /// An account and the handles that are kept for it, by a strongly consistent read; null if it is
  /// not there or pending.
  @Nullable Names names(UserId user);

  /// Gives the account another handle, and keeps `former` for it, if its names are still those that
  /// were `seen`. One write. Null if they are not.
  @Nullable Account rename(Names seen, Handle handle, Map<Handle, Instant> former);

  /// Lets a handle that was given up go by itself at `until`, if it is still held as it was `seen`.
  /// One write.
  void release(Handle handle, Held seen, Instant until);

  /// Makes sure that a change to this handle that the account began is never finished; false if it
  /// has that handle. One write.
  boolean oust(UserId user, Handle handle);

  /// Makes credential and profile permanent, in this order. Two writes.
  ///
  /// False if one of them is gone, over, or abandoned; true also if both were permanent before.
  boolean finish(UserId user, Instant now);

  /// Makes sure that a sign-up can never be finished, if it was over by `overBy`.
  ///
  /// False if it was not over, or is finished; true also if nothing is left of it. Two writes.
  boolean abandon(UserId user, Instant overBy);

  /// Whose handle this is, by a strongly consistent read. The account may be pending, or have
  /// another handle.
  default @Nullable UserId owner(Handle handle) {
    Held held = held(handle);
    return held == null ? null : held.user();
  }

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

  /// Disables the account since `at`, or since an earlier time at which that was done, and ends its
  /// sessions as [#endSessions] does, in one write; null if it is not there or pending.
  @Nullable Account disable(UserId user, Instant at, Instant end);

  /// Enables it again; null if it is not there or pending. Sessions that were ended stay so.
  @Nullable Account enable(UserId user);

  /// Replaces the hash; false if it is no longer `old`.
  boolean changePassword(UserId user, PasswordHash old, PasswordHash replacement);

  /// What became of a claim.
  sealed interface Claim {
    /// The handle belongs to the one who asked.
    record Done() implements Claim {}

    /// It belongs to somebody else.
    record Taken() implements Claim {}
  }

  /// Who holds a handle, and since when they claimed it for a change; null for a sign-up.
  record Held(UserId user, @Nullable Instant since) {}

  /// An account, how often its handle was changed or kept from being changed, and the handles that
  /// are kept for it, each until when.
  record Names(Account account, long version, Map<Handle, Instant> former) {
    public Names {
      former = Map.copyOf(former);
    }
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
