package parley.messaging.operator;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.Handle;
import parley.messaging.account.Identities;
import parley.messaging.account.Identity;
import parley.messaging.account.Password;
import parley.messaging.account.Sessions;
import parley.messaging.account.UserId;
import parley.messaging.erasure.Erasure;
import parley.messaging.erasure.Erasures;
import parley.messaging.export.Exports;
import parley.messaging.operator.AuditEntry.Action;
import parley.messaging.report.Reports;

/// Use cases of those who run a deployment: tokens, the audit trail, and passwords of people who
/// have lost theirs.
///
/// What is done is in the trail before it is done: the trail may tell of something that then
/// failed, and never fails to tell of something that was done.
public final class Operators {
  /// An id, by itself or as a key of the table; the number of an entry; a kind of key that names
  /// nobody.
  private static final Pattern TRACEABLE =
      Pattern.compile("([A-Z]{1,2}#)?[a-z]-[a-z2-7]{26}|[0-9]{1,13}|[A-Z]{1,12}");

  private final OperatorStore store;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Erasures erasures;
  private final Identities identities;
  private final Reports reports;
  private final Exports exports;
  private final Secret secret;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Trail trail;
  private final Users users;

  public Operators(
      OperatorStore store,
      Accounts accounts,
      Sessions sessions,
      Erasures erasures,
      Identities identities,
      Reports reports,
      Exports exports,
      Secret secret,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.accounts = accounts;
    this.sessions = sessions;
    this.erasures = erasures;
    this.identities = identities;
    this.reports = reports;
    this.exports = exports;
    this.secret = secret;
    this.clock = clock;
    this.random = random;
    this.trail = new Trail(store, clock, random);
    this.users = new Users(trail, accounts, sessions, identities, erasures);
  }

  /// What keeps a product's list of people and the accounts here in step.
  public Users users() {
    return users;
  }

  /// Somebody who was let in.
  public record Admitted(Actor actor, Set<Scope> scopes) {
    public Admitted {
      scopes = Set.copyOf(scopes);
    }
  }

  /// Whoever shows this with a request; null if it lets nobody in.
  public @Nullable Admitted admit(String shown, String method, String path) {
    Instant now = clock.instant();
    if (OperatorPass.isOne(shown)) {
      Actor actor = OperatorPass.holder(secret, shown, method, path, now);
      return actor == null ? null : new Admitted(actor, Set.of(Scope.values()));
    }
    if (!(OperatorToken.parse(shown) instanceof Parsed.Good<OperatorToken>(OperatorToken token))) {
      return null;
    }
    Operator operator = store.operator(token.id());
    return operator == null || operator.isExpiredAt(now)
        ? null
        : new Admitted(Actor.token(operator.id()), operator.scopes());
  }

  /// A token that was given out, which is not shown again.
  public record Issued(OperatorToken token, Operator operator) {}

