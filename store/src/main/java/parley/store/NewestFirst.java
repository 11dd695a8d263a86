package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.SK;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A page of a collection whose keys begin with a time in digits, newest first.
final class NewestFirst {
  private NewestFirst() {}

  /// The newest before `key`, or the newest of all.
  static List<Map<String, AttributeValue>> page(
      Table table, AccessPattern pattern, Entity entity, @Nullable String key, int limit) {
    // Digits come before ~, so every key lies between these two.
    String newest = entity.sk(key == null ? "~" : key);
    return table
        .query(
            pattern,
            false,
            // One more, for the one that the range ends with is the last of the page before.
            limit + 1,
            r ->
                r.keyConditionExpression("#pk = :pk AND #sk BETWEEN :oldest AND :newest")
                    .scanIndexForward(false)
                    .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(entity.pk("")),
                            ":oldest", AttributeValue.fromS(entity.skPrefix()),
                            ":newest", AttributeValue.fromS(newest))))
        .stream()
        .filter(item -> !Key.of(item).sk().equals(newest))
        .limit(limit)
        .toList();
  }
}
