package parley.messaging.account;

import com.github.benmanes.caffeine.cache.Cache;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.CacheUse;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.account.AccountStore.Claimed;
import parley.messaging.account.AccountStore.Facts;

/// Use cases: signing up, finding people, changing names.
///
/// Accounts are remembered for [Limits#ACCOUNT_STALENESS]. What changes through this object is seen
/// through it at once; what other processes change, no later than that, or when the change stream
/// says so ([#forget]).
public final class Accounts {
  private static final int REMEMBERED = 100_000;

  /// Tries to set a password that somebody else changes at the same time.
  private static final int SET_ATTEMPTS = 4;

  private final AccountStore store;
  private final FailedSignIns failed;
  private final PasswordHasher hasher;
  private final SigningUp signingUp;
  private final Renaming renaming;
  private final SharedAccounts shared;
  private final Cache<UserId, @Nullable Account> remembered;

  /// What others have shared, which nobody is let in by.
  private final Cache<UserId, Account> shown;

  public Accounts(
      AccountStore store,
      FailedSignIns failed,
      PasswordHasher hasher,
      InstantSource clock,
      SecureRandom random) {
    this(store, failed, hasher, clock, random, SharedAccounts.NONE);
  }

  /// With what other processes share of the people that are shown.
  public Accounts(
      AccountStore store,
      FailedSignIns failed,
      PasswordHasher hasher,
      InstantSource clock,
      SecureRandom random,
      SharedAccounts shared) {
    this.store = store;
    this.shared = shared;
    this.failed = failed;
    this.hasher = hasher;
    this.renaming = new Renaming(store, clock);
    this.signingUp = new SigningUp(store, renaming, failed, hasher, clock, random);
    this.remembered = Remembered.upToStaleness(clock, REMEMBERED);
    this.shown = Remembered.upToStaleness(clock, REMEMBERED);
  }

  /// Makes an account. Safe to repeat with the same password for [Limits#SIGN_UP_TIME]: the answer
  /// is the same account.
  ///
  /// @throws TooBusy if too many passwords are being checked
  public SignUp signUp(Handle handle, DisplayName displayName, Password password, Source source) {
    SignUp outcome = signingUp.signUp(handle, displayName, password, source);
    if (outcome instanceof SignUp.Created(Account account)) {
      remember(account);
    }
    return outcome;
  }

  /// The account with this id, null for none.
  public @Nullable Account byId(UserId id) {
    return remembered.get(id, store::account);
  }

  /// The accounts with these ids, to be shown; those that are not there are left out. Who may do
  /// what is a question for [#byId].
  public Map<UserId, Account> byIds(Collection<UserId> ids) {
    Set<UserId> wanted = Set.copyOf(ids);
    Map<UserId, Account> found = new HashMap<>(remembered.getAllPresent(wanted));
    found.putAll(shown.getAllPresent(missing(wanted, found)));
    Map<UserId, Account> others = shared.known(missing(wanted, found));
    shown.putAll(others);
    found.putAll(others);
    List<UserId> missing = missing(wanted, found);
    if (!missing.isEmpty()) {
      List<Account> read = store.accounts(missing);
      for (Account account : read) {
        found.put(account.id(), account);
        // Not over one that was put there since: that one may be newer.
        remembered.asMap().putIfAbsent(account.id(), account);
      }
      // Others would take one that they find there for one that is let in.
      shared.keep(read.stream().filter(account -> !account.isDisabled()).toList());
    }
    return Map.copyOf(found);
  }

  private static List<UserId> missing(Set<UserId> wanted, Map<UserId, Account> found) {
    return wanted.stream().filter(id -> !found.containsKey(id)).toList();
  }

  /// The account that has this handle, null for none.
  public @Nullable Account byHandle(Handle handle) {
    UserId owner = store.owner(handle);
    Account account = owner == null ? null : byId(owner);
    return account != null && account.handle().equals(handle) ? account : null;
  }

  /// The people whose handle begins with `prefix`, in order, so that the one whose handle it is
  /// comes first: at most [Limits#PEOPLE_FOUND]. Those who are disabled are not found.
  public Parsed<List<Account>> find(String prefix) {
    String lowered = prefix.toLowerCase(Locale.ROOT);
    // The shortest handle is as long as the shortest prefix, since handles lie under their first
    // two letters.
    if (!Handle.isHandle(lowered)) {
      return Parsed.bad(
          "handle_prefix_invalid",
          "People are found by the first "
              + Limits.HANDLE_MIN
              + " to "
              + Limits.HANDLE_MAX
              + " characters of their handle, each a letter a-z, a digit or _.");
    }
    // Twice as many, for sign-ups that were never finished leave handles behind.
    List<Claimed> claimed = store.handles(lowered, 2 * Limits.PEOPLE_FOUND);
    Map<UserId, Account> accounts = byIds(claimed.stream().map(Claimed::user).toList());
    Map<Handle, Account> people = new LinkedHashMap<>();
    for (Claimed claim : claimed) {
      Account account = accounts.get(claim.user());
      if (account != null && !account.isDisabled() && account.handle().equals(claim.handle())) {
        people.put(claim.handle(), account);
      }
    }
    return Parsed.good(people.values().stream().limit(Limits.PEOPLE_FOUND).toList());
  }

