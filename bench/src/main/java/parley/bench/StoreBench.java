package parley.bench;

import static parley.bench.Report.line;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Inbox;
import parley.messaging.message.History;
import parley.messaging.message.Log.Consistency;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The log and the inbox beside the bare engine: in one process, in one run, without HTTP.
@Command(
    name = "store",
    description = "The log and the inbox beside the bare engine.",
    mixinStandardHelpOptions = true)
final class StoreBench implements Callable<Integer> {
  @Option(names = "--seconds", description = "How long each loop runs (default: 5).")
  double seconds = 5;

  @Option(names = "--rounds", description = "How often raw puts and sends take turns (default: 3).")
  int rounds = 3;

  @Option(
      names = "--messages",
      description = "How long the long conversation is (default: 1,000,000).")
  int messages = 1_000_000;

  @Option(
      names = "--conversations",
      split = ",",
      description = "Sizes of the inboxes (default: 100,10000,100000).")
  List<Integer> conversations = List.of(100, 10_000, 100_000);

  @Override
  public Integer call() throws Exception {
    System.out.println(Report.machine());
    sends();
    pages();
    growth();
    return 0;
  }

  /// Raw conditional puts, and sends with the projection running, taking turns on one engine.
  private void sends() throws Exception {
    line("%n## Sends beside raw conditional puts%n");
    line("| engine | senders | raw puts/s | p50 ms | sends/s | p50 ms | sends/raw | W a message |");
    line("|---|---|---|---|---|---|---|---|");
    for (boolean onDisk : new boolean[] {false, true}) {
      for (int senders : new int[] {1, 16, 64}) {
        double writesEach = writesEach(onDisk, senders);
        try (Stage stage = new Stage(onDisk, false)) {
          stage.startPump();
          List<Turn> turns = new ArrayList<>();
          turn(stage, senders, Math.min(2, seconds));
          for (int round = 0; round < rounds; round++) {
            turns.add(turn(stage, senders, seconds));
          }
          turns.sort((a, b) -> Double.compare(a.ratio(), b.ratio()));
          Turn median = turns.get(turns.size() / 2);
          line(
              "| %s | %d | %.0f | %.2f | %.0f | %.2f | %.2f (%.2f to %.2f) | %.2f |",
              onDisk ? "file" : "memory",
              senders,
              median.raw.perSecond(),
              median.raw.p50_ms(),
              median.sends.perSecond(),
              median.sends.p50_ms(),
              median.ratio(),
              turns.getFirst().ratio(),
              turns.getLast().ratio(),
              writesEach);
        }
      }
    }
  }

  /// Units are counted in a turn of their own, since counting takes time.
  private double writesEach(boolean onDisk, int senders) throws Exception {
    try (Stage stage = new Stage(onDisk, true)) {
      stage.startPump();
      return turn(stage, senders, seconds).writesEach;
    }
  }

  private record Turn(Timings raw, Timings sends, double writesEach) {
    double ratio() {
      return sends.perSecond() / raw.perSecond();
    }
  }

