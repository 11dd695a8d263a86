package parley.messaging.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Port: which account an identity leads to, and profiles that come to be by one. Such an account
/// has no credential.
public interface IdentityStore {
  /// Whose identity this is, by a strongly consistent read; null for nobody's. The account may be
  /// pending.
  @Nullable UserId owner(Identity identity);

  /// Links the identity to `user`, if it is free or leads to `insteadOf`. One write.
  ///
  /// Whose it is now: of all who try, one.
  UserId link(Identity identity, UserId user, @Nullable UserId insteadOf);

  /// Stores a profile, pending until `expiresAt`. One write.
  void begin(Account account, Instant expiresAt);

  /// Lets a pending profile claim `next` instead of `taken`; nothing if it claims another one by
  /// now. One write.
  void wish(UserId user, Handle taken, Handle next, Instant now);

  /// Makes a profile permanent, if it still goes by this handle. One write.
  ///
  /// False if it is gone, over, abandoned, or claims another handle; true also if it was permanent
  /// before.
  boolean finish(UserId user, Handle handle, Instant now);
}
