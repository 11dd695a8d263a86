package parley.prove;

import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import parley.prove.Tally.Of;
import tools.jackson.databind.JsonNode;

/// Somebody who listens, as docs/events.md says: takes the next number, drops what they have, asks
/// where there is a gap, and after each connecting. With a bad line they are also cut off now and
/// then.
final class LiveReader implements AutoCloseable {
  private static final Duration PING_AFTER = Duration.ofSeconds(20);
  private static final Duration DEAD_AFTER = Duration.ofSeconds(30);

  /// A connection on a bad line ends after so many events at most.
  private static final int CUT_AFTER = 50;

  private final Client client;
  private final Person me;
  private final @Nullable BadLine<JsonNode> line;
  private final Tally tally;
  private final Map<String, SortedMap<Long, Item>> logs = new HashMap<>();
  private final Queue<Finding> findings = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private final CountDownLatch connected = new CountDownLatch(1);
  private volatile boolean closed;
  private volatile @Nullable Ears ears;
  private volatile @Nullable CompletableFuture<Map<String, List<Item>>> settling;
  private int server;

  private LiveReader(Client client, Person me, int server, @Nullable Long seed, Tally tally) {
    this.client = client;
    this.me = me;
    this.server = server;
    this.line = seed == null ? null : new BadLine<>(seed);
    this.tally = tally;
    this.thread = Thread.ofVirtual().name("reader").unstarted(this::run);
  }

  static LiveReader onGoodLine(Client client, Person me, int server, Tally tally) {
    LiveReader reader = new LiveReader(client, me, server, null, tally);
    reader.thread.start();
    return reader;
  }

  static LiveReader onBadLine(Client client, Person me, int server, long seed, Tally tally) {
    LiveReader reader = new LiveReader(client, me, server, seed, tally);
    reader.thread.start();
    return reader;
  }

  Person person() {
    return me;
  }

