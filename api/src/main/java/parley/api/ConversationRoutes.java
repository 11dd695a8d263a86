package parley.api;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static parley.api.ProblemCode.CONVERSATION_NOT_FOUND;
import static parley.api.ProblemCode.CURSOR_INVALID;
import static parley.api.ProblemCode.PARTICIPANTS_COUNT;
import static parley.api.ProblemCode.PARTICIPANT_SELF;
import static parley.api.ProblemCode.PARTICIPANT_UNKNOWN;
import static parley.api.ProblemCode.READ_BEYOND_LAST;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.api.People.Participant;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Conversations;
import parley.messaging.inbox.Filing;
import parley.messaging.inbox.Folder;
import parley.messaging.inbox.Inbox;
import parley.messaging.inbox.InboxCursor;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.Read;
import parley.messaging.message.Age;
import parley.messaging.message.Vanishing;

/// Opening conversations, the inbox, and what of it has been read.
final class ConversationRoutes {
  private static final String LIST = "/api/conversations";

  private static final Parameter<String> CURSOR =
      Parameter.text("cursor", "The last page's next, as it is. Left out for the top.");
  private static final Parameter<Long> LIMIT =
      Parameter.wholeNumber(
          "limit",
          1,
          Limits.INBOX_PAGE_MAX,
          (long) Limits.INBOX_PAGE,
          "Conversations on the page, at most.");

  private static final Parameter<InFolder> FOLDER =
      Parameter.oneOf(
          "folder",
          InFolder.values(),
          null,
          "One of one's folders. Left out: the inbox, with requests among it.");
  private static final Parameter<Long> UP_TO =
      Parameter.wholeNumber(
          "upTo",
          1,
          Bounds.SEQ_MAX,
          null,
          "The number of the newest entry that was seen: what is newer stays. Left out for all.");

  private final Accounts accounts;
  private final Conversations conversations;
  private final Inbox inbox;
  private final Filing filing;
  private final People people;
  private final Cursors cursors;
  private final Vanishing vanishing;

  ConversationRoutes(UseCases useCases, People people, Cursors cursors) {
    this.accounts = useCases.accounts();
    this.conversations = useCases.conversations();
    this.inbox = useCases.inbox();
    this.filing = useCases.filing();
    this.people = people;
    this.cursors = cursors;
    this.vanishing = useCases.vanishing();
  }

  @Wire(name = "ConversationOpening", doc = "With whom to talk.")
  record Opening(
      @Doc("Exactly one other person: a handle or an account id.") List<PersonRef> participants) {
    Opening {
      participants = List.copyOf(participants);
    }
  }

  @Wire(name = "ReadMark", doc = "How far one has read.")
  record ReadMark(
      @Doc("The number of the newest entry that was seen.") @Range(min = 1, max = Bounds.SEQ_MAX)
          long seq) {}

  @Wire(name = "ReadState", doc = "What is marked as read now.")
  record ReadState(
      @Doc("Perhaps more than was asked for: marks never go back.") long readSeq,
      @Doc("Messages that are still unread.") long unread) {}

  /// What sort of conversation it is.
  enum Kind {
    DIRECT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Wire(
      name = "ConversationChange",
      doc = "What to change of a conversation, for oneself alone. What is left out stays.")
  record Change(
      @Doc(
              "archive: put away until there is a newer message, or for as long as it is muted. inbox:"
                  + " taken back; a request is accepted by it, and by a message to it. Nothing is put"
                  + " into requests.")
          @Nullable InFolder folder,
      @Doc("Whether it should call for no attention.") @Nullable Boolean muted) {}

