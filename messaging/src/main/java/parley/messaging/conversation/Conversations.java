package parley.messaging.conversation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import parley.messaging.Limits;
import parley.messaging.account.UserId;

/// Use case: opening conversations.
public final class Conversations {
  private final ConversationStore store;
  private final PairIds pairIds;
  private final InstantSource clock;
  private final Predicate<ConversationId> known;
  private final Consumer<Head> opened;

  /// `known` says whether this process has seen a conversation in the table; `opened` hears of each
  /// that it makes.
  public Conversations(
      ConversationStore store,
      PairIds pairIds,
      InstantSource clock,
      Predicate<ConversationId> known,
      Consumer<Head> opened) {
    this.store = store;
    this.pairIds = pairIds;
    this.clock = clock;
    this.known = known;
    this.opened = opened;
  }

  /// The 1:1 conversation between two people, made if it is not there.
  ///
  /// Only its head is stored: the other one sees nothing of it until a message is sent.
  public ConversationId openDirect(UserId opener, UserId other) {
    ConversationId id = pairIds.of(opener, other);
    if (known.test(id)) {
      return id;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Head head =
        new Head(
            id,
            Head.Kind.DIRECT,
            Set.of(opener, other),
            0,
            now.plus(Limits.EMPTY_CONVERSATION_LIFE));
    switch (store.open(head, now)) {
      case ConversationStore.Opened.Created() -> opened.accept(head);
      case ConversationStore.Opened.Existing(Head existing) -> keep(existing, now);
    }
    return id;
  }

  /// The id that the conversation between two people has, whether or not it was opened.
  public ConversationId direct(UserId one, UserId other) {
    return pairIds.of(one, other);
  }

  /// Opened again without a message so far: somebody still means to write.
  private void keep(Head head, Instant now) {
    Instant expiresAt = head.expiresAt();
    if (expiresAt != null && expiresAt.isBefore(now.plus(Limits.EMPTY_CONVERSATION_RENEWAL))) {
      store.renew(head.id(), now.plus(Limits.EMPTY_CONVERSATION_LIFE));
    }
  }
}
