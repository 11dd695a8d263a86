package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.TTL;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What a profile says, and when it is an account's at all.
final class Profile {
  private Profile() {}

  static Expression exists() {
    return exists("");
  }

  static Expression exists(String more) {
    return Expression.of(
            "attribute_exists(#pk) AND attribute_not_exists(#ttl) AND"
                + " attribute_not_exists(erasing)"
                + more)
        .name("#pk", PK)
        .name("#ttl", TTL);
  }

  static @Nullable Account after(Outcome outcome) {
    return outcome instanceof Outcome.Done(var item) ? settled(item) : null;
  }

  /// The account that an item is; null for none, or one whose sign-up was not finished.
  static @Nullable Account settled(@Nullable Map<String, AttributeValue> item) {
    return item == null || !isSettled(item) ? null : read(new Item(item));
  }

  static boolean isSettled(Map<String, AttributeValue> item) {
    return !item.containsKey(TTL) && !item.containsKey(AccountItems.ERASING);
  }

  static UserId user(Map<String, AttributeValue> item) {
    return new UserId(new Item(item).string(AccountItems.USER));
  }

  static Account read(Item item) {
    return new Account(
        new UserId(item.key().pk().substring(Entity.ACCOUNT.pk("").length())),
        new Handle(item.string(AccountItems.HANDLE)),
        new DisplayName(item.string(AccountItems.DISPLAY_NAME)),
        item.time(AccountItems.CREATED_AT),
        item.time(AccountItems.NOT_BEFORE),
        item.has(AccountItems.ERASED_AT) ? item.time(AccountItems.ERASED_AT) : null,
        item.has(AccountItems.DISABLED_AT) ? item.time(AccountItems.DISABLED_AT) : null,
        !item.has(AccountItems.NO_PASSWORD));
  }
}
