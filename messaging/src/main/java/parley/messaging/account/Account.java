package parley.messaging.account;

import java.time.Instant;

/// A person, as the service knows them.
///
/// `notBefore`: sessions that began at or before it are over. `createdAt` and `notBefore` are in
/// milliseconds.
public record Account(
    UserId id, Handle handle, DisplayName displayName, Instant createdAt, Instant notBefore) {}