  /// What was noticed at once.
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /// One open connection, and what came over it.
  private static final class Ears implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private volatile @Nullable WebSocket socket;

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        events.add(Client.JSON.readTree(text.toString()));
        text.setLength(0);
      } else {
        socket.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end();
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable fault) {
      end();
    }

    void end() {
      events.add(Client.JSON.createObjectNode().put("type", "(end)"));
    }

    void cut() {
      WebSocket open = socket;
      if (open != null) {
        open.abort();
      }
      end();
    }
  }

  private void run() {
    for (int failures = 0; !closed; ) {
      try {
        CompletableFuture<Map<String, List<Item>>> asked = settling;
        Ears open = connect();
        ears = open;
        connectedAgain();
        connected.countDown();
        failures = 0;
        if (asked != null) {
          asked.complete(copy());
        }
        if (settling == asked) {
          listen(open);
        }
        open.cut();
      } catch (IOException | GaveUp e) {
        failures++;
      } catch (InterruptedException e) {
        return;
      }
      server++;
      try {
        Thread.sleep(Client.rest(failures));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Ears connect() throws IOException, InterruptedException {
    // The ticket is made at one server and used at another.
    String ticket =
        client.mustDo(server, me, "POST", "/api/events/ticket", null).path("ticket").asString();
    Ears open = new Ears();
    try {
      open.socket = client.connect(server + 1, ticket, open);
    } catch (TicketRefused e) {
      findings.add(
          new Finding(
              Promise.LIVE,
              "connections of " + me,
              "a ticket that had just been made was refused"));
      throw e;
    }
    tally.count(Of.CONNECTED);
    return open;
  }

  private void listen(Ears open) throws IOException, InterruptedException {
    WebSocket socket = open.socket;
    if (socket == null) {
      return;
    }
    long heardAt = System.nanoTime();
    boolean pinged = false;
    int untilCut = 1 + ThreadLocalRandom.current().nextInt(CUT_AFTER);
    while (!closed) {
      JsonNode event = open.events.poll(1, TimeUnit.SECONDS);
      Duration silence = Duration.ofNanos(System.nanoTime() - heardAt);
      if (event == null) {
        if (silence.compareTo(DEAD_AFTER) > 0) {
          return;
        }
        if (!pinged && silence.compareTo(PING_AFTER) > 0) {
          ping(socket);
          pinged = true;
        }
        continue;
      }
      heardAt = System.nanoTime();
      pinged = false;
      if (event.path("type").asString("").equals("(end)")) {
        return;
      }
      BadLine<JsonNode> bad = line;
      if (bad == null) {
        handle(event);
      } else {
        long before = bad.faults();
        for (JsonNode carried : bad.carry(event)) {
          handle(carried);
        }
        tally.count(Of.LOST, bad.faults() - before);
        untilCut--;
        if (untilCut == 0) {
          tally.count(Of.CUT);
          return;
        }
      }
      socket.request(1);
    }
  }

  private static void ping(WebSocket socket) throws IOException, InterruptedException {
    try {
      socket
          .sendText("{\"type\":\"ping\"}", true)
          .get(Bounds.REQUEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the connection is gone", e);
    }
  }

  private void handle(JsonNode event) throws InterruptedException {
    switch (event.path("type").asString("")) {
      case "message" -> {
        String conversation = event.path("conversation").asString();
        Item item = Item.of(event.path("entry"));
        long last = last(conversation);
        if (item.seq() == last + 1) {
          tally.count(Of.HEARD);
          log(conversation).put(item.seq(), item);
        } else if (item.seq() > last) {
          catchUp(conversation);
        }
      }
      case "resync" -> connectedAgain();
      default -> {
        // Nothing of the log.
      }
    }
  }

  private SortedMap<Long, Item> log(String conversation) {
    return logs.computeIfAbsent(conversation, _ -> new TreeMap<>());
  }

  private long last(String conversation) {
    SortedMap<Long, Item> log = log(conversation);
    return log.isEmpty() ? 0 : log.lastKey();
  }

  /// What happened while there was no connection: the inbox, page by page, until a page has a row
  /// whose newest entry is known.
  private void connectedAgain() throws InterruptedException {
    String cursor = "";
    boolean known = false;
    do {
      JsonNode page =
          client.mustDo(
              server,
              me,
              "GET",
              "/api/conversations?limit=50" + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
              null);
      for (JsonNode row : page.path("items")) {
        String conversation = row.path("id").asString();
        if (row.at("/last/seq").asLong() <= last(conversation)) {
          known = true;
        } else {
          catchUp(conversation);
        }
      }
      cursor = page.path("next").asString("");
    } while (!known && !cursor.isEmpty());
  }

  private void catchUp(String conversation) throws InterruptedException {
    JsonNode page;
    do {
      page =
          client.mustDo(
              server,
              me,
              "GET",
              "/api/conversations/"
                  + conversation
                  + "/messages?limit=100&after="
                  + last(conversation),
              null);
      for (JsonNode entry : page.path("items")) {
        Item item = Item.of(entry);
        log(conversation).put(item.seq(), item);
        tally.count(Of.ASKED);
      }
    } while (!page.path("items").isEmpty() && last(conversation) < page.path("lastSeq").asLong());
  }

  private Map<String, List<Item>> copy() {
    Map<String, List<Item>> copy = new HashMap<>();
    logs.forEach((conversation, log) -> copy.put(conversation, new ArrayList<>(log.values())));
    return copy;
  }

  /// Waits until they listen for the first time.
  ///
  /// @throws GaveUp if no server lets them in within [Bounds#PATIENCE]
  void awaitConnected() throws InterruptedException {
    if (!connected.await(Bounds.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new GaveUp(me + " could not connect within " + Bounds.PATIENCE.toSeconds() + " s");
    }
  }

  /// Connects once more, asks for what is missing, and says what came of it all. How soon that is
  /// possible is no promise, so it has as long as any request.
  ///
  /// @throws GaveUp if no server lets them in within [Bounds#PATIENCE]
  Map<String, List<Item>> settled() throws InterruptedException {
    CompletableFuture<Map<String, List<Item>>> asked = new CompletableFuture<>();
    settling = asked;
    Ears open = ears;
    if (open != null) {
      open.cut();
    }
    try {
      return asked.get(Bounds.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new GaveUp(
          me + " could not connect again within " + Bounds.PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new GaveUp(me + " could not connect again", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    Ears open = ears;
    if (open != null) {
      open.cut();
    }
    thread.interrupt();
  }
}
