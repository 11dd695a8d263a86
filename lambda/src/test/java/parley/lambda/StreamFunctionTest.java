package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.RowKey;
import parley.store.FaultyClient;
import parley.store.StreamDecoder;
import parley.store.StreamDecoder.Decoded;
import parley.store.TestTables;
import parley.store.World;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/// Inboxes follow the logs by the function alone, whatever the mapping does with its batches.
class StreamFunctionTest {
  private static final UserId ANN = World.person(1);
  private static final UserId BEN = World.person(2);
  private static final String NOTHING_FAILED = "{\"batchItemFailures\":[]}";

  private final Bed bed = new Bed();
  private final World world = bed.world;
  private final StreamFunction function = new StreamFunction(bed.assembly());

  @AfterEach
  void close() {
    bed.close();
  }

  private ConversationId open(UserId one, UserId other) {
    return world.conversations.openDirect(one, other);
  }

  /// What the mapping's filters let through.
  private List<Record> let() {
    return Shard.records(world.table.name()).stream()
        .filter(record -> !(StreamDecoder.decode(record) instanceof Decoded.Nothing))
        .filter(record ->
            !(StreamDecoder.decode(record) instanceof Decoded.RowChanged(_, boolean byReader))
                || byReader)
        .toList();
  }

  private InboxRow row(UserId user, ConversationId id) {
    return world.rows.row(new RowKey(user, id));
  }

  private void assertInboxesAreRight(String what) {
    assertThat(world.rebuild().run(false).differences()).as(what).isEmpty();
  }

  /// Both failed always in the system that this one comes after.
  @Test
  void theFirstMessageAndAReplayAreNothingSpecial() {
    ConversationId id = open(ANN, BEN);
    world.send(ANN, id, "the first");
    String event = Shard.event(let());
    assertThat(Bed.invoke(function, event)).isEqualTo(NOTHING_FAILED);
    assertThat(row(BEN, id).unread()).isEqualTo(1);
    assertThat(row(ANN, id).last().preview()).isEqualTo("the first");
    assertThat(Bed.invoke(function, event)).isEqualTo(NOTHING_FAILED);
    assertThat(Bed.invoke(new StreamFunction(bed.assembly()), event)).isEqualTo(NOTHING_FAILED);
    assertInboxesAreRight("after two replays");
  }

