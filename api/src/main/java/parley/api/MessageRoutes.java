package parley.api;

import static parley.api.ProblemCode.CLIENT_ID_EXPIRED;
import static parley.api.ProblemCode.CLIENT_ID_IN_FUTURE;
import static parley.api.ProblemCode.CLIENT_ID_REUSED;
import static parley.api.ProblemCode.CONVERSATION_EMPTY;
import static parley.api.ProblemCode.CONVERSATION_NOT_FOUND;
import static parley.api.ProblemCode.EDIT_TOO_LATE;
import static parley.api.ProblemCode.MESSAGE_NOT_FOUND;
import static parley.api.ProblemCode.NOBODY_THERE;
import static parley.api.ProblemCode.TOO_BUSY;
import static parley.api.ProblemCode.TOO_MANY_STRANGERS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.api.People.Person;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.History;
import parley.messaging.message.Messages;
import parley.messaging.message.Text;
import parley.messaging.message.Vanishing;
import parley.messaging.message.Written;

/// Sending messages and reading them back.
final class MessageRoutes {
  private static final String PATH = "/api/conversations/{id}/messages";
  private static final String ONE = PATH + "/{seq}";

  private static final Parameter<Long> BEFORE =
      Parameter.wholeNumber(
          "before",
          1,
          Bounds.SEQ_MAX,
          null,
          "Only messages before this number: the last page's older, for the page before it.");
  private static final Parameter<Long> AFTER =
      Parameter.wholeNumber(
          "after",
          0,
          Bounds.SEQ_MAX,
          null,
          "Everything after this number, entries of every kind among it, oldest first. Not together"
              + " with before.");
  private static final Parameter<Long> LIMIT =
      Parameter.wholeNumber(
          "limit",
          1,
          Limits.HISTORY_PAGE_MAX,
          (long) Limits.HISTORY_PAGE,
          "Entries on the page, at most.");

  private static final Parameter<ClientId> CLIENT_ID =
      Parameter.required(
          "clientId",
          ClientId::parse,
          Map.of("type", "string", "format", "uuid"),
          "A UUID of version 7, new for each attempt to unsend, and the same when it is repeated.");

  private final Messages messages;
  private final People people;
  private final Vanishing vanishing;

  MessageRoutes(Messages messages, People people, Vanishing vanishing) {
    this.messages = messages;
    this.people = people;
    this.vanishing = vanishing;
  }

  @Wire(name = "NewMessage", doc = "A message to send.")
  record NewMessage(
      @Doc(
              "A UUID of version 7, new for each message. Sent again with the same text, it is the same"
                  + " message: so a message may be repeated until it is answered.")
          ClientId clientId,
      @Doc("What it says: not blank. Line breaks and tabs are the only control characters.")
          Text text) {}

  @Wire(name = "NewText", doc = "Another text for a message of one's own.")
  record NewText(
      @Doc(
              "A UUID of version 7, new for each edit. Sent again with the same text, it is the same"
                  + " edit.")
          ClientId clientId,
      @Doc("What the message says from here on: not blank.") Text text) {}

  @Wire(name = "HistoryPage", doc = "A page of a conversation, oldest entry first.")
  record HistoryPage(
      @Doc("Messages, and with after entries of every kind.") List<Items.Item> items,
      @Doc(
              "The people of this page by id, each once. Accounts that are no longer there are left"
                  + " out.")
          Map<String, Person> accounts,
      @Doc("The number of the conversation's newest entry, 0 where there is none.") long lastSeq,
      @Doc(
              "What to pass as before for the page before this one, null where the conversation begins"
                  + " here. Always null with after.")
          @Nullable Long older) {
    HistoryPage {
      items = List.copyOf(items);
    }
  }

