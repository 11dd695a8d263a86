package parley.messaging.account;

import com.github.benmanes.caffeine.cache.Cache;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.messaging.CacheUse;
import parley.messaging.Limits;

/// Use cases: signing in and out, knowing who asks, changing the password.
///
/// A session is remembered for [Limits#ACCOUNT_STALENESS]: one that is ended through this object is
/// over at once, one that another process ends no later than that.
public final class Sessions {
  private static final int REMEMBERED = 100_000;
  private static final Duration TICK = Duration.ofMillis(1);

  private final SessionStore store;
  private final Accounts accounts;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Cache<SessionId, @Nullable Session> remembered;

  public Sessions(SessionStore store, Accounts accounts, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.accounts = accounts;
    this.clock = clock;
    this.random = random;
    this.remembered = Remembered.upToStaleness(clock, REMEMBERED);
  }

  /// Begins a session, if the password is that of the account with this handle, and not too many
  /// wrong ones came from `source`.
  ///
  /// @throws TooBusy if too many passwords are being checked
  public SignIn signIn(Handle handle, PasswordAttempt attempt, Source source) {
    // Taken before anything is read: a session that is proven by the old password while the
    // password is being changed must count as older than the change.
    Instant asked = now();
    return switch (accounts.prove(handle, attempt, source)) {
      case Attempt.Right<Account>(Account account) ->
          account.isDisabled() ? new SignIn.Disabled() : begin(account, asked, false);
      case Attempt.Wrong<Account>() -> new SignIn.Refused();
      case Attempt.Paused<Account>(Duration wait) -> new SignIn.Paused(wait);
    };
  }

  /// Begins a session for an account whose person has just proven themselves by other means than a
  /// sign-in: by signing up.
  public SignIn.SignedIn start(Account account) {
    return begin(account, now(), false);
  }

  /// Begins a session for an account whose person somebody else knew without asking them: it is
  /// never fresh.
  public SignIn.SignedIn startSilently(Account account) {
    return begin(account, now(), true);
  }

  private SignIn.SignedIn begin(Account account, Instant asked, boolean silent) {
    SessionToken token = SessionToken.random(random);
    // After a sign-out everywhere, a new session must not be taken for one of those that it ended,
    // whose end lies ahead of the clock.
    Instant since = later(asked, account.notBefore().plus(TICK));
    Instant expiresAt = asked.plus(Limits.SESSION_LIFE).truncatedTo(ChronoUnit.SECONDS);
    store.start(new Session(token.id(), account.id(), since, expiresAt, silent));
    return new SignIn.SignedIn(account, token, expiresAt);
  }

  /// Whose token this is; null if it was never given out, or is over.
  public @Nullable Authenticated who(SessionToken token) {
    return who(token.id());
  }

  /// Whose session this is; null if there is none, or it is over.
  public @Nullable Authenticated who(SessionId id) {
    Session session = remembered.get(id, store::session);
    if (session == null || session.isExpiredAt(now())) {
      return null;
    }
    Account account = accounts.byId(session.user());
    if (account == null) {
      // An account that was made a moment ago may be missing from a read that lags behind.
      account = accounts.latest(session.user());
      if (account == null) {
        return null;
      }
    }
    if (account.isDisabled()) {
      return null;
    }
    if (session.isEndedBy(account)) {
      // Another process may have let this session go on, after a change of password: what is
      // remembered of it is then older than what is known of the account.
      remembered.invalidate(id);
      session = remembered.get(id, store::session);
      if (session == null || session.isExpiredAt(now()) || session.isEndedBy(account)) {
        return null;
      }
    }
    return new Authenticated(account, session);
  }

