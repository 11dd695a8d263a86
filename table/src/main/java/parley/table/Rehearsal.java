package parley.table;

import java.util.Map;
import parley.engine.Engine;
import parley.store.Capabilities;
import parley.store.TableAdmin;
import parley.store.TableAdmin.Capacity;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Where writes happen that are only tried: a table in memory, into which the item that a write
/// concerns is copied first. So a write meets what is really there, and changes nothing of it.
final class Rehearsal implements AutoCloseable {
  private final OpenTable table;
  private final Engine engine = Engine.inMemory();

  Rehearsal(OpenTable table) {
    this.table = table;
    new TableAdmin(engine.client(), table.name(), Capabilities.ALL).ensure(new Capacity.OnDemand());
  }

  /// The item that a write concerns, as it was and as it is then; empty for none.
  record Change(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {}

  /// The item as it is here.
  Map<String, AttributeValue> item(DynamoDbRequest request) {
    Map<String, AttributeValue> key = Recorder.keyOf(request);
    var here =
        engine.client().getItem(r -> r.tableName(table.name()).key(key).consistentRead(true));
    return here.hasItem() ? here.item() : Map.of();
  }

  /// Brings the item here that a write concerns, as the table has it.
  Map<String, AttributeValue> bring(DynamoDbRequest request) {
    copy(Recorder.keyOf(request));
    return item(request);
  }

  DynamoDbResponse answer(DynamoDbRequest request) {
    DynamoDbClient client = engine.client();
    return switch (request) {
      case PutItemRequest put -> client.putItem(put);
      case UpdateItemRequest update -> client.updateItem(update);
      case DeleteItemRequest delete -> client.deleteItem(delete);
      default -> throw new IllegalArgumentException(Recorder.operation(request) + " is no write");
    };
  }

  private void copy(Map<String, AttributeValue> key) {
    var there =
        table.client().getItem(r -> r.tableName(table.name()).key(key).consistentRead(true));
    if (there.hasItem() && !there.item().isEmpty()) {
      engine.client().putItem(r -> r.tableName(table.name()).item(there.item()));
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
