package parley.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxCursor;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.Position;

/// Where a list goes on, as clients carry it: opaque, and no good to anybody else.
///
/// A version byte, the cursor's fields, and the first 16 bytes of their HMAC-SHA-256, all in
/// base64url. The MAC covers the route and the account too, so a cursor that was changed, given to
/// another list, or taken from another person is no cursor.
final class Cursors {
  private static final int VERSION = 1;
  private static final int MAC_BYTES = 16;

  /// Those that are believed; the first one signs.
  private final List<SecretKey> keys;

  Cursors(Secret secret) {
    this.keys = secret.keys("cursor");
  }

  String write(String route, UserId user, InboxCursor cursor) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      writePosition(out, cursor.below());
      writePlace(out, cursor.ceiling());
      writePlace(out, cursor.floor());
      writePosition(out, cursor.within());
      out.write(mac(keys.getFirst(), route, user, bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /// What [#write] was given, or null if `text` did not come from it for this route and account.
  @Nullable InboxCursor read(String route, UserId user, String text) {
    byte[] bytes = decoded(text);
    if (bytes == null || bytes.length <= MAC_BYTES) {
      return null;
    }
    byte[] content = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, content.length, bytes.length);
    if (keys.stream()
        .noneMatch(key -> MessageDigest.isEqual(mac, mac(key, route, user, content)))) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      // An older version of this program may have given it out.
      return in.readByte() == VERSION
          ? new InboxCursor(readPosition(in), readPlace(in), readPlace(in), readPosition(in))
          : null;
    } catch (IOException e) {
      throw new UncheckedIOException("a cursor with a good MAC was cut off", e);
    }
  }

  /// The bytes of strict base64url: no padding, and no spare bits that could be anything.
  private static byte @Nullable [] decoded(String text) {
    if (text.length() > Bounds.CURSOR_CHARS) {
      return null;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)
          ? bytes
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] mac(SecretKey key, String route, UserId user, byte[] content) {
    // No route and no id contains the separator, so nothing can be read as something else.
    byte[] bound = (route + "|" + user.value() + "|").getBytes(StandardCharsets.UTF_8);
    byte[] message = Arrays.copyOf(bound, bound.length + content.length);
    System.arraycopy(content, 0, message, bound.length, content.length);
    return Arrays.copyOf(Secret.hmac(key, message), MAC_BYTES);
  }

  private static void writePosition(DataOutputStream out, @Nullable Position position)
      throws IOException {
    out.writeBoolean(position != null);
    if (position != null) {
      out.writeLong(position.lastAt().toEpochMilli());
      out.writeUTF(position.conversation().value());
    }
  }

  private static @Nullable Position readPosition(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new Position(Instant.ofEpochMilli(in.readLong()), new ConversationId(in.readUTF()))
        : null;
  }

  private static void writePlace(DataOutputStream out, @Nullable Place place) throws IOException {
    out.writeBoolean(place != null);
    if (place != null) {
      out.writeUTF(place.folder());
      out.writeLong(place.movedAt().toEpochMilli());
      out.writeUTF(place.conversation().value());
    }
  }

  private static @Nullable Place readPlace(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new Place(
            in.readUTF(), Instant.ofEpochMilli(in.readLong()), new ConversationId(in.readUTF()))
        : null;
  }
}