  /// Whose session this is that somebody else vouches for, by a token of theirs whose hash is `id`;
  /// null if it is over. Begun here if it is new, with `account`, whose account may be new as well.
  public @Nullable Authenticated whoShows(
      SessionId id, Instant issuedAt, Instant expiresAt, Supplier<@Nullable Account> account) {
    Authenticated known = who(id);
    if (known != null) {
      return known;
    }
    Account owner = account.get();
    if (owner == null || owner.isDisabled()) {
      return null;
    }
    // An account that the token itself made is newer than it, and has ended nothing yet.
    Instant since = later(issuedAt, owner.createdAt().plus(TICK));
    Instant latest = now().plus(Limits.SESSION_LIFE).truncatedTo(ChronoUnit.SECONDS);
    Session session =
        new Session(id, owner.id(), since, expiresAt.isBefore(latest) ? expiresAt : latest, true);
    if (session.isEndedBy(owner) || session.isExpiredAt(now())) {
      return null;
    }
    store.start(session);
    remembered.put(id, session);
    return new Authenticated(owner, session);
  }

  /// Whether this session is over by now, looked up anew: for whoever may not go by what is
  /// remembered.
  public boolean isOver(Session session) {
    Session there = store.session(session.id());
    if (there == null || there.isExpiredAt(now())) {
      return true;
    }
    Account account = accounts.latest(there.user());
    return account == null || account.isDisabled() || there.isEndedBy(account);
  }

  /// Whether its person showed so lately who they are that they need not do it again.
  public boolean isFresh(Session session) {
    return !session.silent() && session.since().isAfter(now().minus(Limits.FRESH_SIGN_IN));
  }

  /// How much its memory is worth.
  public CacheUse use() {
    return CacheUse.of(remembered);
  }

  /// Signs out.
  public void end(SessionId id) {
    store.end(id);
    remembered.invalidate(id);
  }

  /// Signs out everywhere: ends every session that began so far.
  public void endAll(UserId user) {
    accounts.endSessions(user, end());
  }

  /// Lets nobody in as this account from now on, whatever they show, and ends every session that
  /// began so far; null if there is no such account. Safe to repeat.
  public @Nullable Account disable(UserId user) {
    return accounts.disable(user, now(), end());
  }

  /// Changes the password, ends all other sessions of the account and lets `current` go on.
  ///
  /// Safe to repeat: where an earlier attempt died half-way, this one does the rest.
  ///
  /// @throws TooBusy if too many passwords are being checked
  public PasswordChange changePassword(Session current, PasswordAttempt old, Password next) {
    // The hash comes first. Were the sessions ended first, the old password could open one more in
    // between, which would outlive the change.
    Account account = accounts.replacePassword(current.user(), old, next);
    if (account == null) {
      return new PasswordChange.WrongPassword();
    }
    // Lifted over the end before the end is set, so that this session is valid throughout.
    Instant end = later(end(), account.notBefore().plus(TICK));
    Session kept = restart(current, end.plus(TICK));
    Account changed = accounts.endSessions(current.user(), end);
    if (changed == null) {
      return new PasswordChange.WrongPassword();
    }
    if (kept.isEndedBy(changed)) {
      // Somebody ended sessions at the same moment, which moved the end further.
      kept = restart(current, changed.notBefore().plus(TICK));
    }
    return new PasswordChange.Changed(changed, kept);
  }

  /// Gives somebody another password, whatever the old one was, and ends all their sessions; false
  /// if there is no such account, or it has no password.
  ///
  /// @throws TooBusy if too many passwords are being checked
  public boolean resetPassword(UserId user, Password next) {
    // The hash comes first, as above.
    return accounts.setPassword(user, next) && accounts.endSessions(user, now()) != null;
  }

  /// A session that was ended meanwhile stays ended.
  private Session restart(Session session, Instant since) {
    Session restarted = session.restartedAt(since);
    if (store.restart(restarted)) {
      remembered.put(restarted.id(), restarted);
    }
    return restarted;
  }

  /// A moment by which every session that began so far has begun, by the clock of whatever server.
  /// Those that begin from here on begin after it: see [#begin].
  private Instant end() {
    return now().plus(Limits.SERVER_CLOCK_ALLOWANCE);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