  private static Turn turn(Stage stage, int senders, double seconds) throws Exception {
    // The same item, on the same table, by the same client, under the same condition.
    Map<String, AttributeValue> item = stage.messageItem();
    stage.drain();
    String run = UUID.randomUUID().toString();
    Timings raw =
        Timings.closedLoop(
            senders,
            seconds,
            (caller, round) -> {
              Map<String, AttributeValue> copy = new HashMap<>(item);
              copy.put("PK", AttributeValue.fromS("raw#" + run + caller));
              copy.put("SK", AttributeValue.fromS("M#" + round));
              stage.rawPut(copy);
            });
    stage.drain();
    UserId alice = stage.person();
    List<ConversationId> ids = new ArrayList<>();
    List<UserId> others = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      others.add(stage.person());
      ids.add(stage.services.conversations().openDirect(alice, others.get(i)));
      stage.send(alice, ids.get(i));
    }
    stage.drain();
    double before = stage.units.writes();
    Timings sends =
        Timings.closedLoop(
            senders, seconds, (caller, _) -> stage.send(others.get(caller), ids.get(caller)));
    stage.drain();
    return new Turn(raw, sends, (stage.units.writes() - before) / sends.calls());
  }

  /// Pages beside the bare requests that they are made of.
  private void pages() throws Exception {
    line("%n## Pages beside raw queries (memory, one reader)%n");
    line("| page | raw p50 ms | page p50 ms | raw/page |");
    line("|---|---|---|---|");
    try (Stage stage = new Stage(false, true)) {
      stage.startPump();
      UserId alice = stage.person();
      ConversationId id = stage.services.conversations().openDirect(alice, stage.person());
      for (int i = 0; i < 200; i++) {
        stage.send(alice, id);
      }
      for (int i = 0; i < 99; i++) {
        stage.send(alice, stage.services.conversations().openDirect(alice, stage.person()));
      }
      stage.drain();
      compare(
          "50 messages of history",
          () -> query(stage, "C#" + id, "M#", 51, false),
          () -> history(stage, alice, id));
      compare(
          "inbox of 100 conversations, first 20",
          () -> query(stage, "U#" + alice, "C#", 101, true),
          () -> inbox(stage, alice));
    }
  }

  private interface Request {
    void make();
  }

  private void compare(String what, Request raw, Request page) throws Exception {
    Timings.closedLoop(1, Math.min(2, seconds), (_, _) -> raw.make());
    Timings.closedLoop(1, Math.min(2, seconds), (_, _) -> page.make());
    Timings rawTimes = Timings.closedLoop(1, seconds, (_, _) -> raw.make());
    Timings pageTimes = Timings.closedLoop(1, seconds, (_, _) -> page.make());
    line(
        "| %s | %.2f | %.2f | %.2f |",
        what, rawTimes.p50_ms(), pageTimes.p50_ms(), rawTimes.p50_ms() / pageTimes.p50_ms());
  }

  private static void query(Stage stage, String pk, String prefix, int limit, boolean forward) {
    var items =
        stage
            .client()
            .query(r ->
                r.tableName(stage.table())
                    .keyConditionExpression("PK = :pk AND begins_with(SK, :prefix)")
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(pk),
                            ":prefix", AttributeValue.fromS(prefix)))
                    .scanIndexForward(forward)
                    .limit(limit))
            .items();
    if (items.size() < limit - 1) {
      throw new IllegalStateException("only " + items.size() + " items");
    }
  }

  private static void history(Stage stage, UserId reader, ConversationId id) {
    if (!(stage.services.messages().newest(reader, id, 50) instanceof History.Page page)
        || page.items().size() != 50) {
      throw new IllegalStateException("no page of 50");
    }
  }

  private static void inbox(Stage stage, UserId reader) {
    Inbox.Page page = stage.services.inbox().page(reader, null, 20);
    if (page.rows().size() != 20) {
      throw new IllegalStateException("only " + page.rows().size() + " rows");
    }
  }

  /// The same operations on ever more data.
  private void growth() throws Exception {
    line("%n## The same on more data (memory, one caller)%n");
    line("| what there is | inbox page p50 ms | R | send p50 ms |");
    line("|---|---|---|---|");
    for (int size : conversations) {
      inboxOf(size);
    }
    line("%n| messages in the conversation | newest 50, p50 ms | 50 in the middle | send |");
    line("|---|---|---|---|");
    for (int size : new int[] {1_000, messages}) {
      conversationOf(size);
    }
  }

  private void inboxOf(int size) throws IOException, Exception {
    try (Stage stage = new Stage(false, true)) {
      stage.startPump();
      UserId alice = stage.person();
      UserId bob = stage.person();
      ConversationId real = stage.services.conversations().openDirect(alice, bob);
      stage.send(bob, real);
      stage.drain();
      Map<String, AttributeValue> row = stage.item("U#" + alice, "C#" + real);
      Instant now = stage.clock.instant();
      long step_ms = Duration.ofDays(60).toMillis() / size;
      fill(
          stage,
          size - 1,
          i -> {
            Map<String, AttributeValue> copy = new HashMap<>(row);
            byte[] bits = new byte[17];
            java.nio.ByteBuffer.wrap(bits).putInt(i + 1);
            ConversationId id = ConversationId.of(bits);
            long at = now.toEpochMilli() - (i + 1) * step_ms;
            copy.put("SK", AttributeValue.fromS("C#" + id));
            copy.put("lastAt", AttributeValue.fromN(Long.toString(at)));
            copy.put("inboxKey", AttributeValue.fromS("I#" + at + "#" + id));
            return copy;
          });
      Timings.closedLoop(1, Math.min(2, seconds), (_, _) -> inbox(stage, alice));
      double before = stage.units.reads();
      Timings pages = Timings.closedLoop(1, seconds, (_, _) -> inbox(stage, alice));
      double reads = (stage.units.reads() - before) / pages.calls();
      Timings sends = Timings.closedLoop(1, seconds, (_, _) -> stage.send(bob, real));
      line(
          "| %,d conversations | %.2f | %.1f | %.2f |",
          size, pages.p50_ms(), reads, sends.p50_ms());
    }
  }

  private void conversationOf(int size) throws Exception {
    try (Stage stage = new Stage(false, true)) {
      UserId alice = stage.person();
      UserId bob = stage.person();
      ConversationId id = stage.services.conversations().openDirect(alice, bob);
      stage.send(bob, id);
      Map<String, AttributeValue> first = stage.item("C#" + id, "M#000000000001");
      // One message every five seconds, the newest some minutes ago.
      long newest_ms = stage.clock.instant().minus(Duration.ofMinutes(3)).toEpochMilli();
      fill(
          stage,
          size - 1,
          i -> {
            Map<String, AttributeValue> copy = new HashMap<>(first);
            long seq = i + 2L;
            copy.put("SK", AttributeValue.fromS(String.format(Locale.ROOT, "M#%012d", seq)));
            copy.put("n", AttributeValue.fromN(Long.toString(seq)));
            copy.put("at", AttributeValue.fromN(Long.toString(newest_ms - 5_000 * (size - seq))));
            return copy;
          });
      stage.services.tails().forget(id);
      stage.services.log().settle(id);
      int middle = size / 2;
      Timings.closedLoop(1, Math.min(2, seconds), (_, _) -> history(stage, alice, id));
      Timings newest = Timings.closedLoop(1, seconds, (_, _) -> history(stage, alice, id));
      Timings old =
          Timings.closedLoop(
              1,
              seconds,
              (_, _) -> stage.services.log().before(id, middle, 50, Consistency.EVENTUAL));
      Timings sends = Timings.closedLoop(1, seconds, (_, _) -> stage.send(bob, id));
      line("| %,d | %.2f | %.2f | %.2f |", size, newest.p50_ms(), old.p50_ms(), sends.p50_ms());
    }
  }

  private interface ItemAt {
    Map<String, AttributeValue> item(int i);
  }

  private static void fill(Stage stage, int count, ItemAt items) {
    for (int from = 0; from < count; from += 25) {
      List<WriteRequest> batch = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + 25); i++) {
        batch.add(
            WriteRequest.builder()
                .putRequest(PutRequest.builder().item(items.item(i)).build())
                .build());
      }
      stage.client().batchWriteItem(r -> r.requestItems(Map.of(stage.table(), batch)));
    }
  }
}