  List<Route> routes() {
    return List.of(
        Route.get(PATH, "listMessages", "The newest messages, those before one, or all after one.")
            .limited(RateLimit.GENERAL)
            .takes(BEFORE, AFTER, LIMIT)
            .answers(HistoryPage.class, 200)
            .refuses(CONVERSATION_NOT_FOUND)
            .by(this::list),
        Route.post(PATH, "sendMessage", "Sends a message: 201, or 200 if it was sent before.")
            .limited(RateLimit.SEND)
            .answers(Items.Message.class, 201, 200)
            .refuses(
                CONVERSATION_NOT_FOUND,
                CLIENT_ID_REUSED,
                CLIENT_ID_IN_FUTURE,
                CLIENT_ID_EXPIRED,
                TOO_MANY_STRANGERS,
                TOO_BUSY)
            .by(NewMessage.class, this::send),
        Route.patch(ONE, "editMessage", "Gives a message of one's own another text, for everybody.")
            .limited(RateLimit.SEND)
            .answers(Items.Edit.class, 200)
            .refuses(
                CONVERSATION_NOT_FOUND,
                MESSAGE_NOT_FOUND,
                EDIT_TOO_LATE,
                CLIENT_ID_REUSED,
                CLIENT_ID_IN_FUTURE,
                CLIENT_ID_EXPIRED,
                TOO_BUSY)
            .by(NewText.class, this::edit),
        Route.delete(
                ONE, "unsendMessage", "Takes the text of a message of one's own from everybody.")
            .limited(RateLimit.SEND)
            .takes(CLIENT_ID)
            .answers(Items.Unsend.class, 200)
            .refuses(
                CONVERSATION_NOT_FOUND,
                MESSAGE_NOT_FOUND,
                CLIENT_ID_REUSED,
                CLIENT_ID_IN_FUTURE,
                CLIENT_ID_EXPIRED,
                TOO_BUSY)
            .by(this::unsend));
  }

  private Answer<HistoryPage> list(Call call) {
    return switch (page(call)) {
      case History.Page(List<Entry.Stamped> entries, long lastSeq, Long older) ->
          Answer.ok(
              new HistoryPage(
                  entries.stream().map(entry -> Items.of(entry, call.myId(), vanishing)).toList(),
                  people.mapped(
                      entries.stream().flatMap(Items::people).collect(Collectors.toSet())),
                  lastSeq,
                  older));
      case History.NoConversation() -> throw Problem.of(CONVERSATION_NOT_FOUND).refusal();
    };
  }

  private History page(Call call) {
    Long before = call.find(BEFORE);
    Long after = call.find(AFTER);
    int limit = Math.toIntExact(call.get(LIMIT));
    if (before != null && after != null) {
      throw Faults.of(
          AFTER.name(),
          new Parsed.Bad<>("before_and_after", "A page lies before or after a number: send one."));
    }
    UserId me = call.myId();
    ConversationId id = call.conversation();
    if (before != null) {
      return messages.before(me, id, before, limit);
    }
    return after != null ? messages.after(me, id, after, limit) : messages.newest(me, id, limit);
  }

  private Answer<Items.Message> send(Call call, NewMessage body) {
    Written written = messages.send(call.myId(), call.conversation(), body.clientId(), body.text());
    Items.Message message = (Items.Message) Items.of(entry(written), call.myId(), vanishing);
    return written instanceof Written.Stored ? Answer.created(message) : Answer.ok(message);
  }

  private Answer<Items.Edit> edit(Call call, NewText body) {
    ConversationId id = call.conversation();
    Written written = messages.edit(call.myId(), id, body.clientId(), call.seq(), body.text());
    if (entry(written) instanceof Entry.Edit edit) {
      return Answer.ok(
          Items.edit(edit, edit.text() == null ? body.text() : edit.text(), call.myId()));
    }
    throw new IllegalStateException("an edit was written as something else");
  }

  private Answer<Items.Unsend> unsend(Call call) {
    ConversationId id = call.conversation();
    Written written = messages.unsend(call.myId(), id, call.get(CLIENT_ID), call.seq());
    return Answer.ok((Items.Unsend) Items.of(entry(written), call.myId(), vanishing));
  }

  /// The entry that is in the log, now or since an earlier attempt.
  static Entry.Authored entry(Written written) {
    return switch (written) {
      case Written.Stored(Entry.Authored entry) -> entry;
      case Written.Already(Entry.Authored entry) -> entry;
      case Written.ClientIdReused() ->
          throw Problem.of(CLIENT_ID_REUSED).field("clientId").refusal();
      case Written.ClientIdInFuture(Instant now) ->
          throw Problem.of(CLIENT_ID_IN_FUTURE).now(now).field("clientId").refusal();
      case Written.ClientIdExpired(Instant now) ->
          throw Problem.of(CLIENT_ID_EXPIRED).now(now).field("clientId").refusal();
      case Written.NoConversation() -> throw Problem.of(CONVERSATION_NOT_FOUND).refusal();
      case Written.NoMessage() -> throw Problem.of(MESSAGE_NOT_FOUND).refusal();
      case Written.TooLate() -> throw Problem.of(EDIT_TOO_LATE).refusal();
      case Written.NothingWritten() -> throw Problem.of(CONVERSATION_EMPTY).refusal();
      case Written.NobodyThere() -> throw Problem.of(NOBODY_THERE).refusal();
      case Written.TooManyStrangers(Duration wait) ->
          throw Admission.refusal(TOO_MANY_STRANGERS, wait);
      case Written.TooBusy() -> throw Problem.of(TOO_BUSY).refusal();
    };
  }
}