  /// An event of the service's very shape, for a table with other keys: nothing of it is ours.
  @Test
  void whatIsNoneOfOursIsReportedAndNothingElse() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("stream-event.json")) {
      String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(Bed.invoke(function, event))
          .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"700000000012345678901234\"}]}");
    }
  }

  @Test
  void aBurstIsOneWriteARow() {
    ConversationId id = open(ANN, BEN);
    world.send(ANN, id, "one");
    // Somebody who has answered has it in the inbox, as in most conversations.
    world.send(BEN, id, "two");
    Bed.invoke(function, Shard.event(let()));
    StreamFunction counted = new StreamFunction(bed.assembly());
    bed.clock().advance(Duration.ofSeconds(1));
    for (int i = 0; i < 30; i++) {
      world.send(ANN, id, "burst " + i);
    }
    List<Record> all = let();
    bed.log.reset();
    assertThat(Bed.invoke(counted, Shard.event(all.subList(all.size() - 30, all.size()))))
        .isEqualTo(NOTHING_FAILED);
    assertThat(row(BEN, id).unread()).isEqualTo(30);
    // As in the server: two rows, and who is in, which a new process does not know yet.
    Fields said = FieldsTest.read(bed.said());
    assertThat(said.object("units").number("advance_row").intValue()).isEqualTo(2);
    assertThat(said.object("units").number("log_end").intValue()).isEqualTo(1);
    assertThat(said.object("units").values().keySet())
        .as("who is connected is asked of, and that is all")
        .containsExactlyInAnyOrder("advance_row", "log_end", "links");
    assertThat(said.number("Records").intValue()).isEqualTo(30);
    assertThat(said.number("Projected").intValue()).isEqualTo(1);
    assertThat(said.number("Coalesced").intValue()).isEqualTo(29);
    assertThat(said.number("Failures").intValue()).isZero();
    assertThat(said.number("IteratorAge")).isNotNull();
    assertThat(bed.said()).doesNotContain("burst", id.value(), ANN.value());
    // From then on an instance knows who is in, as a server does.
    world.send(BEN, id, "one more");
    all = let();
    bed.log.reset();
    Bed.invoke(counted, Shard.event(all.subList(all.size() - 1, all.size())));
    said = FieldsTest.read(bed.said());
    assertThat(said.object("units").number("advance_row").intValue()).isEqualTo(2);
    assertThat(said.object("units").values().keySet())
        .containsExactlyInAnyOrder("advance_row", "links");
  }

  /// What cannot be read is reported, and everything else of the batch is done.
  @Test
  void poisonIsReportedAndHoldsUpNothing() {
    ConversationId bad = open(ANN, BEN);
    ConversationId good = open(ANN, World.person(3));
    world.send(ANN, bad, "fine");
    world.send(ANN, bad, "to be spoilt");
    world.send(ANN, good, "elsewhere");
    world.send(ANN, bad, "behind it");
    List<Record> all = new ArrayList<>(let());
    Record spoilt = spoilt(all.get(1));
    all.set(1, spoilt);
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(Bed.invoke(function, Shard.event(all)))
          .isEqualTo(failure(spoilt.dynamodb().sequenceNumber()));
      assertThat(row(World.person(3), good).last().preview()).isEqualTo("elsewhere");
      assertThat(row(BEN, bad).last().preview()).isEqualTo("behind it");
    }
    assertThat(Bed.invoke(function, Shard.event(List.of(spoilt))))
        .as("alone, for the queue of those that are given up")
        .isEqualTo(failure(spoilt.dynamodb().sequenceNumber()));
    assertThat(Bed.invoke(function, Shard.event(all.subList(2, all.size()))))
        .isEqualTo(NOTHING_FAILED);
    assertInboxesAreRight("beside the poison");
    assertThat(bed.said()).contains("\"Failures\":1").doesNotContain("spoilt");
  }

  private static Record spoilt(Record record) {
    var image = new java.util.HashMap<>(record.dynamodb().newImage());
    image.put("clientId", AttributeValue.fromS("no client id"));
    return record.toBuilder().dynamodb(d -> copy(record, d).newImage(image)).build();
  }

  private static software.amazon.awssdk.services.dynamodb.model.StreamRecord.Builder copy(
      Record record, software.amazon.awssdk.services.dynamodb.model.StreamRecord.Builder to) {
    var from = record.dynamodb();
    return to.keys(from.keys())
        .sequenceNumber(from.sequenceNumber())
        .sizeBytes(from.sizeBytes())
        .approximateCreationDateTime(from.approximateCreationDateTime());
  }

  private static String failure(String position) {
    return "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + position + "\"}]}";
  }

  /// A table that does not answer: what could not be done comes again, from its first record on.
  @Test
  void aTableThatIsBusyDelaysAndLosesNothing() {
    ConversationId id = open(ANN, BEN);
    world.send(ANN, id, "one");
    world.send(BEN, id, "two");
    List<Record> all = let();
    FaultyClient busy = FaultyClient.of(TestTables.engine().client(), 7, 1);
    StreamFunction throttled = new StreamFunction(bed.assembly(busy.client()));
    String answer = NOTHING_FAILED;
    for (int attempt = 0; attempt < 20 && answer.equals(NOTHING_FAILED); attempt++) {
      answer = Bed.invoke(throttled, Shard.event(all));
    }
    assertThat(answer).isEqualTo(failure(all.getFirst().dynamodb().sequenceNumber()));
    busy.setRate(0);
    assertThat(Bed.invoke(throttled, Shard.event(all))).isEqualTo(NOTHING_FAILED);
    assertInboxesAreRight("after the faults");
  }

  /// Two instances, each given the stream cut anywhere, records twice and in disorder, whole shards
  /// again, and dying between any two writes.
  @RepeatedTest(4)
  void everyDeliveryEndsInTheSameRows(RepetitionInfo repetition) {
    long seed = 4_001L * repetition.getCurrentRepetition();
    Random random = new Random(seed);
    writeAtRandom(random);
    List<Record> all = let();
    FaultyClient faulty = FaultyClient.of(TestTables.engine().client(), seed, 0.04);
    int failures = 0;
    for (int instance = 0; instance < 2; instance++) {
      StreamFunction dying = new StreamFunction(bed.assembly(faulty.client()));
      for (List<Record> batch : cut(all, random)) {
        failures += deliver(dying, batch);
      }
    }
    assertThat(faulty.faults()).as("seed " + seed).isPositive();
    assertThat(failures).as("batches that came again, seed " + seed).isPositive();
    // The shard as a whole once more.
    assertThat(Bed.invoke(function, Shard.event(all))).isEqualTo(NOTHING_FAILED);
    assertInboxesAreRight("seed " + seed);
  }

  private void writeAtRandom(Random random) {
    List<ConversationId> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(open(ANN, World.person(20 + i)));
    }
    for (int i = 0; i < 80; i++) {
      int which = random.nextInt(ids.size());
      ConversationId id = ids.get(which);
      UserId from = random.nextBoolean() ? ANN : World.person(20 + which);
      bed.clock().advance(Duration.ofSeconds(random.nextInt(400)));
      long last = Math.max(1, world.tails.lastSeq(id));
      long target = 1L + random.nextInt((int) last);
      switch (random.nextInt(6)) {
        case 0 -> world.messages.edit(from, id, world.clientId(), target, World.text("edit " + i));
        case 1 -> world.messages.unsend(from, id, world.clientId(), target);
        default -> world.send(from, id, "said " + i);
      }
    }
  }

  private static List<List<Record>> cut(List<Record> stream, Random random) {
    List<Record> all = new ArrayList<>(stream);
    for (int i = 0; i < stream.size() / 4; i++) {
      all.add(stream.get(random.nextInt(stream.size())));
    }
    if (random.nextInt(3) > 0) {
      Collections.shuffle(all, random);
    }
    List<List<Record>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(20));
      batches.add(all.subList(from, to));
      from = to;
    }
    return batches;
  }

  /// As the mapping does: the failed record and all behind it come again.
  private static int deliver(StreamFunction function, List<Record> batch) {
    int failures = 0;
    List<Record> left = batch;
    while (true) {
      String answer = Bed.invoke(function, Shard.event(left));
      if (answer.equals(NOTHING_FAILED)) {
        return failures;
      }
      failures++;
      assertThat(failures).as("attempts at one batch").isLessThan(200);
      int from = 0;
      while (!answer.contains('"' + left.get(from).dynamodb().sequenceNumber() + '"')) {
        from++;
      }
      left = left.subList(from, left.size());
    }
  }
}
