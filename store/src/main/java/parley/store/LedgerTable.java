package parley.store;

import java.util.Map;
import java.util.function.Supplier;
import parley.messaging.Secret;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;
import parley.messaging.erasure.ErasedNames;
import parley.messaging.erasure.ErasureLedger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/// The ledger of erased accounts where there is no folder for a file: a second table, of keyed
/// hashes and nothing else, so that no backup of the first one takes it back in time.
///
/// An item for each account, and one that counts changes. It is counted before it is written: who
/// dies in between has counted something that did not happen, and never the other way round.
public final class LedgerTable implements ErasureLedger {
  /// The table's one key.
  public static final String KEY = "erased";

  /// The item that counts. No hash is as short.
  private static final String CHANGES = "changes";

  private static final String NUMBER = "n";

  private final DynamoDbClient client;
  private final String name;
  private final ErasedNames as;

  /// The table of this name, which is there already.
  public LedgerTable(DynamoDbClient client, String name, Secret secret) {
    this.client = client;
    this.name = name;
    this.as = new ErasedNames(secret);
  }

  @Override
  public void add(UserId user) {
    if (names(user)) {
      return;
    }
    answered(() ->
        client.updateItem(r ->
            r.tableName(name)
                .key(key(CHANGES))
                .updateExpression("ADD #n :one")
                .expressionAttributeNames(Map.of("#n", NUMBER))
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))));
    answered(() -> client.putItem(r -> r.tableName(name).item(key(as.of(user)))));
  }

  @Override
  public boolean names(UserId user) {
    return item(as.of(user)).hasItem();
  }

  @Override
  public String state() {
    AttributeValue changes = item(CHANGES).item().get(NUMBER);
    return changes == null ? "" : changes.n();
  }

  private GetItemResponse item(String key) {
    return answered(
        () -> client.getItem(r -> r.tableName(name).key(key(key)).consistentRead(true)));
  }

  private static Map<String, AttributeValue> key(String value) {
    return Map.of(KEY, AttributeValue.fromS(value));
  }

  private static <T> T answered(Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw new StoreUnavailable("the ledger of erased accounts does not answer", e);
    }
  }
}
