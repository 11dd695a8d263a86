package parley.messaging.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.HandleChange;
import parley.messaging.account.Identities;
import parley.messaging.account.Identity;
import parley.messaging.account.Introduction;
import parley.messaging.account.Sessions;
import parley.messaging.account.UserId;
import parley.messaging.erasure.Erasures;
import parley.messaging.operator.AuditEntry.Action;

/// Use cases of a product that keeps a list of its people, and the accounts here in step with it.
/// All of them are safe to repeat: a product that lost an answer asks again.
public final class Users {
  private final Trail trail;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Identities identities;
  private final Erasures erasures;

  Users(
      Trail trail, Accounts accounts, Sessions sessions, Identities identities, Erasures erasures) {
    this.trail = trail;
    this.accounts = accounts;
    this.sessions = sessions;
    this.identities = identities;
    this.erasures = erasures;
  }

  /// How somebody is named. A product has the identity, which is its own name for them; the others
  /// are what Parley made of it.
  public sealed interface Whom {
    record Identified(Identity identity) implements Whom {}

    record WithHandle(Handle handle) implements Whom {}

    record WithId(UserId id) implements Whom {}
  }

  /// What became of an account that was to be made.
  public sealed interface Created {
    /// It is there. `isNew` if it came to be just now.
    record Done(Account account, boolean isNew) implements Created {}

    /// The identity was said to be gone, so nobody can have it.
    record Gone() implements Created {}

    /// No handle was to be had, or what had this identity is being erased at this moment.
    record NotNow() implements Created {}
  }

  /// The account of somebody whom nobody has seen yet, as their first sign-in would make it; or
  /// find it, where one is kept for whoever comes with one of these marks.
  public Created create(
      Identity identity, Introduction introduction, List<String> marks, Actor by) {
    Identities.Witness witness =
        new Identities.Witness() {
          @Override
          public void makes(UserId user) {
            trail.record(by, Action.USER_CREATED, user.value());
          }

          @Override
          public void links(UserId user) {
            trail.record(by, Action.IDENTITY_LINKED, user.value());
          }
        };
    return switch (identities.introduce(identity, introduction, marks, witness)) {
      case Identities.Introduced.Known(Account account, boolean isNew) ->
          new Created.Done(account, isNew);
      case Identities.Introduced.NoHandle() -> new Created.NotNow();
      case Identities.Introduced.Gone() -> new Created.Gone();
    };
  }

  /// Who that is, as of now; null for nobody.
  public @Nullable Account find(Whom whom) {
    return switch (whom) {
      case Whom.Identified(Identity identity) -> latest(identities.owner(identity));
      case Whom.WithId(UserId id) -> latest(id);
      case Whom.WithHandle(Handle handle) -> {
        Account account = accounts.byHandle(handle);
        yield account == null ? null : latest(account.id());
      }
    };
  }

  private @Nullable Account latest(@Nullable UserId user) {
    return user == null ? null : accounts.latest(user);
  }

  /// What is to be different about an account; null for what stays.
  public record Change(
      @Nullable Handle handle, @Nullable DisplayName displayName, @Nullable Boolean disabled) {}

  /// What became of a change.
  public sealed interface Changed {
    record Done(Account account) implements Changed {}

    record NoAccount() implements Changed {}

    /// Somebody else has the handle, or it is kept for them.
    record HandleTaken() implements Changed {}

    /// As many handles as may be are kept for them, until `until`.
    record TooOften(Instant until) implements Changed {}
  }

  /// Changes an account. Who is to be shut out is so first, and who is to be let in last, so that a
  /// handle that cannot be had leaves nobody inside.
  public Changed change(Whom whom, Change change, Actor by) {
    Account account = find(whom);
    if (account == null) {
      return new Changed.NoAccount();
    }
    UserId id = account.id();
    if (Boolean.TRUE.equals(change.disabled())) {
      trail.record(by, Action.USER_DISABLED, id.value());
      account = sessions.disable(id);
    }
    Handle handle = change.handle();
    DisplayName displayName = change.displayName();
    if (handle != null || displayName != null) {
      trail.record(by, Action.USER_CHANGED, id.value());
    }
    if (displayName != null) {
      account = accounts.rename(id, displayName);
    }
    if (handle != null) {
      switch (accounts.changeHandle(id, handle)) {
        case HandleChange.Changed(Account renamed) -> account = renamed;
        case HandleChange.Taken() -> {
          return new Changed.HandleTaken();
        }
        case HandleChange.TooOften(Instant until) -> {
          return new Changed.TooOften(until);
        }
        case HandleChange.NoAccount() -> {
          return new Changed.NoAccount();
        }
      }
    }
    if (Boolean.FALSE.equals(change.disabled())) {
      trail.record(by, Action.USER_ENABLED, id.value());
      account = accounts.enable(id);
    }
    return account == null ? new Changed.NoAccount() : new Changed.Done(account);
  }

  /// An identity is gone at its provider: nobody signs in by it any more, and every session of its
  /// account is over. The account stays, for its person may come back under another identity. Null
  /// if it is nobody's.
  public @Nullable Account gone(Identity identity, Actor by) {
    Account account = find(new Whom.Identified(identity));
    if (account == null) {
      return null;
    }
    trail.record(by, Action.IDENTITY_GONE, account.id().value());
    boolean _ = identities.reportGone(identity);
    sessions.endAll(account.id());
    return accounts.latest(account.id());
  }

  /// What became of an account that is to go.
  public sealed interface Deleted {
    /// It goes from `dueAt` on. The code claims its receipt, and is shown this once.
    record Asked(Account account, Instant dueAt, String code) implements Deleted {}

    /// That had been asked for before.
    record Already(Account account, Instant dueAt) implements Deleted {}

    record NoAccount() implements Deleted {}
  }

  /// Has an account erased, after `grace`, null for what the deployment gives everybody.
  public Deleted delete(Whom whom, @Nullable Duration grace, Actor by) {
    Account account = find(whom);
    if (account == null) {
      return new Deleted.NoAccount();
    }
    if (account.erasedAt() != null) {
      return new Deleted.Already(account, account.erasedAt());
    }
    trail.record(by, Action.ERASURE_ASKED, account.id().value());
    Erasures.Asked asked = grace == null ? erasures.ask(account) : erasures.ask(account, grace);
    accounts.forget(account.id());
    return switch (asked) {
      case Erasures.Asked.Done(Instant dueAt, String code) ->
          new Deleted.Asked(account, dueAt, code);
      case Erasures.Asked.Already() -> {
        // Somebody else asked at the same moment; or it has begun, and there is no account.
        Account now = accounts.latest(account.id());
        Instant dueAt = now == null ? null : now.erasedAt();
        yield now == null || dueAt == null
            ? new Deleted.NoAccount()
            : new Deleted.Already(now, dueAt);
      }
    };
  }
}
