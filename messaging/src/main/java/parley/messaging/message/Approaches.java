package parley.messaging.message;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;

/// How many strangers one account may write to on a day: those with whom there is no word yet,
/// neither theirs nor its own.
///
/// Days are those of UTC, so that one item counts for all servers without anybody's clock but
/// theirs.
public final class Approaches {
  /// As many as anybody likes, and nothing is counted.
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private final ApproachStore store;
  private final int most;

  public Approaches(ApproachStore store, int most) {
    this.store = store;
    this.most = most;
  }

  /// Null if this person may write to who is in `id`, where nobody has written yet; else when they
  /// may again.
  @Nullable Instant refusedUntil(UserId by, ConversationId id, Instant now) {
    if (most == UNLIMITED) {
      return null;
    }
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return store.approach(by, id, day, most, end.plus(Limits.APPROACHES_KEPT)) ? null : end;
  }
}
