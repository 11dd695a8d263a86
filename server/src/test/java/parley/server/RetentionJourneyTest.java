package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.message.ClientId;
import tools.jackson.databind.JsonNode;

/// Messages vanish, over HTTP.
class RetentionJourneyTest {
  private static final Duration DAY = Duration.ofDays(1);

  /// A client id by the clock of a server that is ahead.
  private static String clientId(Duration ahead) {
    return ClientId.of(Instant.now().plus(ahead), System.nanoTime(), 1).toString();
  }

  private static Caller.Reply keep(Caller by, String conversation, long days) {
    return by.put(
        "/api/conversations/" + conversation + "/retention",
        Map.of("clientId", Caller.clientId(), "days", days));
  }

  private static List<Long> seqs(Caller.Reply page) {
    return page.json().path("items").valueStream().map(it -> it.path("seq").asLong()).toList();
  }

  private static Caller person(TestServer server, String handle) {
    return server.nobody().newPerson(handle);
  }

  @Test
  void oneSaysSoBothSeeItAndTheMessageVanishes() {
    try (TestServer server = TestServer.inMemory()) {
      Caller ann = person(server, "ann");
      Caller ben = person(server, "ben");
      String talk = ann.conversationWith("ben");
      String one = "/api/conversations/" + talk;
      keep(ann, talk, 1).isProblem(409, "conversation_empty");
      ann.write(talk, "stays");
      Caller.Reply said = keep(ben, talk, 1).is(200);
      assertThat(said.at("/kind")).isEqualTo("retention");
      assertThat(said.json().path("days").asInt()).isEqualTo(1);
      JsonNode sent = ann.write(talk, "vanishes").json();
      Instant end = Instant.parse(sent.path("at").asString()).plus(DAY);
      assertThat(Instant.parse(sent.path("expiresAt").asString())).isEqualTo(end);
      JsonNode row =
          ben.when(
                  one,
                  reply ->
                      reply.json().path("retentionDays").asInt() == 1
                          && reply.json().at("/last/seq").asLong() == 3)
              .json();
      assertThat(Instant.parse(row.at("/last/expiresAt").asString())).isEqualTo(end);
      assertThat(row.path("unread").asLong()).isEqualTo(2);
      assertThat(seqs(ben.get(Caller.messages(talk)).is(200))).containsExactly(1L, 2L, 3L);
      server.advance(DAY.plusSeconds(1));
      assertThat(seqs(ben.get(Caller.messages(talk)).is(200))).containsExactly(1L, 2L);
      JsonNode last = ben.get(one).is(200).json();
      assertThat(last.path("unread").asLong()).as("the one that stays").isEqualTo(1);
      assertThat(last.at("/last/vanished").asBoolean()).isTrue();
      assertThat(last.path("last").has("text")).isFalse();
      assertThat(last.path("last").has("unsent")).isFalse();
      JsonNode after = ann.get(Caller.messages(talk) + "?after=2").is(200).json().path("items");
      assertThat(after.get(0).toString()).isEqualTo("{\"kind\":\"vanished\",\"seq\":3}");
      ann.send(
              "PATCH",
              Caller.messages(talk) + "/3",
              "{\"clientId\":\"%s\",\"text\":\"back\"}".formatted(clientId(DAY)))
          .isProblem(404, "message_not_found");
      ann.delete(Caller.messages(talk) + "/3?clientId=" + clientId(DAY))
          .isProblem(404, "message_not_found");
      // Whoever takes it back takes it back for what comes.
      Map<String, Object> off = Map.of("clientId", clientId(DAY), "days", 0);
      ann.put(one + "/retention", off).is(200);
      assertThat(ann.put(one + "/retention", off).is(200).json().path("seq").asLong()).isEqualTo(4);
      assertThat(ann.write(talk, clientId(DAY), "stays too").is(201).json().has("expiresAt"))
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Limits.RETENTION_DAYS_MAX + 1, Long.MAX_VALUE})
  void whatIsNoNumberOfDaysIsRefused(long days) {
    try (TestServer server = TestServer.inMemory()) {
      Caller ann = person(server, "ann");
      person(server, "ben");
      String talk = ann.conversationWith("ben");
      ann.write(talk, "hello");
      keep(ann, talk, days).isProblem(422, "validation_failed");
      keep(ann, talk, Limits.RETENTION_DAYS_MAX).is(200);
      keep(ann, talk, Limits.RETENTION_DAYS_MIN).is(200);
    }
  }

  @Test
  void aDeploymentSaysSoForAll() {
    try (TestServer server = TestServer.keeping(3)) {
      Caller ann = person(server, "ann");
      Caller ben = person(server, "ben");
      assertThat(server.nobody().get("/api/config").is(200).json().path("retentionDays").asInt())
          .isEqualTo(3);
      String talk = ann.conversationWith("ben");
      ann.write(talk, "three days");
      keep(ann, talk, 30).is(200);
      JsonNode sent = ann.write(talk, "three days as well").json();
      assertThat(Instant.parse(sent.path("expiresAt").asString()))
          .isEqualTo(Instant.parse(sent.path("at").asString()).plus(DAY.multipliedBy(3)));
      ben.inboxWhen(page -> page.at("/items/0/last/seq").asLong() == 3);
      server.advance(DAY.multipliedBy(3).plusSeconds(1));
      assertThat(seqs(ben.get(Caller.messages(talk)).is(200))).isEmpty();
      JsonNode row = ben.get("/api/conversations").is(200).json().at("/items/0");
      assertThat(row.path("unread").asLong()).isZero();
      assertThat(row.at("/last/vanished").asBoolean()).isTrue();
      // Its server sweeps by itself, and may be in the middle of it.
      Instant until = Instant.now().plusSeconds(60);
      List<String> differences;
      do {
        while (server.services().sweeper().work()) {
          // To the end of what is due.
        }
        differences = server.services().rebuild().run(false).differences();
      } while (!differences.isEmpty() && Instant.now().isBefore(until));
      assertThat(differences).isEmpty();
    }
  }
}
