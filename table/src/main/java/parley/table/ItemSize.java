package parley.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How large items are by the service's rules, which is what is paid for: names and values in
/// UTF-8, numbers by their digits, lists and maps with what they are made of.
final class ItemSize {
  /// What the service adds to each item, for storage alone.
  static final int STORAGE_OVERHEAD = 100;

  private static final int CONTAINER = 3;

  private ItemSize() {}

  static long of(Map<String, AttributeValue> item) {
    long bytes = 0;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      bytes += utf8(attribute.getKey()) + of(attribute.getValue());
    }
    return bytes;
  }

  /// What the item takes in an index that holds keys only, 0 where it is not in it.
  static long inInbox(Map<String, AttributeValue> item) {
    if (!item.containsKey(TableDesign.INBOX_KEY)) {
      return 0;
    }
    long bytes = 0;
    for (String key : new String[] {TableDesign.PK, TableDesign.SK, TableDesign.INBOX_KEY}) {
      AttributeValue value = item.get(key);
      bytes += value == null ? 0 : utf8(key) + of(value);
    }
    return bytes;
  }

  private static long of(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL -> 1;
      case SS -> value.ss().stream().mapToLong(ItemSize::utf8).sum();
      case NS -> value.ns().stream().mapToLong(ItemSize::number).sum();
      case BS -> value.bs().stream().mapToLong(b -> b.asByteArrayUnsafe().length).sum();
      case L -> CONTAINER + value.l().stream().mapToLong(each -> 1 + of(each)).sum();
      case M -> CONTAINER + value.m().size() + of(value.m());
      case UNKNOWN_TO_SDK_VERSION -> 0;
    };
  }

  /// Two digits a byte, and one byte besides; zeros at either end count for nothing.
  private static long number(String text) {
    int digits = 0;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if (at == '0') {
        zeros++;
      } else if (at > '0' && at <= '9') {
        // Those between others count, those before the first do not.
        digits += digits == 0 ? 1 : zeros + 1;
        zeros = 0;
      }
    }
    return (digits + 1L) / 2 + 1 + (text.startsWith("-") ? 1 : 0);
  }

  /// Most text is ASCII, and is not copied to be counted.
  private static long utf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return text.getBytes(UTF_8).length;
      }
    }
    return text.length();
  }

  /// Write units of the table for a write that found the item so large and left it so large: the
  /// larger of the two counts, a refused write by what it found.
  static double writeUnits(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    return kilobytes(Math.max(of(before), of(after)));
  }

  /// Write units of the index: to take a place out and to put one in are a write each.
  static double indexUnits(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    AttributeValue from = before.get(TableDesign.INBOX_KEY);
    AttributeValue to = after.get(TableDesign.INBOX_KEY);
    if (from == null ? to == null : from.equals(to)) {
      return 0;
    }
    return (from == null ? 0 : kilobytes(inInbox(before)))
        + (to == null ? 0 : kilobytes(inInbox(after)));
  }

  private static double kilobytes(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, 1024));
  }

  /// Read units of so many bytes, read at once.
  static double readUnits(long bytes, boolean strong) {
    double whole = Math.max(1, Math.ceilDiv(bytes, 4096));
    return strong ? whole : whole / 2;
  }
}
