package parley.table;

import java.util.Map;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Mends what an audit finds and what can be mended without a doubt, each under the condition that
/// it still is as it was found. Rows are a rebuild's, which comes after it.
final class Mender {
  private final OpenTable table;

  Mender(OpenTable table) {
    this.table = table;
  }

  /// What is left alone whatever is found, and why.
  static String leaves(String kind) {
    return switch (kind) {
      case Audit.ORPHAN ->
          "Left alone: accounts, handles and entries, for a sign-up may be half-way, and what people"
              + " wrote is not thrown away. Only sessions of nobody are removed.";
      case Audit.BESIDE -> "Left alone: who made the index may need it. Drop it with UpdateTable.";
      case Audit.SET_ASIDE ->
          "Left alone: look at the record's cause, then delete the item. Rows are compared anyway.";
      default -> "Left alone: it has changed since, so look again.";
    };
  }

  /// Takes an item out of the index that it does not belong into: an entry for good, a row until
  /// the rebuild puts it where its log says.
  boolean takeOut(Map<String, AttributeValue> item) {
    try {
      table
          .client()
          .updateItem(r ->
              r.tableName(table.name())
                  .key(key(item))
                  .updateExpression("REMOVE #key")
                  .conditionExpression("#key = :was")
                  .expressionAttributeNames(Map.of("#key", TableDesign.INBOX_KEY))
                  .expressionAttributeValues(Map.of(":was", item.get(TableDesign.INBOX_KEY))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /// Deletes a session whose account is not there: nobody can be signed in by it.
  boolean endSession(Map<String, AttributeValue> item) {
    try {
      table
          .client()
          .deleteItem(r ->
              r.tableName(table.name())
                  .key(key(item))
                  .conditionExpression("#user = :was")
                  .expressionAttributeNames(Map.of("#user", "user"))
                  .expressionAttributeValues(Map.of(":was", item.get("user"))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Pointers.key(Ink.key(item, TableDesign.PK), Ink.key(item, TableDesign.SK));
  }
}
