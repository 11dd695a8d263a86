package parley.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A client that does what docs/events.md says.
final class FollowingClient {
  private final Person me;
  private final URI at;
  private final BadLine line;
  private final Map<String, SortedMap<Long, JsonNode>> logs = new HashMap<>();

  /// The newest message of each conversation that came as far as the line.
  private final Map<String, Long> sent = new HashMap<>();

  FollowingClient(Person me, URI at, BadLine line) {
    this.me = me;
    this.at = at;
    this.line = line;
  }

  int faults() {
    return line.faults();
  }

  SortedMap<Long, JsonNode> log(String conversation) {
    return logs.computeIfAbsent(conversation, _ -> new TreeMap<>());
  }

  private long last(String conversation) {
    SortedMap<Long, JsonNode> log = log(conversation);
    return log.isEmpty() ? 0 : log.lastKey();
  }

  /// Takes what has come so far, through the line.
  void take(Queue<JsonNode> events) throws Exception {
    for (JsonNode event = events.poll(); event != null; event = events.poll()) {
      if (event.path("type").asString().equals("message")) {
        sent.merge(
            event.path("conversation").asString(),
            event.path("entry").path("seq").asLong(),
            Math::max);
      }
      for (JsonNode carried : line.carry(event)) {
        handle(carried);
      }
    }
  }

  /// The same until this message was sent to it, whatever the line makes of it.
  void takeUntil(BlockingQueue<JsonNode> events, String conversation, long seq, Duration within)
      throws Exception {
    long until = System.nanoTime() + within.toNanos();
    take(events);
    while (sent.getOrDefault(conversation, 0L) < seq) {
      JsonNode event = events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(event).as("number " + seq + " within " + within).isNotNull();
      take(new ArrayDeque<>(List.of(event)));
    }
  }

  private void handle(JsonNode event) throws Exception {
    switch (event.path("type").asString()) {
      case "message" -> {
        String conversation = event.path("conversation").asString();
        long seq = event.path("entry").path("seq").asLong();
        long last = last(conversation);
        if (seq == last + 1) {
          log(conversation).put(seq, event.path("entry"));
        } else if (seq > last + 1) {
          catchUp(conversation);
        }
      }
      case "resync" -> connectedAgain();
      default -> {
        // Nothing that has to do with the log.
      }
    }
  }

  /// After a connection was opened: what happened while there was none?
  void connectedAgain() throws Exception {
    String next = "";
    do {
      JsonNode page = me.get(at, "/api/conversations" + (next.isEmpty() ? "" : "?cursor=" + next));
      for (JsonNode row : page.path("items")) {
        String conversation = row.path("id").asString();
        if (row.path("last").path("seq").asLong() <= last(conversation)) {
          // Rows are newest first: what is further down is known.
          return;
        }
        catchUp(conversation);
      }
      next = page.path("next").asString("");
    } while (!next.isEmpty());
  }

  private void catchUp(String conversation) throws Exception {
    JsonNode page;
    do {
      page =
          me.get(
              at,
              "/api/conversations/"
                  + conversation
                  + "/messages?limit=10&after="
                  + last(conversation));
      for (JsonNode entry : page.path("items")) {
        log(conversation).put(entry.path("seq").asLong(), entry);
      }
    } while (!page.path("items").isEmpty() && last(conversation) < page.path("lastSeq").asLong());
  }

  /// The log as the server has it.
  static SortedMap<Long, JsonNode> whole(Person reader, URI at, String conversation)
      throws Exception {
    FollowingClient client = new FollowingClient(reader, at, new BadLine(0));
    client.catchUp(conversation);
    return client.log(conversation);
  }
}
