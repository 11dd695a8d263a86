package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.TTL;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.account.IdentityStore;
import parley.messaging.account.UserId;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Identities, each of which leads to one account:
///
/// ```
/// I#https://id.example.com#4711   IDENTITY   user; mark, goneAt
/// L#7f3a…                         RELINK     whose account is kept for whoever comes with this mark
/// ```
public final class IdentityItems implements IdentityStore {
  private static final String USER = "user";

  /// A keyed hash of what its issuer says of its person and of nobody else.
  private static final String MARK = "mark";

  private static final String GONE_AT = "goneAt";

  /// The identity that was given an account which was kept.
  private static final String TAKEN_BY = "takenBy";

  private final Table table;

  public IdentityItems(Table table) {
    this.table = table;
  }

  @Override
  public @Nullable Known known(Identity identity) {
    Map<String, AttributeValue> there =
        table.get(AccessPattern.IDENTITY_OWNER, Key.identity(identity));
    if (there == null) {
      return null;
    }
    Item item = new Item(there);
    return new Known(
        item.user(USER), item.optionalString(MARK), item.has(GONE_AT) ? item.time(GONE_AT) : null);
  }

  @Override
  public void mark(Identity identity, UserId user, String mark) {
    note(
        identity,
        user,
        Expression.of("SET #mark = :mark").name("#mark", MARK).value(":mark", mark));
  }

  @Override
  public void gone(Identity identity, UserId user, Instant at) {
    note(
        identity,
        user,
        Expression.of("SET #gone = :at").name("#gone", GONE_AT).value(":at", at.toEpochMilli()));
  }

  private void note(Identity identity, UserId user, Expression change) {
    table.update(
        AccessPattern.NOTE_IDENTITY,
        Key.identity(identity),
        change,
        Expression.of("#user = :user").name("#user", USER).value(":user", user.value()));
  }

  @Override
  public void keep(String mark, UserId user, Identity former, Instant now, Instant until) {
    table.put(
        AccessPattern.KEEP_FOR_HEIR,
        new Item.Builder(Key.heir(mark)).put(USER, user.value()).expiresAt(until).build(),
        Expression.of("attribute_not_exists(#pk) OR #ttl <= :now OR #taken = :former")
            .name("#pk", PK)
            .name("#ttl", TTL)
            .name("#taken", TAKEN_BY)
            .value(":now", now.getEpochSecond())
            .value(":former", Key.identity(former).pk()));
  }

  @Override
  public @Nullable UserId take(String mark, Identity identity, Instant now) {
    Outcome outcome =
        table.update(
            AccessPattern.TAKE_AS_HEIR,
            Key.heir(mark),
            Expression.of("SET #taken = :identity").name("#taken", TAKEN_BY),
            Expression.of(
                    "attribute_exists(#pk) AND #ttl > :now"
                        + " AND (attribute_not_exists(#taken) OR #taken = :identity)")
                .name("#pk", PK)
                .name("#ttl", TTL)
                .value(":now", now.getEpochSecond())
                .value(":identity", Key.identity(identity).pk()));
    return outcome instanceof Outcome.Done(var item) ? new Item(item).user(USER) : null;
  }

  @Override
  public UserId link(Identity identity, UserId user, @Nullable UserId insteadOf) {
    Expression free =
        insteadOf == null
            ? Expression.of("attribute_not_exists(#pk)")
            : Expression.of("attribute_not_exists(#pk) OR #user = :dead")
                .name("#user", USER)
                .value(":dead", insteadOf.value());
    Outcome outcome =
        table.put(
            AccessPattern.LINK_IDENTITY,
            new Item.Builder(Key.identity(identity)).put(USER, user.value()).build(),
            free.name("#pk", PK));
    return switch (outcome) {
      case Outcome.Done _ -> user;
      // Whoever was quicker; or oneself, where the answer to a first try was lost.
      case Outcome.Refused(var there) -> there == null ? user : new Item(there).user(USER);
    };
  }

  @Override
  public void begin(Account account, Instant expiresAt) {
    table.put(
        AccessPattern.SIGN_UP_PROFILE,
        AccountItems.profile(account, expiresAt),
        Expression.of("attribute_not_exists(#pk)").name("#pk", PK));
  }

  @Override
  public void wish(UserId user, Handle taken, Handle next, Instant now) {
    table.update(
        AccessPattern.WISH_HANDLE,
        Key.account(user),
        Expression.of("SET #handle = :next")
            .name("#handle", AccountItems.HANDLE)
            .value(":next", next.value()),
        pendingUnder(taken, now));
  }

  @Override
  public boolean finish(UserId user, Handle handle, Instant now) {
    Outcome outcome =
        table.update(
            AccessPattern.FINISH_INTRODUCTION,
            Key.account(user),
            Expression.of("REMOVE #ttl").name("#ttl", TTL),
            pendingUnder(handle, now));
    return switch (outcome) {
      case Outcome.Done _ -> true;
      case Outcome.Refused(var there) -> Profile.settled(there) != null;
    };
  }

  private static Expression pendingUnder(Handle handle, Instant now) {
    return Expression.of(
            "attribute_exists(#pk) AND #ttl > :now AND attribute_not_exists(#abandoned)"
                + " AND #handle = :handle")
        .name("#pk", PK)
        .name("#ttl", TTL)
        .name("#abandoned", AccountItems.ABANDONED)
        .name("#handle", AccountItems.HANDLE)
        .value(":now", now.getEpochSecond())
        .value(":handle", handle.value());
  }
}
