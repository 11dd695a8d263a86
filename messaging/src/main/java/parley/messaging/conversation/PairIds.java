package parley.messaging.conversation;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import parley.messaging.Secret;
import parley.messaging.account.UserId;

/// The ids of 1:1 conversations: a keyed hash of the two people.
///
/// Because the id follows from the pair, two people cannot have two conversations, whatever races,
/// retries or is seeded twice. Because it is keyed, nobody outside can tell from an id who talks to
/// whom.
public final class PairIds {
  private final SecretKey key;

  public PairIds(Secret secret) {
    this.key = secret.permanentKey("pair-id");
  }

  /// The id of the conversation between two people, in either order.
  public ConversationId of(UserId one, UserId other) {
    if (one.equals(other)) {
      throw new IllegalArgumentException("a pair is two people");
    }
    boolean ordered = one.compareTo(other) < 0;
    String pair = ordered ? one + "|" + other : other + "|" + one;
    return ConversationId.of(Secret.hmac(key, pair.getBytes(StandardCharsets.UTF_8)));
  }
}
