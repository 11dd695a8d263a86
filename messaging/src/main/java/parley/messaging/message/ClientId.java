package parley.messaging.message;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import parley.messaging.Parsed;

/// The name that a client gives to one attempt to write: a UUIDv7 (RFC 9562), which carries its
/// time.
///
/// The same id sent again is the same message. The time tells how far back an earlier attempt can
/// be.
public record ClientId(UUID uuid) {
  public ClientId {
    if (uuid.version() != 7 || uuid.variant() != 2) {
      throw new IllegalArgumentException("a client id is a UUID of version 7");
    }
  }

  public static Parsed<ClientId> parse(String text) {
    if (text.length() == 36) {
      try {
        UUID uuid = UUID.fromString(text);
        if (uuid.toString().equals(text.toLowerCase(Locale.ROOT))
            && uuid.version() == 7
            && uuid.variant() == 2) {
          return Parsed.good(new ClientId(uuid));
        }
      } catch (IllegalArgumentException e) {
        // Not a UUID at all: said below, as for one of another version.
      }
    }
    return Parsed.bad(
        "client_id_invalid",
        "A clientId is a UUID of version 7, such as 01890a5d-ac96-774b-bcce-b302099a8057: make a new"
            + " one for each message, and send the same one again when you retry.");
  }

  /// An id with the given time and 74 bits of the given randomness.
  public static ClientId of(Instant at, long randomHigh, long randomLow) {
    long high = at.toEpochMilli() << 16 | 0x7000 | randomHigh & 0xfff;
    long low = randomLow & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new ClientId(new UUID(high, low));
  }

  /// When the client says that it made the id, in milliseconds.
  public Instant time() {
    return Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16);
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
