package parley.store;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// The change stream that a table has. Whoever switches it off and on again, or drops the table and
/// makes it anew, gives it another one: the one before ends, and who goes on reading that hears of
/// nothing any more.
public final class ChangeStream {
  private final DynamoDbStreamsClient streams;
  private final Table table;
  private TableDescription described;

  /// As the table was described.
  public ChangeStream(DynamoDbStreamsClient streams, Table table, TableDescription described) {
    this.streams = streams;
    this.table = table;
    this.described = described;
  }

  public String arn() {
    return described.latestStreamArn();
  }

  /// Tells it from others that the table had.
  String label() {
    return described.latestStreamLabel();
  }

  /// What there is of it: its shards, in no order, and whether there will be more.
  public record Seen(List<Shard> shards, boolean isOn) {
    public Seen {
      shards = List.copyOf(shards);
    }
  }

  public Seen look() {
    List<Shard> shards = new ArrayList<>();
    boolean on = false;
    String from = null;
    try {
      do {
        String start = from;
        StreamDescription page =
            streams
                .describeStream(r -> r.streamArn(arn()).exclusiveStartShardId(start))
                .streamDescription();
        shards.addAll(page.shards());
        // Whoever does not say means that it is.
        StreamStatus status = page.streamStatus();
        on = status != StreamStatus.DISABLED && status != StreamStatus.DISABLING;
        from = page.lastEvaluatedShardId();
      } while (from != null);
    } catch (ResourceNotFoundException e) {
      return new Seen(List.of(), false);
    }
    return new Seen(shards, on);
  }

  /// Whether the table has another one by now: from here on it is that one.
  public boolean isAnother() {
    TableDescription now;
    try {
      now = table.client().describeTable(r -> r.tableName(table.name())).table();
    } catch (ResourceNotFoundException e) {
      return false;
    }
    if (now.latestStreamArn() == null || now.latestStreamArn().equals(arn())) {
      return false;
    }
    described = now;
    return true;
  }
}
