package parley.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.account.Account;
import parley.messaging.account.Authenticated;
import parley.messaging.account.Session;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;

/// One call of a route: who calls, and what its path and query say.
///
/// `caller` is null on a route that anybody may call, `request` is what it came with. `own` says
/// that it comes from a page of this deployment ([Origins#isOwn]), `isFromThisMachine` that whoever
/// is connected is on this machine.
record Call(
    @Nullable Caller caller,
    String filling,
    Query query,
    ApiRequest request,
    boolean own,
    boolean isFromThisMachine,
    Admission admission) {
  private Authenticated known() {
    if (caller == null) {
      throw new IllegalStateException("anybody may call this route, so nobody is known");
    }
    return caller.who();
  }

  /// Whether the caller's session is kept in a cookie.
  boolean isByCookie() {
    return caller != null && caller.transport() == Transport.COOKIE;
  }

  /// Whether the caller shows a token that an identity provider made.
  boolean isByProvider() {
    return caller != null && caller.byProvider();
  }

  Account me() {
    return known().account();
  }

  UserId myId() {
    return me().id();
  }

  Session session() {
    return known().session();
  }

  /// The conversation that the path names. A malformed id is told like one that does not exist.
  ConversationId conversation() {
    return switch (ConversationId.parse(segment(0))) {
      case Parsed.Good<ConversationId>(ConversationId id) -> id;
      case Parsed.Bad<ConversationId> _ ->
          throw Problem.of(ProblemCode.CONVERSATION_NOT_FOUND).refusal();
    };
  }

  /// The person whom the path names. A malformed id is told like one that does not exist.
  UserId person() {
    String text = segment(0);
    if (!UserId.isId(text)) {
      throw Problem.of(ProblemCode.PERSON_NOT_FOUND).refusal();
    }
    return new UserId(text);
  }

  /// The number of a message that the path names. One that is no number is told like one that does
  /// not exist.
  long seq() {
    String text = segment(1);
    if (text.length() > Bounds.SEQ_DIGITS || !text.matches("[1-9][0-9]*")) {
      throw Problem.of(ProblemCode.MESSAGE_NOT_FOUND).refusal();
    }
    return Long.parseLong(text);
  }

  /// What the path has in its braces number `index`.
  private String segment(int index) {
    return filling.split("/", -1)[index];
  }

  /// The value of a parameter, or what it otherwise is; null if that is nothing.
  @SuppressWarnings("unchecked") // the query was parsed by this very parameter
  <T> @Nullable T find(Parameter<T> parameter) {
    return (T) query.values().get(parameter);
  }

  /// The value of a parameter that always has one.
  <T> T get(Parameter<T> parameter) {
    return Objects.requireNonNull(find(parameter), parameter.name());
  }
}
