package parley.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// A place in one shard of the change stream, for whoever reads it for themselves.
final class ShardCursor {
  /// Records of one read: what is told again after a crash is about as much.
  private static final int RECORDS = 200;

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final String shard;

  /// The last record that was handled, null for none.
  private @Nullable String position;

  private @Nullable String lastRead;
  private @Nullable String iterator;
  private boolean ended;

  /// From behind `position` on; without one from the oldest record that there is.
  ShardCursor(
      DynamoDbStreamsClient streams, String streamArn, String shard, @Nullable String position) {
    this.streams = streams;
    this.streamArn = streamArn;
    this.shard = shard;
    this.position = position;
    this.ended = Checkpoints.SHARD_END.equals(position);
  }

  String shard() {
    return shard;
  }

  /// What there was; `lost` says that what was before it is not there any more.
  record Piece(List<Record> records, boolean lost) {
    Piece {
      records = List.copyOf(records);
    }
  }

  /// The next records. They are read again unless [#handled] follows.
  Piece read() {
    if (ended) {
      return new Piece(List.of(), false);
    }
    boolean lost = false;
    GetRecordsResponse response;
    try {
      response = records();
    } catch (ExpiredIteratorException e) {
      iterator = null;
      response = records();
    } catch (TrimmedDataAccessException e) {
      lost = true;
      position = null;
      iterator = iterator(ShardIteratorType.TRIM_HORIZON, null);
      response = records();
    }
    List<Record> records = response.records();
    lastRead = records.isEmpty() ? null : records.getLast().dynamodb().sequenceNumber();
    iterator = response.nextShardIterator();
    return new Piece(records, lost);
  }

  private GetRecordsResponse records() {
    String at = iterator == null ? iterator() : iterator;
    iterator = at;
    return streams.getRecords(r -> r.shardIterator(at).limit(RECORDS));
  }

  private String iterator() {
    return position != null
        ? iterator(ShardIteratorType.AFTER_SEQUENCE_NUMBER, position)
        : iterator(ShardIteratorType.TRIM_HORIZON, null);
  }

  private String iterator(ShardIteratorType type, @Nullable String after) {
    return streams
        .getShardIterator(r -> {
          r.streamArn(streamArn).shardId(shard).shardIteratorType(type);
          if (after != null) {
            r.sequenceNumber(after);
          }
        })
        .shardIterator();
  }

  /// What was read last need not be read again.
  void handled() {
    if (lastRead != null) {
      position = lastRead;
    }
    if (iterator == null) {
      ended = true;
      position = Checkpoints.SHARD_END;
    }
  }

  boolean isAtEnd() {
    return ended;
  }

  @Nullable String position() {
    return position;
  }
}
