package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messaging.message.ClientId;
import tools.jackson.databind.JsonNode;

/// Two people who open a conversation, write, read back, and mark as read.
class ConversationJourneyTest {
  private static TestServer server;
  private static Caller ann;
  private static Caller ben;

  @BeforeAll
  static void start() {
    server = TestServer.inMemory();
    ann = server.nobody().newPerson("ann");
    ben = server.nobody().newPerson("ben");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// A conversation of two people whom no other test knows.
  private record Pair(Caller one, Caller two, String id) {}

  private static Pair pair(String name) {
    Caller one = server.nobody().newPerson(name + "_one");
    Caller two = server.nobody().newPerson(name + "_two");
    return new Pair(one, two, one.conversationWith(name + "_two"));
  }

  @Test
  void bothSidesOpenTheSameAndItIsNotSeenBeforeAMessage() {
    Caller.Reply opened = ann.open("BEN").is(200);
    assertThat(opened.at("/participants/0/handle")).isEqualTo("ben");
    assertThat(opened.json().path("last").isNull()).isTrue();
    assertThat(opened.json().path("unread").asLong()).isZero();
    String id = opened.at("/id");
    assertThat(ann.conversationWith("ben")).isEqualTo(id);
    assertThat(ann.conversationWith(ben.get("/api/me").at("/id"))).isEqualTo(id);
    assertThat(ben.conversationWith("ann")).isEqualTo(id);
    assertThat(ben.get("/api/conversations").json().path("items")).isEmpty();
    assertThat(ann.get("/api/conversations").json().path("items")).isEmpty();
    assertThat(ben.get("/api/conversations/" + id).is(200).at("/id")).isEqualTo(id);
    JsonNode empty = ann.get(Caller.messages(id)).is(200).json();
    assertThat(empty.path("items")).isEmpty();
    assertThat(empty.path("lastSeq").asLong()).isZero();
    assertThat(empty.path("older").isNull()).isTrue();
    assertThat(
            ann.markRead(id, 1).isProblem(422, "read_beyond_last").json().path("lastSeq").asLong())
        .isZero();
  }

  @Test
  void nobodyTalksToThemselvesToNobodyOrToACrowd() {
    ann.open("ann").isProblem(422, "participant_self");
    ann.open("nobody_here").isProblem(422, "participant_unknown");
    ann.open("u-" + "a".repeat(26)).isProblem(422, "participant_unknown");
    ann.open("?").isProblem(422, "validation_failed");
    ann.post("/api/conversations", Map.of("participants", List.of()))
        .isProblem(422, "participants_count");
    ann.post("/api/conversations", Map.of("participants", List.of("ben", "ann")))
        .isProblem(422, "participants_count");
  }

  @Test
  void theSameAttemptIsTheSameMessage() {
    Pair pair = pair("again");
    String clientId = Caller.clientId();
    Caller.Reply first = pair.one().write(pair.id(), clientId, "Is it you? \uD83D\uDEA2").is(201);
    assertThat(first.at("/kind")).isEqualTo("message");
    assertThat(first.json().path("seq").asLong()).isEqualTo(1);
    assertThat(first.at("/clientId")).isEqualTo(clientId);
    assertThat(first.at("/text")).isEqualTo("Is it you? \uD83D\uDEA2");
    Caller.Reply again = pair.one().write(pair.id(), clientId, "Is it you? \uD83D\uDEA2").is(200);
    assertThat(again.text()).isEqualTo(first.text());
    Caller.Reply other = pair.one().write(pair.id(), clientId, "Or not?");
    assertThat(other.isProblem(409, "client_id_reused").at("/errors/0/field"))
        .isEqualTo("clientId");
    assertThat(pair.one().write(pair.id(), "Next").json().path("seq").asLong()).isEqualTo(2);
    assertThat(pair.one().write(pair.id(), clientId, "Is it you? \uD83D\uDEA2").is(200).text())
        .isEqualTo(first.text());

    // The other one sees it without the sender's id, and may use the same id for their own.
    JsonNode seen = pair.two().get(Caller.messages(pair.id())).json().path("items").get(0);
    assertThat(seen.has("clientId")).isFalse();
    assertThat(seen.path("from")).isEqualTo(first.json().path("from"));
    pair.two().write(pair.id(), clientId, "Mine").is(201);
    assertThat(pair.one().history(pair.id())).hasSize(3);
  }

  @Test
  void oneChangesAndTakesBackOnesOwnWords() {
    Pair pair = pair("change");
    String path = Caller.messages(pair.id()) + "/1";
    pair.one().write(pair.id(), "Are you awkae?");
    pair.two().write(pair.id(), "Yes.");
    String clientId = Caller.clientId();
    Map<String, Object> edit = Map.of("clientId", clientId, "text", "Are you awake?");
    Caller.Reply edited = pair.one().patch(path, edit).is(200);
    assertThat(edited.at("/kind")).isEqualTo("edit");
    assertThat(edited.json().path("seq").asLong()).isEqualTo(3);
    assertThat(edited.json().path("target").asLong()).isEqualTo(1);
    assertThat(pair.one().patch(path, edit).is(200).text()).isEqualTo(edited.text());
    pair.two()
        .patch(path, Map.of("clientId", Caller.clientId(), "text", "mine?"))
        .isProblem(404, "message_not_found");
    pair.one()
        .patch(path, Map.of("clientId", clientId, "text", "Something else"))
        .isProblem(409, "client_id_reused");
    pair.one().patch(Caller.messages(pair.id()) + "/01", edit).isProblem(404, "message_not_found");
    String history = Caller.messages(pair.id());
    pair.two().when(history, reply -> reply.at("/items/0/text").equals("Are you awake?"));

    String unsend = path + "?clientId=" + Caller.clientId();
    pair.one().send("DELETE", path, "").isProblem(422, "validation_failed");
    Caller.Reply unsent = pair.one().send("DELETE", unsend, "").is(200);
    assertThat(unsent.at("/kind")).isEqualTo("unsend");
    assertThat(pair.one().send("DELETE", unsend, "").is(200).text()).isEqualTo(unsent.text());
    JsonNode first =
        pair.two()
            .when(history, reply -> reply.text().contains("\"unsent\":true"))
            .json()
            .path("items")
            .get(0);
    assertThat(first.has("text")).isFalse();
    // Whoever catches up gets every number, and nothing of what was taken back.
    Caller.Reply missed =
        pair.two().when(history + "?after=0", reply -> !reply.text().contains("awake"));
    assertThat(missed.json().path("items")).hasSize(4);
  }

  @Test
  void oneFilesConversationsForOneself() {
    Pair pair = pair("file");
    pair.one().write(pair.id(), "Hello.");
    pair.two().write(pair.id(), "Hi.");
    String path = "/api/conversations/" + pair.id();
    // What comes after it is archived would bring it back.
    for (Caller each : List.of(pair.one(), pair.two())) {
      each.inboxWhen(inbox -> inbox.at("/items/0/last/seq").asLong() == 2);
    }
    assertThat(pair.one().get(path).at("/folder")).isEqualTo("inbox");
    Caller.Reply put = pair.one().patch(path, Map.of("folder", "archive", "muted", true)).is(200);
    assertThat(put.at("/folder")).isEqualTo("archive");
    assertThat(put.json().path("muted").asBoolean()).isTrue();
    assertThat(pair.one().get("/api/conversations").json().path("items")).isEmpty();
    assertThat(pair.one().get("/api/conversations?folder=archive").at("/items/0/id"))
        .isEqualTo(pair.id());
    assertThat(pair.two().get("/api/conversations").at("/items/0/id")).isEqualTo(pair.id());
    pair.one().patch(path, Map.of("folder", "bin")).isProblem(422, "validation_failed");
    pair.one().patch(path, Map.of("muted", "yes")).isProblem(422, "validation_failed");
    pair.one().get("/api/conversations?folder=bin").isProblem(422, "validation_failed");
    pair.one().patch(path, Map.of("folder", "inbox", "muted", false)).is(200);
    assertThat(pair.one().get("/api/conversations").at("/items/0/id")).isEqualTo(pair.id());

    Caller.Reply deleted = pair.one().delete(path + "?upTo=2").is(200);
    assertThat(deleted.json().path("folder").isNull()).isTrue();
    assertThat(deleted.json().path("last").isNull()).isTrue();
    assertThat(deleted.json().path("clearedSeq").asLong()).isEqualTo(2);
    assertThat(pair.one().history(pair.id())).isEmpty();
    assertThat(pair.two().history(pair.id())).hasSize(2);
    pair.two().write(pair.id(), "Are you still there?");
    pair.one().when(path, reply -> reply.at("/folder").equals("inbox"));
    assertThat(pair.one().history(pair.id())).hasSize(1);
  }

  @Test
  void nobodyIsToldThatTheyAreBlocked() {
    Pair pair = pair("block");
    pair.one().write(pair.id(), "Hello.");
    pair.two().write(pair.id(), "Hi.");
    String them = "/api/blocks/" + pair.two().get("/api/me").at("/id");
    pair.one().put(them, Map.of()).is(204);
    pair.one().put(them, Map.of()).is(204);
    assertThat(pair.one().get("/api/blocks").at("/items/0/account/handle")).isEqualTo("block_two");
    assertThat(pair.two().get("/api/blocks").json().path("items")).isEmpty();
    Caller.Reply hidden = pair.two().write(pair.id(), "Why do you not answer?").is(201);
    assertThat(hidden.json().propertyNames()).contains("seq", "from", "at", "text", "clientId");
    pair.two()
        .when(
            "/api/conversations/" + pair.id(),
            r -> r.json().at("/last/text").asString("").startsWith("Why"));
    pair.one().inboxWhen(inbox -> inbox.at("/items/0/last/text").asString("").equals("Hi."));
    assertThat(pair.two().history(pair.id())).hasSize(3);
    assertThat(pair.one().get(Caller.messages(pair.id())).json().path("items")).hasSize(2);
    assertThat(pair.one().get(Caller.messages(pair.id()) + "?after=2").json().path("items"))
        .singleElement()
        .hasToString("{\"kind\":\"hidden\",\"seq\":3}");
    assertThat(pair.one().get("/api/conversations").at("/items/0/last/text")).isEqualTo("Hi.");
    pair.one()
        .put("/api/blocks/" + pair.one().get("/api/me").at("/id"), Map.of())
        .isProblem(404, "person_not_found");
    pair.one().put("/api/blocks/u-" + "a".repeat(26), Map.of()).isProblem(404, "person_not_found");
    pair.one().delete("/api/blocks/nobody").isProblem(404, "person_not_found");
    pair.one().get("/api/blocks?after=x").isProblem(422, "validation_failed");
    pair.one().delete(them).is(204);
    pair.two().write(pair.id(), "There you are.");
    pair.one().when("/api/conversations", r -> r.at("/items/0/last/text").startsWith("There"));
    assertThat(pair.one().get(Caller.messages(pair.id())).json().path("items")).hasSize(3);
  }

  @Test
  void aClientIdHasATimeAndIsRefusedWhenThatIsFarOff() {
    Pair pair = pair("clock");
    for (Map.Entry<Duration, String> off :
        Map.of(
                Duration.ofMinutes(5),
                "client_id_in_future",
                Duration.ofDays(-8),
                "client_id_expired")
            .entrySet()) {
      String clientId = ClientId.of(Instant.now().plus(off.getKey()), 1, 2).toString();
      Caller.Reply refused =
          pair.one().write(pair.id(), clientId, "x").isProblem(422, off.getValue());
      assertThat(Instant.parse(refused.at("/now")))
          .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }
    pair.one().write(pair.id(), "no-uuid", "x").isProblem(422, "validation_failed");
    pair.one().write(pair.id(), Caller.clientId(), " ").isProblem(422, "validation_failed");
    pair.one()
        .write(pair.id(), Caller.clientId(), "\uD83D\uDEA2".repeat(2_001))
        .isProblem(422, "validation_failed");
    pair.one().write(pair.id(), Caller.clientId(), "\uD83D\uDEA2".repeat(2_000)).is(201);
  }

  @Test
  void historyIsReadBothWays() {
    Pair pair = pair("history");
    for (int i = 1; i <= 120; i++) {
      (i % 3 == 0 ? pair.two() : pair.one()).write(pair.id(), "m" + i);
    }
    String path = Caller.messages(pair.id());

    // Back from the newest.
    List<Long> back = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    JsonNode page = pair.two().get(path).is(200).json();
    while (true) {
      List<Long> seqs = seqs(page);
      assertThat(page.path("lastSeq").asLong()).isEqualTo(120);
      assertThat(page.path("accounts").propertyNames()).hasSize(2);
      back.addAll(0, seqs);
      sizes.add(seqs.size());
      if (page.path("older").isNull()) {
        break;
      }
      page = pair.two().get(path + "?before=" + page.path("older").asLong()).is(200).json();
    }
    assertThat(back).isEqualTo(LongStream.rangeClosed(1, 120).boxed().toList());
    assertThat(sizes).containsExactly(50, 50, 20);

    // Forward from the beginning, in odd portions.
    List<String> texts = new ArrayList<>();
    for (long after = 0; texts.size() < 120; after += 7) {
      JsonNode forward = pair.one().get(path + "?limit=7&after=" + after).is(200).json();
      assertThat(forward.path("older").isNull()).isTrue();
      forward.path("items").forEach(item -> texts.add(item.path("text").asString()));
    }
    assertThat(texts).isEqualTo(IntStream.rangeClosed(1, 120).mapToObj(i -> "m" + i).toList());

    // The edges.
    JsonNode end = pair.one().get(path + "?after=120").is(200).json();
    assertThat(end.path("items")).isEmpty();
    assertThat(end.path("lastSeq").asLong()).isEqualTo(120);
    JsonNode beyond = pair.one().get(path + "?after=5000").is(200).json();
    assertThat(beyond.path("items")).isEmpty();
    assertThat(beyond.path("lastSeq").asLong()).isEqualTo(120);
    assertThat(seqs(pair.one().get(path + "?before=1").is(200).json())).isEmpty();
    assertThat(seqs(pair.one().get(path + "?before=5000&limit=1").is(200).json()))
        .containsExactly(120L);
    for (String query :
        List.of("limit=0", "limit=101", "limit=x", "before=0", "after=-1", "before=3&after=3")) {
      pair.one().get(path + "?" + query).isProblem(422, "validation_failed");
    }
    // Times never go back.
    List<Instant> times =
        pair.one().history(pair.id()).stream()
            .map(i -> Instant.parse(i.path("at").asString()))
            .toList();
    assertThat(times).isSorted();
  }

  private static List<Long> seqs(JsonNode page) {
    return page.path("items").valueStream().map(item -> item.path("seq").asLong()).toList();
  }

  @Test
  void theInboxFollowsAndReadingCounts() {
    Pair pair = pair("inbox");
    for (int i = 1; i <= 4; i++) {
      pair.one().write(pair.id(), "line " + i);
    }
    String longText = "\uD83D\uDEA2".repeat(200);
    Caller.Reply last = pair.one().write(pair.id(), longText);

    JsonNode theirs =
        pair.two().inboxWhen(inbox -> inbox.at("/items/0/unread").asLong() == 5).json();
    assertThat(theirs.path("items")).hasSize(1);
    assertThat(theirs.path("next").isNull()).isTrue();
    JsonNode row = theirs.at("/items/0");
    assertThat(row.path("id").asString()).isEqualTo(pair.id());
    assertThat(row.path("kind").asString()).isEqualTo("direct");
    assertThat(row.at("/participants/0/handle").asString()).isEqualTo("inbox_one");
    assertThat(row.at("/last/seq").asLong()).isEqualTo(5);
    assertThat(row.at("/last/at").asString()).isEqualTo(last.at("/at"));
    assertThat(row.at("/last/from").asString()).isEqualTo(last.at("/from"));
    assertThat(row.at("/last/text").asString()).isEqualTo("\uD83D\uDEA2".repeat(160));
    assertThat(pair.two().get("/api/conversations/" + pair.id()).is(200).json()).isEqualTo(row);

    // One's own messages are not unread.
    JsonNode mine =
        pair.one().inboxWhen(inbox -> inbox.at("/items/0/last/seq").asLong() == 5).json();
    assertThat(mine.at("/items/0/unread").asLong()).isZero();

    isRead(pair.two().markRead(pair.id(), 2), 2, 3);
    isRead(pair.two().markRead(pair.id(), 1), 2, 3);
    Caller.Reply beyond = pair.two().markRead(pair.id(), 6).isProblem(422, "read_beyond_last");
    assertThat(beyond.json().path("lastSeq").asLong()).isEqualTo(5);
    pair.two().markRead(pair.id(), 0).isProblem(422, "validation_failed");
    isRead(pair.two().markRead(pair.id(), 5), 5, 0);
    assertThat(pair.two().get("/api/conversations").json().at("/items/0/readSeq").asLong())
        .isEqualTo(5);

    // One's own answer is not unread.
    pair.two().write(pair.id(), "Ships!");
    pair.one().inboxWhen(inbox -> inbox.at("/items/0/unread").asLong() == 1);
    JsonNode after =
        pair.two().inboxWhen(inbox -> inbox.at("/items/0/last/seq").asLong() == 6).json();
    assertThat(after.at("/items/0/unread").asLong()).isZero();
    isRead(pair.one().markRead(pair.id(), 6), 6, 0);
  }

  private static void isRead(Caller.Reply reply, long readSeq, long unread) {
    assertThat(reply.is(200).json().path("readSeq").asLong()).isEqualTo(readSeq);
    assertThat(reply.json().path("unread").asLong()).isEqualTo(unread);
  }

  @Test
  void sixtyFourClientsAtOnceMakeOneGaplessLog() throws Exception {
    Pair pair = pair("crowd");
    int clients = 64;
    int each = 20;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        Caller sender = client % 2 == 0 ? pair.one() : pair.two();
        String name = "client " + client;
        all.add(threads.submit(() -> sendAll(sender, pair.id(), name, each)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    List<JsonNode> log = pair.one().history(pair.id());
    assertThat(log.stream().map(item -> item.path("seq").asLong()).toList())
        .isEqualTo(LongStream.rangeClosed(1, (long) clients * each).boxed().toList());
    Map<String, List<Integer>> bySender = new LinkedHashMap<>();
    for (JsonNode item : log) {
      String[] parts = item.path("text").asString().split("/", 2);
      bySender.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(Integer.valueOf(parts[1]));
    }
    assertThat(bySender).hasSize(clients);
    assertThat(bySender.values())
        .allSatisfy(
            order -> assertThat(order).isEqualTo(IntStream.range(0, each).boxed().toList()));
    // Whoever writes has read what came before.
    long last = (long) clients * each;
    for (Caller person : List.of(pair.one(), pair.two())) {
      String me = person.get("/api/me").at("/id");
      long own =
          log.stream()
              .filter(item -> item.path("from").asString().equals(me))
              .mapToLong(item -> item.path("seq").asLong())
              .max()
              .orElseThrow();
      person.inboxWhen(inbox ->
          inbox.at("/items/0/last/seq").asLong() == last
              && inbox.at("/items/0/unread").asLong() == last - own);
    }
    isRead(pair.one().markRead(pair.id(), last), last, 0);
  }

  /// Sends one after the other, each until it is answered, as clients are told to.
  private static void sendAll(Caller sender, String id, String name, int count) {
    for (int i = 0; i < count; i++) {
      String clientId = Caller.clientId();
      Caller.Reply reply = sender.write(id, clientId, name + "/" + i);
      for (int retry = 0; reply.status() == 503 && retry < 100; retry++) {
        reply = sender.write(id, clientId, name + "/" + i);
      }
      assertThat(reply.status()).as(reply.text()).isIn(200, 201);
    }
  }
}