  @Wire(name = "Conversation", doc = "A conversation, as the one who asks sees it.")
  record Conversation(
      @Doc("Never changes.") ConversationId id,
      @Doc("direct: between two people. More kinds may come.") Kind kind,
      @Doc("The others in it, without the one who asks.") List<Participant> participants,
      @Doc("The newest message, null where there is none yet.") @Nullable LastMessage last,
      @Doc("Messages after the last that the one who asks has read or written.") long unread,
      @Doc("The number up to which they marked it as read, 0 for nothing.") long readSeq,
      @Doc(
              "In which of their folders it is: requests, as long as they have neither written in it nor"
                  + " accepted it. Null where it is in none: it was deleted, or has no"
                  + " message yet.")
          @Nullable InFolder folder,
      @Doc("Whether they want it to call for no attention.") boolean muted,
      @Doc("The number up to which they deleted it for themselves, 0 for not at all.")
          long clearedSeq,
      @Doc(
              "After how many days what is written from now on vanishes, 0 for never. A deployment may"
                  + " keep it for less (retentionDays of GET /api/config).")
          int retentionDays) {
    Conversation {
      participants = List.copyOf(participants);
    }
  }

  @Wire(name = "LastMessage", doc = "The newest message of a conversation.")
  record LastMessage(
      @Doc("Its number in the conversation.") long seq,
      @Doc("When it was sent.") Instant at,
      @Doc("Who sent it.") UserId from,
      @JsonInclude(NON_NULL)
          @Doc("The first 160 characters of its text. Left out when it was unsent or has vanished.")
          @Nullable String text,
      @JsonInclude(NON_NULL) @Doc("True when it was unsent, else left out.")
          @Nullable Boolean unsent,
      @JsonInclude(NON_NULL) @Doc("True when it has vanished, else left out.")
          @Nullable Boolean vanished,
      @JsonInclude(NON_NULL)
          @Doc("When it vanishes: let go of it then. Left out where it does not.")
          @Nullable Instant expiresAt) {}

  @Wire(name = "ConversationsPage", doc = "A page of the inbox, newest first.")
  record ConversationsPage(
      List<Conversation> items,
      @Doc("What to pass as cursor for the next page, null on the last.") @Nullable String next) {
    ConversationsPage {
      items = List.copyOf(items);
    }
  }

  List<Route> routes() {
    return List.of(
        Route.post(LIST, "openConversation", "Opens the conversation with somebody, new or not.")
            .limited(RateLimit.OPEN)
            .answers(Conversation.class, 200)
            .refuses(PARTICIPANTS_COUNT, PARTICIPANT_SELF, PARTICIPANT_UNKNOWN)
            .by(Opening.class, this::open),
        Route.get(LIST, "listConversations", "The inbox, newest conversation first.")
            .limited(RateLimit.GENERAL)
            .takes(CURSOR, LIMIT, FOLDER)
            .answers(ConversationsPage.class, 200)
            .refuses(CURSOR_INVALID)
            .by(this::list),
        Route.get("/api/conversations/{id}", "getConversation", "One conversation.")
            .limited(RateLimit.GENERAL)
            .answers(Conversation.class, 200)
            .refuses(CONVERSATION_NOT_FOUND)
            .by(this::one),
        Route.patch(
                "/api/conversations/{id}",
                "changeConversation",
                "Archives or mutes a conversation, or takes that back, for oneself alone.")
            .limited(RateLimit.GENERAL)
            .answers(Conversation.class, 200)
            .refuses(CONVERSATION_NOT_FOUND)
            .by(Change.class, this::change),
        Route.delete(
                "/api/conversations/{id}",
                "deleteConversation",
                "Deletes a conversation for oneself alone. It returns with a newer message only.")
            .limited(RateLimit.GENERAL)
            .takes(UP_TO)
            .answers(Conversation.class, 200)
            .refuses(CONVERSATION_NOT_FOUND)
            .by(this::delete),
        Route.put("/api/conversations/{id}/read", "markRead", "Marks a conversation as read.")
            .limited(RateLimit.GENERAL)
            .answers(ReadState.class, 200)
            .refuses(CONVERSATION_NOT_FOUND, READ_BEYOND_LAST)
            .by(ReadMark.class, this::markRead));
  }

