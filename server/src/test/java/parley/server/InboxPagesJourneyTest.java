package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// An inbox of sixty conversations, page by page.
class InboxPagesJourneyTest {
  private static final int PEERS = 60;
  private static final long SEED = 20_260_301;

  private static TestServer server;
  private static Caller me;

  /// Newest first.
  private static final List<String> EXPECTED = new ArrayList<>();

  @BeforeAll
  static void fill() throws Exception {
    server = TestServer.inMemory();
    me = server.nobody().newPerson("me");
    List<Caller> peers = new ArrayList<>();
    // More at once would be turned away: passwords are hashed by two.
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Caller>> signUps = new ArrayList<>();
      for (int i = 0; i < PEERS; i++) {
        String handle = "peer_" + i;
        signUps.add(threads.submit(() -> server.nobody().newPerson(handle)));
      }
      for (Future<Caller> signUp : signUps) {
        peers.add(signUp.get());
      }
    }
    Collections.shuffle(peers, new Random(SEED));
    for (Caller peer : peers) {
      write(peer, peer.conversationWith("me"));
    }
    // Some go to the top again.
    for (int i = 0; i < PEERS; i += 7) {
      write(peers.get(i), peers.get(i).conversationWith("me"));
    }
    // Conversations are projected side by side: every row is waited for, not the newest.
    server.catchUp();
  }

  private static void write(Caller peer, String id) {
    server.advance(Duration.ofSeconds(1));
    peer.write(id, "hello");
    EXPECTED.remove(id);
    EXPECTED.addFirst(id);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyConversationComesOnceInOrder() {
    for (int limit : new int[] {1, 7, 20, 50}) {
      List<String> ids = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = me.get("/api/conversations?limit=" + limit + cursor).is(200).json();
        assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
        page.path("items").forEach(row -> ids.add(row.path("id").asString()));
        cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asString();
      } while (!cursor.isEmpty());
      assertThat(ids).as("limit " + limit + ", seed " + SEED).isEqualTo(EXPECTED);
    }
    assertThat(me.get("/api/conversations").json().path("items")).hasSize(20);
  }

  @Test
  void aCursorIsGoodForItsAccountOnly() {
    String next = me.get("/api/conversations?limit=5").at("/next");
    me.get("/api/conversations?cursor=" + next).is(200);
    Caller other = server.nobody().newPerson("other");
    isRefused(other, next);
    char last = next.charAt(next.length() / 2);
    isRefused(
        me,
        next.substring(0, next.length() / 2)
            + (last == 'A' ? 'B' : 'A')
            + next.substring(next.length() / 2 + 1));
    isRefused(me, next.substring(1));
    isRefused(me, next + "A");
    isRefused(me, "");
    isRefused(me, "x".repeat(3_000));
    me.get("/api/conversations?limit=51").isProblem(422, "validation_failed");
  }

  private static void isRefused(Caller caller, String cursor) {
    Caller.Reply refused = caller.get("/api/conversations?cursor=" + cursor);
    assertThat(refused.isProblem(422, "cursor_invalid").at("/errors/0/field")).isEqualTo("cursor");
  }
}
