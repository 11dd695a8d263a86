package parley.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Which secret the conversations of this table are named with: its fingerprint, written by the
/// first deployment that opened the table.
public final class DeploymentItem {
  private static final String FINGERPRINT = "fingerprint";

  private DeploymentItem() {}

  /// Whether the table belongs to this secret. A table that belongs to none does from now on.
  ///
  /// It is looked at first: this never changes, and functions ask by the hundred when many start at
  /// once, all of the same item.
  public static boolean belongsTo(Table table, Secret secret) {
    String fingerprint = secret.fingerprint();
    String there = fingerprint(table.get(AccessPattern.TABLE_OWNER, Key.deployment()));
    if (there != null) {
      return fingerprint.equals(there);
    }
    Outcome outcome =
        table.put(
            AccessPattern.CLAIM_TABLE,
            new Item.Builder(Key.deployment()).put(FINGERPRINT, fingerprint).build(),
            Expression.of("attribute_not_exists(#pk)").name("#pk", TableDesign.PK));
    return switch (outcome) {
      case Outcome.Done _ -> true;
      case Outcome.Refused(var item) -> fingerprint.equals(fingerprint(item));
    };
  }

  /// Whether the table belongs to a deployment with another secret. Changes nothing.
  public static boolean belongsToAnother(Table table, Secret secret) {
    String there = fingerprint(table.get(AccessPattern.TABLE_OWNER, Key.deployment()));
    return there != null && !there.equals(secret.fingerprint());
  }

  private static @Nullable String fingerprint(@Nullable Map<String, AttributeValue> item) {
    return item == null ? null : new Item(item).optionalString(FINGERPRINT);
  }
}
