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
/// I#https://id.example.com#4711   IDENTITY   user
/// ```
public final class IdentityItems implements IdentityStore {
  private static final String USER = "user";

  private final Table table;

  public IdentityItems(Table table) {
    this.table = table;
  }

  @Override
  public @Nullable UserId owner(Identity identity) {
    Map<String, AttributeValue> item =
        table.get(AccessPattern.IDENTITY_OWNER, Key.identity(identity));
    return item == null ? null : new Item(item).user(USER);
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
