package parley.messaging.conversation;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import parley.messaging.Ids;
import parley.messaging.Parsed;

/// The id of a conversation: `c-` and 130 bits, keyed for a 1:1 ([PairIds]), random otherwise.
public record ConversationId(String value) implements Comparable<ConversationId> {
  private static final String PREFIX = "c-";

  public ConversationId {
    if (!Ids.isId(PREFIX, value)) {
      throw new IllegalArgumentException("not a conversation id: it is c- and 26 of a-z2-7");
    }
  }

  public static Parsed<ConversationId> parse(String text) {
    return Ids.isId(PREFIX, text)
        ? Parsed.good(new ConversationId(text))
        : Parsed.bad(
            "conversation_id_invalid", "A conversation id is c- followed by 26 of a-z and 2-7.");
  }

  public static ConversationId random(SecureRandom random) {
    return new ConversationId(Ids.random(PREFIX, random));
  }

  /// The id made of the first 130 of `bits`.
  public static ConversationId of(byte[] bits) {
    return new ConversationId(Ids.encode(PREFIX, bits));
  }

  @Override
  public int compareTo(ConversationId other) {
    return value.compareTo(other.value);
  }

  // By hand: see UserId.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConversationId(String its) && value.equals(its);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
