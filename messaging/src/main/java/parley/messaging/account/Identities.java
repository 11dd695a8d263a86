package parley.messaging.account;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.AccountStore.Claim;
import parley.messaging.account.AccountStore.Facts;
import parley.messaging.account.AccountStore.Held;
import parley.messaging.account.IdentityStore.Known;

/// Use case: people whom an identity provider introduces. One identity is one account, however
/// often and at however many places at once it is introduced.
///
/// ```
/// 1  profile, with an end        nobody sees it; left alone, it goes by itself
/// 2  identity -> profile         conditional: of all who try, one gets it; the others help that one
/// 3  handle                      conditional; if it is taken, the profile wishes for the next one
/// 4  profile, no end             if it still goes by that handle: from here on it exists
/// ```
///
/// Single writes, no transaction, each safe to repeat. A crash after 2 leaves an identity that
/// leads to a pending profile: whoever comes next goes on from there, or takes its place once it is
/// over.
public final class Identities {
  private final IdentityStore identities;
  private final AccountStore accounts;
  private final InstantSource clock;
  private final SecureRandom random;

  public Identities(
      IdentityStore identities, AccountStore accounts, InstantSource clock, SecureRandom random) {
    this.identities = identities;
    this.accounts = accounts;
    this.clock = clock;
    this.random = random;
  }

  /// What became of an introduction.
  public sealed interface Introduced {
    /// The identity leads to this account. `isNew` if it came to be just now.
    record Known(Account account, boolean isNew) implements Introduced {}

    /// Its issuer has said that it is gone.
    record Gone() implements Introduced {}

    /// There is no handle left that is close enough to the wish, or others keep getting there
    /// first.
    record NoHandle() implements Introduced {}
  }

  /// Whoever is told of what an introduction is about to do, before it is done. It may come to
  /// nothing, if others introduce the same identity.
  public interface Witness {
    /// Tells nobody.
    Witness NONE =
        new Witness() {
          @Override
          public void makes(UserId user) {
            // Nobody asks.
          }

          @Override
          public void links(UserId user) {
            // Nobody asks.
          }
        };

    /// An account is made.
    void makes(UserId user);

    /// The identity is going to lead to an account that is there.
    void links(UserId user);
  }

  /// The account that this identity leads to, null for none.
  public @Nullable Account account(Identity identity) {
    UserId owner = identities.owner(identity);
    Facts facts = owner == null ? null : accounts.facts(owner);
    return facts == null ? null : facts.settled();
  }

  /// The account that this identity leads to, made if there is none. Safe to repeat.
  public Introduced introduce(Identity identity, Introduction introduction) {
    return introduce(identity, introduction, List.of(), Witness.NONE);
  }

  /// The same. `marks` are by what its issuer, which is trusted in this, would know its person
  /// again, the newest first: if it has said that an identity with this mark is gone, the account
  /// is the one that this one led to.
  public Introduced introduce(
      Identity identity, Introduction introduction, List<String> marks, Witness witness) {
    UserId mine = null;
    for (int attempt = 0; attempt < Limits.INTRODUCTION_ATTEMPTS; attempt++) {
      Known known = identities.known(identity);
      if (known != null && known.goneAt() != null) {
        return new Introduced.Gone();
      }
      UserId owner = known == null ? null : known.user();
      Facts facts = owner == null ? null : accounts.facts(owner);
      Account settled = facts == null ? null : facts.settled();
      if (known != null && settled != null) {
        remember(identity, known, marks);
        return new Introduced.Known(settled, false);
      }
      UserId former = owner == null ? heritage(identity, marks) : null;
      if (former != null) {
        witness.links(former);
        identities.link(identity, former, null);
        continue; // It is seen as theirs, or as that of whoever was quicker.
      }
      if (owner == null || facts == null || isDead(facts)) {
        if (owner != null && !accounts.abandon(owner, overBy())) {
          continue; // Somebody finished it just now.
        }
        if (mine == null) {
          mine = begin(introduction, witness);
        }
        owner = identities.link(identity, mine, owner);
        facts = accounts.facts(owner);
      }
      Account account = facts == null ? null : settle(facts, introduction);
      if (account != null) {
        remember(identity, new Known(account.id(), null, null), marks);
        return new Introduced.Known(account, true);
      }
    }
    return new Introduced.NoHandle();
  }

