package parley.lambda;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.store.StreamDecoder;
import parley.store.StreamDecoder.Decoded;

/// A record of the change stream, as an event carries it: its place in the shard, about when it was
/// written, and what it means.
record StreamRecord(String position, @Nullable Instant written, Decoded decoded) {
  private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

  /// The records of an event, in the order of the shard.
  ///
  /// @throws IllegalArgumentException if it is no event of a stream
  static List<StreamRecord> of(Fields event) {
    return event.objects("Records").stream().map(StreamRecord::record).toList();
  }

  private static StreamRecord record(Fields record) {
    Fields change = record.object("dynamodb");
    BigDecimal seconds = change.number("ApproximateCreationDateTime");
    return new StreamRecord(
        change.required("SequenceNumber"),
        seconds == null ? null : Instant.ofEpochMilli(seconds.multiply(MILLIS).longValue()),
        decoded(change));
  }

  private static Decoded decoded(Fields change) {
    try {
      return StreamDecoder.decode(
          Image.of(change.object("Keys")), Image.of(change.object("NewImage")));
    } catch (IllegalArgumentException e) {
      // The words are this room's own, and hold no values.
      return new Decoded.Broken(String.valueOf(e.getMessage()));
    }
  }

  /// How long ago it was written, nothing where that is not known.
  Duration age(Instant now) {
    Duration age = written == null ? Duration.ZERO : Duration.between(written, now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