  /// The account under its new name, null if it is not there. One write: no other item holds a
  /// name.
  public @Nullable Account rename(UserId id, DisplayName displayName) {
    return changed(store.rename(id, displayName));
  }

  /// Gives an account another handle. The old one is kept for it for [Limits#HANDLE_RESERVED].
  public HandleChange changeHandle(UserId id, Handle handle) {
    HandleChange outcome = renaming.change(id, handle);
    if (outcome instanceof HandleChange.Changed(Account account)) {
      changed(account);
    }
    return outcome;
  }

  /// How much its memory is worth.
  public CacheUse use() {
    return CacheUse.of(remembered);
  }

  /// Forgets what is remembered of one account, so that the next use reads it.
  public void forget(UserId id) {
    remembered.invalidate(id);
    shown.invalidate(id);
  }

  /// Asks somebody who is signed in for their password once more. Wrong ones count like those of a
  /// sign-in.
  ///
  /// @throws TooBusy if too many passwords are being checked
  public Attempt<Account> confirm(Account account, PasswordAttempt attempt, Source source) {
    return prove(account.handle(), attempt, source);
  }

  /// The account of this handle, if the password is right. Neither the outcome nor the time tells
  /// which of the two was wrong.
  Attempt<Account> prove(Handle handle, PasswordAttempt attempt, Source source) {
    return failed.attempt(handle, source, () -> proven(handle, attempt));
  }

  private @Nullable Account proven(Handle handle, PasswordAttempt attempt) {
    UserId owner = store.owner(handle);
    // Where a handle has no owner, the same steps are taken.
    Facts facts = store.facts(Objects.requireNonNullElse(owner, UserId.NOBODY));
    Account account = facts == null ? null : facts.settled();
    boolean owns = account != null && account.handle().equals(handle);
    PasswordHash hash = owns && facts != null ? facts.hash() : null;
    return hasher.verify(attempt, hash) ? remember(account) : null;
  }

  /// Replaces the password; the account as it was then, or null if `current` is not its password.
  @Nullable Account replacePassword(UserId id, PasswordAttempt current, Password next) {
    Facts facts = store.facts(id);
    Account account = facts == null ? null : facts.settled();
    PasswordHash hash = facts == null ? null : facts.hash();
    if (account == null || hash == null) {
      return null;
    }
    if (hasher.verify(current, hash)) {
      return store.changePassword(id, hash, hasher.hash(next)) ? account : null;
    }
    // An earlier attempt got as far as the new hash, and its answer was lost: what comes after it
    // may still have to be done.
    return hasher.verify(next.attempt(), hash) ? account : null;
  }

  /// Sets the password, whatever it was; false if the account has none, or others keep changing it.
  boolean setPassword(UserId id, Password next) {
    PasswordHash replacement = hasher.hash(next);
    for (int attempt = 0; attempt < SET_ATTEMPTS; attempt++) {
      Facts facts = store.facts(id);
      PasswordHash hash = facts == null || facts.settled() == null ? null : facts.hash();
      if (hash == null) {
        return false;
      }
      if (store.changePassword(id, hash, replacement)) {
        return true;
      }
    }
    return false;
  }

  /// Ends the sessions that began at `at` or before; null if there is no such account.
  @Nullable Account endSessions(UserId id, Instant at) {
    return remember(store.endSessions(id, at));
  }

  /// Lets nobody in as this account from `at` on, and ends the sessions that began at `end` or
  /// before; null if there is none. Safe to repeat.
  @Nullable Account disable(UserId id, Instant at, Instant end) {
    return changed(store.disable(id, at, end));
  }

  /// Lets its person in again; null if there is none. Safe to repeat.
  public @Nullable Account enable(UserId id) {
    return changed(store.enable(id));
  }

  /// The account, read with everything that was written before; null for none.
  public @Nullable Account latest(UserId id) {
    Facts facts = store.facts(id);
    return facts == null ? null : remember(facts.settled());
  }

  /// Remembers an account that others see differently from now on.
  private @Nullable Account changed(@Nullable Account account) {
    if (account != null) {
      shared.forget(List.of(account.id()));
      shown.invalidate(account.id());
    }
    return remember(account);
  }

  private @Nullable Account remember(@Nullable Account account) {
    if (account != null) {
      remembered.put(account.id(), account);
    }
    return account;
  }
}
