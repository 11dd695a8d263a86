package parley.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.messaging.StoreUnavailable;
import parley.store.TableDesign.Reads;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/// One table of one engine: every request of the store goes through here, under the name of its
/// access pattern.
///
/// Faults that pass (throttles, time-outs, server errors) come out as [StoreUnavailable], after the
/// client's own retries. A failed condition is no fault: it comes out as the item that is there.
public final class Table {
  /// Keys in one BatchGetItem, by the service's rule.
  private static final int BATCH_GET_KEYS = 100;

  /// Round trips for one BatchGetItem whose keys the service does not take all at once.
  private static final int BATCH_GET_ATTEMPTS = 8;

  private final DynamoDbClient client;
  private final String name;
  private final Capabilities capabilities;
  private final Units units;

  public Table(DynamoDbClient client, String name, Capabilities capabilities, Units units) {
    this.client = client;
    this.name = name;
    this.capabilities = capabilities;
    this.units = units;
  }

  public String name() {
    return name;
  }

  DynamoDbClient client() {
    return client;
  }

  Capabilities capabilities() {
    return capabilities;
  }

  /// What became of a conditional write.
  sealed interface Outcome {
    /// Written; `item` is the item as it is now, where that was asked for, else empty.
    record Done(Map<String, AttributeValue> item) implements Outcome {}

    /// The condition failed; this is the item that is there, null for none.
    record Refused(@Nullable Map<String, AttributeValue> item) implements Outcome {}
  }

  /// Whether the table answers now, and can be used.
  public boolean answers() {
    return client.describeTable(r -> r.tableName(name)).table().tableStatus() == TableStatus.ACTIVE;
  }

  @Nullable Map<String, AttributeValue> get(AccessPattern pattern, Key key) {
    return get(pattern, key, pattern.reads() == Reads.STRONG);
  }

  private @Nullable Map<String, AttributeValue> get(
      AccessPattern pattern, Key key, boolean strong) {
    var response =
        guarded(() ->
            client.getItem(r ->
                r.tableName(name)
                    .key(key.item())
                    .consistentRead(strong)
                    .returnConsumedCapacity(capacity())));
    units.consumed(pattern, response.consumedCapacity());
    return response.hasItem() ? response.item() : null;
  }

  /// Puts an item, if `condition` holds (null for none).
  Outcome put(
      AccessPattern pattern, Map<String, AttributeValue> item, @Nullable Expression condition) {
    return conditional(
        pattern,
        Key.of(item),
        () ->
            client.putItem(r -> {
              r.tableName(name).item(item).returnConsumedCapacity(capacity());
              if (condition != null) {
                r.conditionExpression(condition.text())
                    .expressionAttributeNames(orNone(condition.names()))
                    .expressionAttributeValues(orNone(condition.values()))
                    .returnValuesOnConditionCheckFailure(onFailure());
              }
            }),
        response -> {
          units.consumed(pattern, response.consumedCapacity());
          return Map.of();
        });
  }

  /// Changes an item, making it where it is not there, if `condition` holds (null for none).
  Outcome update(
      AccessPattern pattern, Key key, Expression change, @Nullable Expression condition) {
    Expression both = condition == null ? change : change.with(condition);
    return conditional(
        pattern,
        key,
        () ->
            client.updateItem(r -> {
              r.tableName(name)
                  .key(key.item())
                  .updateExpression(change.text())
                  .expressionAttributeNames(orNone(both.names()))
                  .expressionAttributeValues(orNone(both.values()))
                  .returnValues(ReturnValue.ALL_NEW)
                  .returnConsumedCapacity(capacity());
              if (condition != null) {
                r.conditionExpression(condition.text())
                    .returnValuesOnConditionCheckFailure(onFailure());
              }
            }),
        response -> {
          units.consumed(pattern, response.consumedCapacity());
          return response.attributes();
        });
  }

  /// Deletes an item if `condition` holds; what was there, if it did.
  Outcome take(AccessPattern pattern, Key key, Expression condition) {
    return conditional(
        pattern,
        key,
        () ->
            client.deleteItem(r ->
                r.tableName(name)
                    .key(key.item())
                    .conditionExpression(condition.text())
                    .expressionAttributeNames(orNone(condition.names()))
                    .expressionAttributeValues(orNone(condition.values()))
                    .returnValues(ReturnValue.ALL_OLD)
                    .returnValuesOnConditionCheckFailure(onFailure())
                    .returnConsumedCapacity(capacity())),
        response -> {
          units.consumed(pattern, response.consumedCapacity());
          return response.attributes();
        });
  }

  void delete(AccessPattern pattern, Key key) {
    var response =
        guarded(() ->
            client.deleteItem(
                r -> r.tableName(name).key(key.item()).returnConsumedCapacity(capacity())));
    units.consumed(pattern, response.consumedCapacity());
  }