  /// Gives out a token; null if there are [Limits#OPERATOR_TOKENS] already.
  public @Nullable Issued issue(OperatorName name, Set<Scope> scopes, Duration life, Actor by) {
    if (scopes.isEmpty() || !Scope.grantable().containsAll(scopes)) {
      throw new IllegalArgumentException("no token can have the scopes " + scopes);
    }
    if (life.compareTo(Limits.OPERATOR_TOKEN_LIFE_MIN) < 0
        || life.compareTo(Limits.OPERATOR_TOKEN_LIFE_MAX) > 0) {
      throw new IllegalArgumentException("no token lives for " + life);
    }
    if (all().size() >= Limits.OPERATOR_TOKENS) {
      return null;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    OperatorToken token = OperatorToken.random(random);
    Operator operator = new Operator(token.id(), name, scopes, now, now.plus(life));
    String what =
        scopes.stream().map(Scope::text).sorted().collect(Collectors.joining(",")) + " " + name;
    record(by, Action.TOKEN_CREATED, operator.id() + " " + what);
    store.add(operator);
    return new Issued(token, operator);
  }

  /// The tokens that let somebody in now.
  public List<Operator> all() {
    Instant now = clock.instant();
    return store.operators(2 * Limits.OPERATOR_TOKENS).stream()
        .filter(operator -> !operator.isExpiredAt(now))
        .toList();
  }

  /// Takes a token back; false if there is none with this id. From then on it lets nobody in.
  public boolean revoke(OperatorId id, Actor by) {
    if (store.operator(id) == null) {
      return false;
    }
    record(by, Action.TOKEN_REVOKED, id.value());
    return store.remove(id);
  }

  /// The newest lines of the trail before `key`, null for the newest of all.
  public List<AuditEntry> trail(@Nullable String key) {
    return store.trail(key, Limits.AUDIT_PAGE);
  }

  /// What became of a password that somebody was to be given.
  public sealed interface Reset {
    /// It is theirs, and every session of theirs is over.
    record Done(Account account) implements Reset {}

    /// Nobody has this handle, or they sign in without a password.
    record NoAccount() implements Reset {}

    /// No account may have this password; `why` is for people.
    record Unfit(String code, String why) implements Reset {}
  }

  /// Gives somebody another password and ends all their sessions. Safe to repeat.
  public Reset resetPassword(Handle handle, String password, Actor by) {
    Account account = accounts.byHandle(handle);
    if (account == null) {
      return new Reset.NoAccount();
    }
    return switch (Password.parse(password, account.handle(), account.displayName())) {
      case Parsed.Bad<Password>(String code, String message) -> new Reset.Unfit(code, message);
      case Parsed.Good<Password>(Password next) -> {
        record(by, Action.PASSWORD_RESET, account.id().value());
        yield sessions.resetPassword(account.id(), next)
            ? new Reset.Done(account)
            : new Reset.NoAccount();
      }
    };
  }

  /// What became of an identity that was to lead to somebody's account.
  public sealed interface Relinked {
    /// It leads there.
    record Done(Account account) implements Relinked {}

    /// Nobody has this handle.
    record NoAccount() implements Relinked {}

    /// Others keep changing where it leads.
    record Contended() implements Relinked {}
  }

  /// Lets an identity lead to the account of this handle. If it led to another one, that one's
  /// sessions are over: whoever has the identity goes on as this account. Safe to repeat.
  public Relinked relink(Handle handle, Identity identity, Actor by) {
    Account account = accounts.byHandle(handle);
    if (account == null) {
      return new Relinked.NoAccount();
    }
    record(by, Action.IDENTITY_LINKED, account.id().value());
    UserId before = identities.owner(identity);
    if (before != null && !before.equals(account.id())) {
      // First, so that a crash before the link leaves nothing to be found out afterwards.
      sessions.endAll(before);
    }
    return identities.relink(identity, account.id())
        ? new Relinked.Done(account)
        : new Relinked.Contended();
  }

  /// Somebody is about to be shown what people wrote; `where` is where in the table, and `words`
  /// what they asked for there.
  public void readsTexts(Actor by, String where, List<String> words) {
    String subject =
        Stream.concat(Stream.of(where), words.stream().map(this::traceable))
            .collect(Collectors.joining(" "));
    record(
        by,
        Action.TEXTS_READ,
        subject.substring(0, Math.min(subject.length(), Limits.AUDIT_SUBJECT)));
  }

  /// A word as the trail may keep it: people by their ids alone, so that an erasure finds them
  /// there. What names somebody in another way, or nobody knows whom, is left out.
  private String traceable(String word) {
    if (TRACEABLE.matcher(word).matches()) {
      return word;
    }
    Account known =
        Handle.parse(word) instanceof Parsed.Good<Handle>(Handle handle)
            ? accounts.byHandle(handle)
            : null;
    return known == null ? "(a word)" : known.id().value();
  }

  /// Messages that people reported, before `before` (null for the newest of all).
  public Reports.Page reports(@Nullable String before, Actor by) {
    record(by, Action.TEXTS_READ, "reports");
    return reports.page(before);
  }

  /// What became of an order to erase somebody.
  public sealed interface Erased {
    /// It begins at `dueAt`; the code claims its receipt, and is not shown again.
    record Asked(Handle handle, Instant dueAt, String code) implements Erased {}

    /// It had been asked for before.
    record Already() implements Erased {}

    /// Nobody has this handle.
    record NoAccount() implements Erased {}
  }

  /// Has somebody erased, after `grace`.
  public Erased erase(Handle handle, Duration grace, Actor by) {
    Account account = accounts.byHandle(handle);
    if (account == null) {
      return new Erased.NoAccount();
    }
    record(by, Action.ERASURE_ASKED, account.id().value());
    Erasures.Asked asked = erasures.ask(account, grace);
    accounts.forget(account.id());
    return switch (asked) {
      case Erasures.Asked.Done(Instant dueAt, String code) -> new Erased.Asked(handle, dueAt, code);
      case Erasures.Asked.Already() -> new Erased.Already();
    };
  }

  /// Erasures that are asked for or under way, the longest due first.
  public List<Erasure> erasures() {
    return erasures.all(Limits.ERASURES_SHOWN);
  }

  /// Whose archive an operator is about to write where they want it; null for nobody.
  public @Nullable Account exports(Handle handle, Actor by) {
    Account account = accounts.byHandle(handle);
    if (account != null) {
      record(by, Action.EXPORT_MADE, account.id().value());
    }
    return account;
  }

  /// Has what is held of somebody gathered by the server; null if nobody has this handle.
  public Exports.@Nullable Asked export(Handle handle, Actor by) {
    Account account = exports(handle, by);
    return account == null ? null : exports.ask(account);
  }

  private void record(Actor by, Action action, String subject) {
    trail.record(by, action, subject);
  }
}
