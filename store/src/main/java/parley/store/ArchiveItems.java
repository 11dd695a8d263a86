package parley.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.export.Export;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How [ArchiveTable] writes down how far an archive is.
final class ArchiveItems {
  static final String VERSION = "version";
  static final String BYTES = "bytes";

  private static final String USER = "user";
  private static final String PLACE = "place";
  private static final String STATE = "state";
  private static final String ASKED_AT = "askedAt";
  private static final String DONE = "done";
  private static final String TOTAL = "total";
  private static final String ATTEMPTS = "attempts";
  private static final String TOUCHED_AT = "touchedAt";
  private static final String UNTIL = "until";
  private static final String PARTS = "parts";
  private static final String MARK = "mark";

  private ArchiveItems() {}

  /// All but the key.
  static Map<String, AttributeValue> of(Export export) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(USER, AttributeValue.fromS(export.user().value()));
    item.put(PLACE, AttributeValue.fromS(export.place()));
    item.put(STATE, AttributeValue.fromS(export.state().name()));
    item.put(ASKED_AT, number(export.askedAt().toEpochMilli()));
    item.put(DONE, number(export.done()));
    item.put(TOTAL, number(export.total()));
    item.put(ATTEMPTS, number(export.attempts()));
    item.put(TOUCHED_AT, number(export.touchedAt().toEpochMilli()));
    item.put(PARTS, number(export.parts()));
    item.put(VERSION, number(export.version()));
    Instant until = export.until();
    if (until != null) {
      item.put(UNTIL, number(until.toEpochMilli()));
    }
    String mark = export.mark();
    if (mark != null) {
      item.put(MARK, AttributeValue.fromS(mark));
    }
    item.put(ArchiveTable.TTL, seconds(export.end().plus(Limits.EXPORT_LIFE)));
    return item;
  }

  static Export read(Map<String, AttributeValue> item) {
    AttributeValue mark = item.get(MARK);
    return new Export(
        new UserId(text(item, USER)),
        text(item, PLACE),
        Export.State.valueOf(text(item, STATE)),
        Instant.ofEpochMilli(number(item, ASKED_AT)),
        Math.toIntExact(number(item, DONE)),
        Math.toIntExact(number(item, TOTAL)),
        Math.toIntExact(number(item, ATTEMPTS)),
        Instant.ofEpochMilli(number(item, TOUCHED_AT)),
        item.containsKey(UNTIL) ? Instant.ofEpochMilli(number(item, UNTIL)) : null,
        Math.toIntExact(number(item, PARTS)),
        mark == null ? null : mark.s(),
        number(item, VERSION));
  }

  static byte[] bytes(Map<String, AttributeValue> item) {
    return there(item, BYTES).b().asByteArrayUnsafe();
  }

  /// When what belongs to it goes by itself: it is surely over then, however long it was written.
  static AttributeValue latest(Export export) {
    return seconds(export.end().plus(Limits.EXPORT_LIFE.multipliedBy(2)));
  }

  /// As TTL has it.
  static AttributeValue seconds(Instant at) {
    return number(at.getEpochSecond());
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    return Long.parseLong(there(item, name).n());
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return there(item, name).s();
  }

  private static AttributeValue there(Map<String, AttributeValue> item, String name) {
    @Nullable AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException("an archive without " + name);
    }
    return value;
  }
}