  /// The first `limit` items of a partition whose sort keys begin with `prefix`.
  List<Map<String, AttributeValue>> beginning(
      AccessPattern pattern, String partition, String prefix, int limit) {
    return query(
        pattern,
        pattern.reads() == Reads.STRONG,
        limit,
        r ->
            r.keyConditionExpression("#pk = :pk AND begins_with(#sk, :prefix)")
                .expressionAttributeNames(Map.of("#pk", TableDesign.PK, "#sk", TableDesign.SK))
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(partition),
                        ":prefix", AttributeValue.fromS(prefix))));
  }

  /// One round trip of a Query: at most `limit` items, fewer if they are more than 1 MB.
  List<Map<String, AttributeValue>> query(
      AccessPattern pattern,
      boolean strong,
      int limit,
      java.util.function.Consumer<QueryRequest.Builder> request) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, AttributeValue> from = null;
    do {
      Map<String, AttributeValue> start = from;
      var response =
          guarded(() ->
              client.query(r -> {
                request.accept(r);
                r.tableName(name).limit(limit - items.size()).returnConsumedCapacity(capacity());
                if (strong) {
                  r.consistentRead(true);
                }
                if (start != null) {
                  r.exclusiveStartKey(start);
                }
              }));
      units.consumed(pattern, response.consumedCapacity());
      items.addAll(response.items());
      from = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
      // Rarely more than once round: only where a page is larger than the service's 1 MB.
    } while (from != null && items.size() < limit);
    return items;
  }

  /// The items with these keys, in no order; those that are not there are left out.
  List<Map<String, AttributeValue>> batchGet(AccessPattern pattern, Collection<Key> keys) {
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    List<Key> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += BATCH_GET_KEYS) {
      List<Key> part = all.subList(from, Math.min(all.size(), from + BATCH_GET_KEYS));
      batchGet(pattern, part, found);
    }
    return found;
  }

  private void batchGet(
      AccessPattern pattern, List<Key> keys, List<Map<String, AttributeValue>> found) {
    Map<String, KeysAndAttributes> wanted =
        Map.of(
            name,
            KeysAndAttributes.builder()
                .keys(keys.stream().map(Key::item).toList())
                .consistentRead(pattern.reads() == Reads.STRONG)
                .build());
    for (int attempt = 0; attempt < BATCH_GET_ATTEMPTS; attempt++) {
      Map<String, KeysAndAttributes> asked = wanted;
      BatchGetItemResponse response =
          guarded(() ->
              client.batchGetItem(r -> r.requestItems(asked).returnConsumedCapacity(capacity())));
      // One table was asked, so there is one answer, or none where it was not asked for.
      units.consumed(pattern, response.consumedCapacity().stream().findFirst().orElse(null));
      found.addAll(response.responses().getOrDefault(name, List.of()));
      wanted = response.unprocessedKeys();
      if (wanted.isEmpty()) {
        return;
      }
      pause(attempt);
    }
    throw new StoreUnavailable(
        "the table did not hand out all items in " + BATCH_GET_ATTEMPTS + " attempts",
        new IllegalStateException("unprocessed keys"));
  }

  private <R> Outcome conditional(
      AccessPattern pattern,
      Key key,
      Supplier<R> request,
      Function<R, Map<String, AttributeValue>> done) {
    try {
      return new Outcome.Done(done.apply(guarded(request)));
    } catch (ConditionalCheckFailedException e) {
      units.refused(pattern);
      if (capabilities.itemOnFailedCondition()) {
        return new Outcome.Refused(e.hasItem() && !e.item().isEmpty() ? e.item() : null);
      }
      return new Outcome.Refused(get(pattern, key, true));
    }
  }

  /// Runs a request; faults that pass come out as [StoreUnavailable].
  <R> R guarded(Supplier<R> request) {
    try {
      return request.get();
    } catch (ProvisionedThroughputExceededException
        | RequestLimitExceededException
        | ThrottlingException
        | InternalServerErrorException
        | SdkClientException e) {
      throw unavailable(e.getClass().getSimpleName(), e);
    } catch (DynamoDbException e) {
      if (e.statusCode() >= 500 || e.isThrottlingException()) {
        throw unavailable(Integer.toString(e.statusCode()), e);
      }
      throw e;
    } catch (AwsServiceException e) {
      // What the embedded engine says once it has been closed: an exception of no service.
      throw unavailable(e.getClass().getSimpleName(), e);
    }
  }

  private StoreUnavailable unavailable(String how, RuntimeException cause) {
    units.unavailable();
    return new StoreUnavailable("the table did not answer: " + how, cause);
  }

  private ReturnConsumedCapacity capacity() {
    return capabilities.consumedCapacity() && units.asks()
        ? ReturnConsumedCapacity.INDEXES
        : ReturnConsumedCapacity.NONE;
  }

  private ReturnValuesOnConditionCheckFailure onFailure() {
    return capabilities.itemOnFailedCondition()
        ? ReturnValuesOnConditionCheckFailure.ALL_OLD
        : ReturnValuesOnConditionCheckFailure.NONE;
  }

  /// The service refuses empty maps, and takes none.
  private static <V> @Nullable Map<String, V> orNone(Map<String, V> map) {
    return map.isEmpty() ? null : map;
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(10L << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The text of an update or a condition, with the names and values that it speaks of.
  record Expression(String text, Map<String, String> names, Map<String, AttributeValue> values) {
    static Expression of(String text) {
      return new Expression(text, Map.of(), Map.of());
    }

    Expression name(String placeholder, String attribute) {
      Map<String, String> more = new HashMap<>(names);
      more.put(placeholder, attribute);
      return new Expression(text, more, values);
    }

    Expression value(String placeholder, AttributeValue value) {
      Map<String, AttributeValue> more = new HashMap<>(values);
      more.put(placeholder, value);
      return new Expression(text, names, more);
    }

    Expression value(String placeholder, String value) {
      return value(placeholder, AttributeValue.fromS(value));
    }

    Expression value(String placeholder, long value) {
      return value(placeholder, AttributeValue.fromN(Long.toString(value)));
    }

    private Expression with(Expression other) {
      Map<String, String> allNames = new HashMap<>(names);
      allNames.putAll(other.names);
      Map<String, AttributeValue> allValues = new HashMap<>(values);
      allValues.putAll(other.values);
      return new Expression(text, allNames, allValues);
    }
  }
}
