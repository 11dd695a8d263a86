package parley.messaging.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person, as the service knows them.
///
/// `notBefore`: sessions that began at or before it are over. `createdAt` and `notBefore` are in
/// milliseconds. `erasedAt` is when the account will be erased, null where nobody asked for that.
/// `disabledAt` is since when operators let its person in no more, null where they do.
/// `hasPassword` is false for who came by an identity provider; nobody gets or loses a password
/// later.
public record Account(
    UserId id,
    Handle handle,
    DisplayName displayName,
    Instant createdAt,
    Instant notBefore,
    @Nullable Instant erasedAt,
    @Nullable Instant disabledAt,
    boolean hasPassword) {
  /// One with a password, that nobody asked to erase, and whose person is let in.
  public Account(
      UserId id, Handle handle, DisplayName displayName, Instant createdAt, Instant notBefore) {
    this(id, handle, displayName, createdAt, notBefore, null, null, true);
  }

  /// The same, of somebody who signs in with an identity provider alone.
  Account withoutPassword() {
    return new Account(id, handle, displayName, createdAt, notBefore, erasedAt, disabledAt, false);
  }

  /// Whether operators let its person in no more.
  public boolean isDisabled() {
    return disabledAt != null;
  }
}
