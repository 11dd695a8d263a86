package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Somebody else's conversation is for a stranger exactly what no conversation is.
class StrangerTest {
  private static final String NOT_THERE = "c-" + "a".repeat(26);

  /// Every route of a conversation, for its id.
  private static final Map<String, Function<String, Function<Caller, Caller.Reply>>> ROUTES =
      Map.of(
          "one", id -> caller -> caller.get("/api/conversations/" + id),
          "newest", id -> caller -> caller.get(Caller.messages(id)),
          "before", id -> caller -> caller.get(Caller.messages(id) + "?before=2"),
          "after", id -> caller -> caller.get(Caller.messages(id) + "?after=0"),
          "send", id -> caller -> caller.write(id, Caller.clientId(), "Let me in"),
          "read", id -> caller -> caller.markRead(id, 1),
          "read beyond", id -> caller -> caller.markRead(id, 100));

  @Test
  void everyRouteOfAConversationIsTheSame404() {
    try (TestServer server = TestServer.inMemory()) {
      Caller ann = server.nobody().newPerson("ann");
      Caller ben = server.nobody().newPerson("ben");
      Caller eve = server.nobody().newPerson("eve");
      String talking = ann.conversationWith("ben");
      ann.write(talking, "Between us");
      server.nobody().newPerson("dan");
      String empty = ann.conversationWith("dan");
      ben.inboxWhen(inbox -> inbox.at("/items/0/unread").asLong() == 1);
      // Of another form altogether.
      List<String> ids = List.of(talking, empty, "c-" + "7".repeat(26), "x", "C-" + "A".repeat(26));
      ROUTES.forEach((name, route) -> {
        Caller.Reply nothing =
            route.apply(NOT_THERE).apply(eve).isProblem(404, "conversation_not_found");
        for (String id : ids) {
          Caller.Reply somebodys = route.apply(id).apply(eve);
          assertThat(somebodys.withoutRequestId())
              .as(name + " of " + id)
              .isEqualTo(nothing.withoutRequestId());
          assertThat(somebodys.status()).isEqualTo(404);
          assertThat(names(somebodys)).as(name + " of " + id).isEqualTo(names(nothing));
        }
      });
      assertThat(eve.get("/api/conversations").json().path("items")).isEmpty();
      assertThat(ann.history(talking)).hasSize(1);
      assertThat(ben.get("/api/conversations").json().at("/items/0/unread").asLong()).isEqualTo(1);
    }
  }

  private static List<String> names(Caller.Reply reply) {
    return reply.headers().map().keySet().stream().sorted().toList();
  }
}
