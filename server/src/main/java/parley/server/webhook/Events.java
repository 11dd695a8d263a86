package parley.server.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;
import parley.messaging.message.Log;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Messages;
import parley.messaging.message.Text;
import parley.store.Happening;
import tools.jackson.databind.json.JsonMapper;

/// Makes events of what the change stream tells. In words: docs/webhooks.md.
final class Events {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Log log;

  /// Who is in a conversation, as of the entry that changed it last.
  private final Cache<ConversationId, Membership> memberships =
      Caffeine.newBuilder().maximumSize(WebhookBounds.CONVERSATIONS_KEPT).build();

  private record Membership(long stateSeq, Set<UserId> members) {}

  Events(Log log) {
    this.log = log;
  }

  /// Whether there is one to tell of.
  static boolean isOne(Happening happening, Set<EventKind> wanted) {
    return switch (happening) {
      case Happening.Appended(_, _, Entry entry) ->
          entry instanceof Entry.Message && wanted.contains(EventKind.MESSAGE_SENT);
      case Happening.Erased _ -> wanted.contains(EventKind.ACCOUNT_ERASED);
    };
  }

  /// Those that have this in common are told one after the other.
  static String order(Happening happening) {
    return switch (happening) {
      case Happening.Appended(_, ConversationId id, _) -> id.value();
      case Happening.Erased(_, UserId user) -> user.value();
    };
  }

  /// What a log may say of it. Who was erased is in none.
  static String shown(Happening happening) {
    return switch (happening) {
      case Happening.Appended(_, ConversationId id, _) -> id.value();
      case Happening.Erased(Instant at, _) -> "an account that was erased at " + text(at);
    };
  }

  /// The event, with what was written if that is asked for.
  Event of(Happening happening, boolean withText) {
    return switch (happening) {
      case Happening.Appended(_, ConversationId id, Entry.Message message) ->
          sent(id, message, withText);
      case Happening.Appended _ -> throw new IllegalStateException("no event is made of that");
      case Happening.Erased(Instant at, UserId user) ->
          event(
              Event.ERASED + user, EventKind.ACCOUNT_ERASED, at, Map.of("accountId", user.value()));
    };
  }

  private Event sent(ConversationId id, Entry.Message message, boolean withText) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("conversationId", id.value());
    data.put("seq", message.seq());
    data.put("from", message.from().value());
    data.put("to", to(id, message));
    data.put("sentAt", text(message.at()));
    if (withText) {
      data.put("text", textNow(id, message.seq()));
    }
    return event("msg_" + id + "_" + message.seq(), EventKind.MESSAGE_SENT, message.at(), data);
  }

  /// Whom it reaches: not who wrote it, and nobody who has blocked them.
  private List<String> to(ConversationId id, Entry.Message message) {
    long stateSeq = message.stamp().stateSeq();
    Membership known = memberships.getIfPresent(id);
    if (known == null || known.stateSeq() < stateSeq) {
      Log.End end = log.end(id, Limits.TAIL_ENTRIES, Consistency.STRONG);
      Set<UserId> members = end == null ? Set.of() : Messages.membersOf(log, id, end);
      known = new Membership(stateSeq, members);
      memberships.put(id, known);
    }
    return known.members().stream()
        .filter(member -> !member.equals(message.from()) && !member.equals(UserId.NOBODY))
        .filter(member -> !message.isHiddenFrom(member))
        .map(UserId::value)
        .sorted()
        .toList();
  }

  /// What the message says by now, null if it was unsent: the stream still has what it said, and
  /// who takes a word back takes it back from everybody who has not heard it.
  private @Nullable String textNow(ConversationId id, long seq) {
    return log.entry(id, seq) instanceof Entry.Message message ? shown(message.text()) : null;
  }

  private static @Nullable String shown(@Nullable Text text) {
    return text == null ? null : text.value();
  }

  private static Event event(
      String id, EventKind kind, Instant at, Map<String, ? extends @Nullable Object> data) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", kind.text());
    body.put("timestamp", text(at));
    body.put("data", data);
    return new Event(id, JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
