package parley.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Whether two heaps of items are the same, whatever their order: how many there are, and the sum
/// of the first 64 bits of each one's SHA-256.
final class Checksum {
  private long items;
  private long sum;

  Checksum() {}

  Checksum(long items, String sum) {
    this.items = items;
    this.sum = Long.parseUnsignedLong(sum, 16);
  }

  void add(Map<String, AttributeValue> item) {
    add(text(item));
  }

  /// An item whose [#text] somebody has already.
  void add(String text) {
    items++;
    sum += of(text);
  }

  /// What the checksum is of: the same for the same item, wherever it was read.
  static String text(Map<String, AttributeValue> item) {
    return DynamoJson.itemText(item);
  }

  /// One item's part of it.
  static long of(Map<String, AttributeValue> item) {
    return of(text(item));
  }

  private static long of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(digest("SHA-256", bytes)).getLong();
  }

  long items() {
    return items;
  }

  String text() {
    return Long.toHexString(sum);
  }

  boolean isSameAs(Checksum other) {
    return items == other.items && sum == other.sum;
  }

  /// A file's checksum as the service's exports have it.
  static String md5(byte[] file) {
    return Base64.getEncoder().encodeToString(digest("MD5", file));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + algorithm, e);
    }
  }
}