  private Answer<Conversation> open(Call call, Opening body) {
    if (body.participants().size() != 1) {
      throw Problem.of(PARTICIPANTS_COUNT).field("participants").refusal();
    }
    Account other =
        switch (body.participants().getFirst()) {
          case PersonRef.ById(UserId id) -> accounts.byId(id);
          case PersonRef.ByHandle(var handle) -> accounts.byHandle(handle);
        };
    if (other == null) {
      throw Problem.of(PARTICIPANT_UNKNOWN).field("participants[0]").refusal();
    }
    if (other.id().equals(call.myId())) {
      throw Problem.of(PARTICIPANT_SELF).field("participants[0]").refusal();
    }
    ConversationId id = conversations.openDirect(call.myId(), other.id());
    return Answer.ok(
        shown(
            Objects.requireNonNull(
                inbox.conversation(call.myId(), id), "a conversation that was just opened"),
            vanishing,
            Map.of(other.id(), other)));
  }

  private Answer<ConversationsPage> list(Call call) {
    String given = call.find(CURSOR);
    InFolder folder = call.find(FOLDER);
    // A cursor of one folder says nothing in another.
    String list = folder == null ? LIST : LIST + "?folder=" + folder;
    InboxCursor cursor = given == null ? null : cursors.read(list, call.myId(), given);
    if (given != null && cursor == null) {
      throw Problem.of(CURSOR_INVALID).field(CURSOR.name()).refusal();
    }
    int limit = Math.toIntExact(call.get(LIMIT));
    Set<Folder> folders = folder == null ? Folder.UNSORTED : EnumSet.of(folder.folder());
    Inbox.Page page = inbox.page(call.myId(), folders, cursor, limit);
    Map<UserId, Account> known =
        people.byId(page.rows().stream().flatMap(ConversationRoutes::peer).toList());
    InboxCursor next = page.next();
    return Answer.ok(
        new ConversationsPage(
            page.rows().stream().map(row -> shown(row, vanishing, known)).toList(),
            next == null ? null : cursors.write(list, call.myId(), next)));
  }

  private Answer<Conversation> one(Call call) {
    return shown(inbox.conversation(call.myId(), call.conversation()));
  }

  private Answer<Conversation> change(Call call, Change body) {
    Folder folder = body.folder() == null ? null : body.folder().folder();
    Filing.Wish wish = new Filing.Wish(folder, body.muted());
    return shown(filing.change(call.myId(), call.conversation(), wish));
  }

  private Answer<Conversation> delete(Call call) {
    return shown(filing.delete(call.myId(), call.conversation(), call.find(UP_TO)));
  }

  private Answer<Conversation> shown(@Nullable InboxRow row) {
    if (row == null) {
      throw Problem.of(CONVERSATION_NOT_FOUND).refusal();
    }
    return Answer.ok(shown(row, vanishing, people.byId(peer(row).toList())));
  }

  private Answer<ReadState> markRead(Call call, ReadMark body) {
    return switch (inbox.markRead(call.myId(), call.conversation(), body.seq())) {
      case Read.Marked(long readSeq, long unread) -> Answer.ok(new ReadState(readSeq, unread));
      case Read.Beyond(long lastSeq) ->
          throw Problem.of(READ_BEYOND_LAST).lastSeq(lastSeq).field("seq").refusal();
      case Read.NoConversation() -> throw Problem.of(CONVERSATION_NOT_FOUND).refusal();
    };
  }

  private static Stream<UserId> peer(InboxRow row) {
    return Stream.ofNullable(row.peer());
  }

  /// A row as it is now: of what has vanished, nothing is said.
  static Conversation shown(InboxRow known, Vanishing vanishing, Map<UserId, Account> people) {
    InboxRow row = known.seen(vanishing);
    return new Conversation(
        row.key().conversation(),
        Kind.DIRECT,
        peer(row).map(id -> People.participant(id, people)).toList(),
        last(row.newest(), vanishing),
        row.unread(),
        row.read().seq(),
        InFolder.of(row.folder()),
        row.choice().muted(),
        row.choice().cleared().seq(),
        row.setting().days());
  }

  private static @Nullable LastMessage last(InboxRow.@Nullable Last last, Vanishing vanishing) {
    return last == null
        ? null
        : new LastMessage(
            last.seq(),
            last.at(),
            last.from(),
            last.preview(),
            last.preview() == null && !last.vanished() ? true : null,
            last.vanished() ? true : null,
            last.vanished() ? null : vanishing.endOf(new Age(last.at(), last.days())));
  }
}
