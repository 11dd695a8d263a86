package parley.api;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.api.People.Person;
import parley.messaging.Parsed;
import parley.messaging.account.Accounts;
import parley.messaging.account.Authenticated;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.event.Ending;
import parley.messaging.event.Event;
import parley.messaging.event.Ticket;
import parley.messaging.event.Tickets;
import parley.messaging.inbox.InboxRow;
import parley.messaging.message.Vanishing;
import tools.jackson.databind.JsonNode;

/// The contract of a connection, for any host: who may open one, and what goes over it. In words:
/// docs/events.md.
public final class Live {
  /// Where connections are opened.
  public static final String PATH = "/api/events";

  /// What is spoken. The one subprotocol that a host echoes.
  public static final String SUBPROTOCOL = "parley.v1";

  /// The longest message of a client, in bytes. There is nothing to say that is longer.
  public static final int HEARD_BYTES = 1024;

  private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

  private final Tickets tickets;
  private final Callers callers;
  private final Origins origins;
  private final People people;
  private final Vanishing vanishing;

  Live(Tickets tickets, Callers callers, Origins origins, Accounts accounts, Vanishing vanishing) {
    this.tickets = tickets;
    this.callers = callers;
    this.origins = origins;
    this.people = new People(accounts);
    this.vanishing = vanishing;
  }

  // What it says.

  /// One message of the server.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  sealed interface Said {}

  @JsonTypeName("message")
  record Message(
      ConversationId conversation,
      Items.Item entry,
      ConversationRoutes.Conversation row,
      Map<String, Person> accounts)
      implements Said {}

  @JsonTypeName("read")
  record Read(ConversationId conversation, UserId account, long seq, long unread) implements Said {}

  @JsonTypeName("conversation")
  record Conversation(ConversationRoutes.Conversation row) implements Said {}

  @JsonTypeName("account")
  record Account(Person account) implements Said {}

  @JsonTypeName("block")
  record Block(UserId account, boolean blocked) implements Said {}

  @JsonTypeName("resync")
  record Resync() implements Said {}

  @JsonTypeName("pong")
  record Pong() implements Said {}

  @JsonTypeName("ending")
  record Ended(int code, String reason) implements Said {}

  /// The answer to a ping.
  public static byte[] pong() {
    return Json.write(new Pong());
  }

  /// An event as `reader` may see it: JSON in UTF-8, 32 KB at most. May ask the store who somebody
  /// is.
  public byte[] write(Event event, UserId reader) {
    return Json.write(said(event, reader));
  }

  /// The last words over a connection that this side ends: why, by the code that it is closed with.
  /// Not every gateway closes with a code of one's own.
  public static byte[] write(Ending ending) {
    return Json.write(new Ended(code(ending), reason(ending)));
  }

  private Said said(Event event, UserId reader) {
    return switch (event) {
      case Event.Appended(var entry, InboxRow row) ->
          new Message(
              row.key().conversation(),
              Items.of(
                  vanishing.seen(entry.seenBy(reader, row.choice().cleared().seq())),
                  reader,
                  vanishing),
              shown(row),
              people.mapped(Items.people(entry).collect(Collectors.toSet())));
      case Event.Read(var conversation, var account, var seq, var unread) ->
          new Read(conversation, account, seq, unread);
      case Event.RowChanged(InboxRow row) -> new Conversation(shown(row));
      case Event.AccountChanged(var account) -> new Account(Person.self(account));
      case Event.BlockChanged(var account, var blocked) -> new Block(account, blocked);
      case Event.Resync() -> new Resync();
      case Event.Pong() -> new Pong();
    };
  }

  private ConversationRoutes.Conversation shown(InboxRow row) {
    return ConversationRoutes.shown(
        row, vanishing, people.byId(Stream.ofNullable(row.peer()).collect(Collectors.toSet())));
  }

  /// With which code of RFC 6455 a connection is closed, and with which of ours.
  public static int code(Ending ending) {
    return switch (ending) {
      case GOING_AWAY -> 1001;
      case NOT_TEXT -> 1008;
      case TOO_LONG -> 1009;
      case SESSION_ENDED -> 4001;
      case TOO_SLOW -> 4002;
      case TOO_MANY -> 4003;
      case LIFE_OVER -> 4004;
      case SILENT -> 4005;
    };
  }

  /// The same as a word.
  public static String reason(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT);
  }

  // What it hears.

  /// Whether a client asks if anybody is there. Whatever else it says is passed over.
  public static boolean isPing(String text) {
    try {
      JsonNode said = Json.read(text.getBytes(StandardCharsets.UTF_8));
      return said.isObject() && said.path("type").asString("").equals("ping");
    } catch (Refusal e) {
      return false;
    }
  }

  // Who may come.

  /// Who opens it: by a ticket, or by a session's cookie from a page of ours.
  Authenticated who(ApiRequest request) {
    List<String> offered = offered(request);
    Set<String> others =
        offered.stream().filter(name -> !name.equals(SUBPROTOCOL)).collect(Collectors.toSet());
    if (!offered.contains(SUBPROTOCOL) || others.size() > 1) {
      throw Problem.of(ProblemCode.TICKET_INVALID).refusal();
    }
    if (!others.isEmpty()) {
      Authenticated who = redeemed(others.iterator().next());
      if (who == null) {
        throw Problem.of(ProblemCode.TICKET_INVALID).refusal();
      }
      return who;
    }
    Caller caller = callers.caller(request, false, origins.isOwn(request));
    if (caller.transport() != Transport.COOKIE) {
      throw Problem.of(ProblemCode.TICKET_INVALID).refusal();
    }
    return caller.who();
  }

  private @Nullable Authenticated redeemed(String text) {
    return Ticket.parse(text) instanceof Parsed.Good<Ticket>(Ticket ticket)
        ? tickets.redeem(ticket)
        : null;
  }

  private static List<String> offered(ApiRequest request) {
    List<String> offered = new ArrayList<>();
    for (String line : request.all(SUBPROTOCOLS)) {
      for (String name : line.split(",", -1)) {
        offered.add(name.strip());
      }
    }
    return offered;
  }
}