  private void remember(Identity identity, Known known, List<String> marks) {
    if (!marks.isEmpty() && !marks.getFirst().equals(known.mark())) {
      identities.mark(identity, known.user(), marks.getFirst());
    }
  }

  /// The account of somebody who was known by one of these marks, and whose identity is gone; null
  /// for none that is there.
  private @Nullable UserId heritage(Identity identity, List<String> marks) {
    for (String mark : marks) {
      UserId user = identities.take(mark, identity, clock.instant());
      Facts facts = user == null ? null : accounts.facts(user);
      if (facts != null && facts.settled() != null) {
        return user;
      }
    }
    return null;
  }

  /// The identity's issuer says that it is gone: nobody signs in by it any more, and the account is
  /// kept for [Limits#RELINK_WITHIN] for whoever comes with its mark. Safe to repeat. False if it
  /// is nobody's.
  public boolean reportGone(Identity identity) {
    Known known = identities.known(identity);
    if (known == null) {
      return false;
    }
    if (known.goneAt() == null) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      String mark = known.mark();
      if (mark != null) {
        identities.keep(mark, known.user(), identity, now, now.plus(Limits.RELINK_WITHIN));
      }
      identities.gone(identity, known.user(), now);
    }
    return true;
  }

  /// Lets the identity lead to `user`, wherever it led before. Safe to repeat.
  ///
  /// False if others keep changing where it leads.
  public boolean relink(Identity identity, UserId user) {
    for (int attempt = 0; attempt < Limits.INTRODUCTION_ATTEMPTS; attempt++) {
      Known known = identities.known(identity);
      UserId owner = known == null ? null : known.user();
      boolean leadsThere = known != null && known.goneAt() == null && user.equals(owner);
      if (leadsThere || identities.link(identity, user, owner).equals(user)) {
        return true;
      }
    }
    return false;
  }

  /// Whose identity it is, null for nobody's. The account may not be finished.
  public @Nullable UserId owner(Identity identity) {
    return identities.owner(identity);
  }

  private UserId begin(Introduction introduction, Witness witness) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    UserId user = UserId.random(random);
    witness.makes(user);
    identities.begin(
        new Account(user, introduction.wish(), introduction.displayName(), now, now)
            .withoutPassword(),
        now.plus(Limits.SIGN_UP_TIME));
    return user;
  }

  /// Finds a handle for a pending profile, and makes it permanent; null if it is worth another
  /// look.
  private @Nullable Account settle(Facts facts, Introduction introduction) {
    Account account = facts.account();
    Handle handle = account.handle();
    Held held = accounts.held(handle);
    if (held != null && !held.user().equals(account.id())) {
      Facts theirs = accounts.facts(held.user());
      if (theirs != null && !isDead(theirs) || !accounts.abandon(held.user(), overBy())) {
        return wishAgain(account, introduction);
      }
    }
    return switch (accounts.claim(handle, account.id(), null, held)) {
      case Claim.Done() ->
          identities.finish(account.id(), handle, clock.instant()) ? account : null;
      case Claim.Taken() -> wishAgain(account, introduction);
    };
  }

  private @Nullable Account wishAgain(Account account, Introduction introduction) {
    identities.wish(
        account.id(), account.handle(), next(account.handle(), introduction), clock.instant());
    return null;
  }

  /// A few small numbers, then ones that nobody else will have.
  private Handle next(Handle taken, Introduction introduction) {
    for (int number = 2; number <= Limits.HANDLE_NUMBERS; number++) {
      Handle before = number == 2 ? introduction.wish() : introduction.numbered(number - 1);
      if (taken.equals(before)) {
        return introduction.numbered(number);
      }
    }
    return introduction.numbered(random.nextInt(100_000, 1_000_000));
  }

  private boolean isDead(Facts facts) {
    Instant pendingUntil = facts.pendingUntil();
    return facts.abandoned() || pendingUntil != null && !pendingUntil.isAfter(overBy());
  }

  private Instant overBy() {
    return clock.instant().minus(Limits.SIGN_UP_CLOCK_MARGIN);
  }
}
