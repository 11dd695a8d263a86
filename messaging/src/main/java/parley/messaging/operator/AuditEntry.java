package parley.messaging.operator;

import java.time.Instant;

/// One line of the audit trail: who did what to what, and when. `key` orders lines, and says where
/// the next page begins.
public record AuditEntry(String key, Instant at, Actor actor, Action action, String subject) {
  /// What can be done.
  public enum Action {
    /// A token was given out: subject is its id, scopes and name.
    TOKEN_CREATED,
    /// A token was taken back: subject is its id.
    TOKEN_REVOKED,
    /// Somebody was given a password: subject is the account's id.
    PASSWORD_RESET,
    /// Another identity of a provider leads to an account: subject is the account's id.
    IDENTITY_LINKED,
    /// What people wrote was looked at: subject says where in the table.
    TEXTS_READ,
    /// Somebody is to be erased: subject is the account's id, until it is gone.
    ERASURE_ASKED,
    /// An identity was said to be gone at its provider: subject is the account's id.
    IDENTITY_GONE,
    /// Somebody was given an account: subject is its id.
    USER_CREATED,
    /// Somebody was given another handle or name: subject is the account's id.
    USER_CHANGED,
    /// Somebody is let in no more: subject is the account's id.
    USER_DISABLED,
    /// Somebody is let in again: subject is the account's id.
    USER_ENABLED,
    /// What is held of somebody was gathered for an operator: subject is the account's id.
    EXPORT_MADE,
    /// Something that a later version knows.
    OTHER
  }
}
