package parley.messaging.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Port: which account an identity leads to, and profiles that come to be by one. Such an account
/// has no credential.
public interface IdentityStore {
  /// What is known of an identity, by a strongly consistent read; null for nothing. The account may
  /// be pending.
  @Nullable Known known(Identity identity);

  /// Whose identity this is, `mark` by what its issuer would know its person again (null for
  /// nothing), and since when its issuer says that it is gone, null where it does not.
  record Known(UserId user, @Nullable String mark, @Nullable Instant goneAt) {}

  /// Whose identity this is; null for nobody's. The account may be pending.
  default @Nullable UserId owner(Identity identity) {
    Known known = known(identity);
    return known == null ? null : known.user();
  }

  /// Remembers by what its issuer would know the person of this identity again, if it is still
  /// `user`'s. One write.
  void mark(Identity identity, UserId user, String mark);

  /// Says that an identity is gone at its issuer, if it is still `user`'s. One write.
  void gone(Identity identity, UserId user, Instant at);

  /// Keeps an account whose identity `former` is gone for whoever comes with this mark until
  /// `until`, unless one is kept for them already. One write. Of one that `former` itself was given
  /// by this mark, it is kept again.
  void keep(String mark, UserId user, Identity former, Instant now, Instant until);

  /// The account that is kept for whoever comes with this mark, which is `identity`'s from now on;
  /// null if none is, or another identity was given it. One write.
  @Nullable UserId take(String mark, Identity identity, Instant now);

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
