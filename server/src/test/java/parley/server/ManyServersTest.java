package parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.store.TableAdmin.Capacity;
import tools.jackson.databind.JsonNode;

/// More than one server on one table: at the same time, and one after the other.
class ManyServersTest {
  /// What a session or an account may be behind at another server, and a little for the machine.
  private static final Duration BEHIND = Limits.ACCOUNT_STALENESS.plusSeconds(6);

  @Test
  void twoServersOnOneTableAreOne() {
    try (Deployment deployment = TestServer.deployment(new Storage.InMemory());
        ParleyServer first = TestServer.start(deployment, InstantSource.system());
        ParleyServer second = TestServer.start(deployment, InstantSource.system())) {
      Caller ann = Caller.nobody(first.port()).newPerson("ann");
      Caller ben = Caller.nobody(second.port()).newPerson("ben");
      String id = ann.conversationWith("ben");
      assertThat(ben.conversationWith("ann")).isEqualTo(id);

      String clientId = Caller.clientId();
      Caller.Reply sent = ann.write(id, clientId, "From here").is(201);
      assertThat(ann.at(second.port()).write(id, clientId, "From here").is(200).text())
          .isEqualTo(sent.text());
      for (int i = 0; i < 10; i++) {
        ann.at(i % 2 == 0 ? first.port() : second.port()).write(id, "a" + i);
        ben.at(i % 3 == 0 ? first.port() : second.port()).write(id, "b" + i);
      }
      for (ParleyServer server : new ParleyServer[] {first, second}) {
        assertThat(ben.at(server.port()).history(id))
            .extracting(item -> item.path("seq").asInt())
            .hasSize(21)
            .isSorted();
        // The last message is Ben's, and the one before it is Ann's.
        ben.at(server.port()).inboxWhen(inbox -> isRow(inbox, 21, 0));
        ann.at(server.port()).inboxWhen(inbox -> isRow(inbox, 21, 1));
      }
      for (int i = 22; i <= 24; i++) {
        ann.at(i % 2 == 0 ? first.port() : second.port()).write(id, "a" + i);
      }
      for (ParleyServer server : new ParleyServer[] {first, second}) {
        ben.at(server.port()).inboxWhen(inbox -> isRow(inbox, 24, 3));
      }
      JsonNode marked = ben.at(first.port()).markRead(id, 23).is(200).json();
      assertThat(marked.path("unread").asLong()).isEqualTo(1);
      assertThat(ben.get("/api/conversations/" + id).json().path("unread").asLong()).isEqualTo(1);

      // What one of them ends or changes, the other hears of.
      ann.at(second.port()).get("/api/me").is(200);
      ann.patch("/api/me", Map.of("displayName", "Ann II")).is(200);
      ann.at(second.port()).when("/api/me", me -> me.at("/displayName").equals("Ann II"), BEHIND);
      ann.delete("/api/sessions/current").is(204);
      ann.at(second.port()).when("/api/me", me -> me.status() == 401, BEHIND);
    }
  }

  @Test
  void aBlockHoldsOnTheOtherServerWithinFiveSeconds() {
    try (Deployment deployment = TestServer.deployment(new Storage.InMemory());
        ParleyServer first = TestServer.start(deployment, InstantSource.system());
        ParleyServer second = TestServer.start(deployment, InstantSource.system())) {
      Caller ann = Caller.nobody(second.port()).newPerson("ann");
      Caller ben = Caller.nobody(first.port()).newPerson("ben");
      String id = ann.conversationWith("ben");
      String blocks = "/api/blocks/" + ann.get("/api/me").at("/id");
      // From here on the second server knows that nobody is blocked.
      ann.write(id, "hello");
      ben.put(blocks, Map.of()).is(204);
      reaches(ann, ben, id, "blocked", false);
      ben.delete(blocks).is(204);
      reaches(ann, ben, id, "unblocked", true);
    }
  }

  /// Writes until what is written reaches the other one, or does not: for 5 seconds at most.
  private static void reaches(Caller from, Caller to, String id, String text, boolean reaches) {
    long began = System.nanoTime();
    for (int i = 0; ; i++) {
      Duration since = Duration.ofNanos(System.nanoTime() - began);
      String said = text + " " + i;
      from.write(id, said);
      boolean reached =
          to.history(id).stream().anyMatch(one -> one.path("text").asString("").equals(said));
      if (reached == reaches) {
        return;
      }
      assertThat(since).as(said).isLessThanOrEqualTo(Limits.DECISION_STALENESS);
    }
  }

  private static boolean isRow(JsonNode inbox, long lastSeq, long unread) {
    return inbox.at("/items/0/last/seq").asLong() == lastSeq
        && inbox.at("/items/0/unread").asLong() == unread;
  }

  @Test
  void aServerThatStartsAgainHasEverything(@TempDir Path folder) {
    Storage onDisk = new Storage.OnDisk(folder.resolve("data"));
    Caller ann;
    Caller ben;
    String id;
    String unprojected;
    try (TestServer server = TestServer.on(onDisk)) {
      ann = server.nobody().newPerson("ann");
      ben = server.nobody().newPerson("ben");
      id = ann.conversationWith("ben");
      for (int i = 1; i <= 30; i++) {
        ann.write(id, "m" + i);
      }
      ben.inboxWhen(inbox -> inbox.at("/items/0/unread").asLong() == 30);
      ben.markRead(id, 10).is(200);
      // Its row has hardly been made when the server closes.
      server.nobody().newPerson("cay");
      unprojected = ann.conversationWith("cay");
      ann.write(unprojected, "At the last moment");
    }
    try (TestServer server = TestServer.on(onDisk)) {
      Caller annAgain = ann.at(server.port());
      Caller benAgain = ben.at(server.port());
      assertThat(annAgain.get("/api/me").is(200).at("/handle")).isEqualTo("ann");
      assertThat(annAgain.conversationWith("ben")).isEqualTo(id);
      assertThat(benAgain.history(id)).hasSize(30);
      JsonNode row = benAgain.get("/api/conversations").json().at("/items/0");
      assertThat(row.path("unread").asLong()).isEqualTo(20);
      assertThat(row.path("readSeq").asLong()).isEqualTo(10);
      assertThat(annAgain.write(id, "m31").json().path("seq").asLong()).isEqualTo(31);
      benAgain.inboxWhen(inbox -> inbox.at("/items/0/unread").asLong() == 21);
      String cay = server.nobody().signIn("cay", Caller.password("cay")).is(201).at("/token");
      JsonNode theirs =
          annAgain.with(cay).inboxWhen(inbox -> inbox.path("items").size() == 1).json();
      assertThat(theirs.at("/items/0/id").asString()).isEqualTo(unprojected);
      assertThat(theirs.at("/items/0/unread").asLong()).isEqualTo(1);
      server.catchUp();
      assertThat(server.services().rebuild().run(false).differences()).isEmpty();
    }
  }

  @Test
  void aFolderKeepsItsOwnSecret(@TempDir Path folder) {
    Settings given =
        new Settings(
            new Storage.OnDisk(folder),
            "parley",
            new Capacity.OnDemand(),
            new Secret(new byte[32]));
    assertThatThrownBy(() -> Deployment.open(given))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("has a secret of its own");
    TestServer.on(new Storage.OnDisk(folder)).close();
  }
}
