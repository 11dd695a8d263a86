package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.messaging.message.Log.Consistency.STRONG;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messaging.conversation.ConversationId;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real package, in the template's settings, while things go wrong: inboxes end as the logs
/// say, and the queue holds what cannot be done and nothing else.
@Tag("serverless")
class FunctionFaultsTest {
  /// Functions have to start, some of them again, on a machine that may be busy.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  /// Also what it costs: how often the function is called for so many messages, and what it writes.
  @Test
  void messagesWakeTheFunctionInBatchesAndNothingElseDoes() throws Exception {
    try (LocalCloud cloud = Clouds.start()) {
      Talk talk = Talk.on(cloud);
      talk.said(1);
      talk.rests();
      long invocations = talk.stream().invocations();
      long passed = cloud.mapping().passed();
      long begun = System.nanoTime();
      talk.saidInTurn(20, 50);
      talk.settles();
      // What the function writes itself wakes it never: it is in the stream, and filtered out.
      talk.rests();
      long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
      assertThat(cloud.mapping().passed() - passed).isEqualTo(1_000);
      assertThat(cloud.mapping().seen()).isGreaterThan(cloud.mapping().passed() + 100);
      // A batch every second or every hundred records, whatever comes first; and of what is read at
      // once beyond a hundred, what is left over.
      assertThat(talk.stream().invocations() - invocations).isBetween(10L, 20 + seconds + 1);
      List<JsonNode> told = talk.told();
      assertThat(told).hasSize((int) talk.stream().invocations());
      assertThat(told).allSatisfy(line -> assertThat(line.path("Records").asLong()).isPositive());
      assertThat(Talk.sum(told, "Records")).isEqualTo(1_001);
      assertThat(Talk.sum(told, "Failures")).isZero();
      assertThat(cloud.givenUp()).isEmpty();
    }
  }

  @Test
  void aFunctionThatIsKilledInTheMiddleLosesNothing() throws Exception {
    try (LocalCloud cloud = Clouds.start()) {
      Talk talk = Talk.on(cloud);
      talk.said(1);
      talk.settles();
      int killed = 0;
      for (int round = 0; round < 4; round++) {
        long before = talk.stream().invocations();
        talk.saidInTurn(20, 3);
        // Somewhere in a batch: one is under way, or about to be.
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (talk.stream().invocations() == before && System.nanoTime() < until) {
          Thread.sleep(1);
        }
        Thread.sleep(10L * round);
        for (long pid : talk.stream().pids()) {
          killed += ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false) ? 1 : 0;
        }
      }
      talk.settles();
      assertThat(killed).isPositive();
      assertThat(talk.stream().starts()).isGreaterThan(1);
      assertThat(cloud.givenUp()).isEmpty();
    }
  }

  @Test
  void aTableThatIsStarvedForAWhileMakesInboxesLateAndNotWrong() throws Exception {
    try (ThrottlingProxy proxy = new ThrottlingProxy();
        LocalCloud cloud = Clouds.start(null, Map.of("AWS_ENDPOINT_URL_DYNAMODB", proxy.url()))) {
      proxy.leadsTo(cloud.tableUrl());
      Talk talk = Talk.on(cloud);
      proxy.starve(true);
      talk.saidInTurn(5, 4);
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (proxy.refused() < 40 && System.nanoTime() < until) {
        Thread.sleep(20);
      }
      assertThat(proxy.refused()).isGreaterThanOrEqualTo(40);
      assertThat(talk.report().isClean()).isFalse();
      proxy.starve(false);
      talk.settles();
      assertThat(cloud.givenUp()).isEmpty();
    }
  }

  @Test
  void aRecordThatCannotBeProjectedEndsAloneInTheQueue() throws Exception {
    try (LocalCloud cloud = Clouds.start()) {
      Talk talk = Talk.on(cloud);
      talk.saidInTurn(3, 5);
      Map<String, AttributeValue> poison =
          Map.of(
              TableDesign.PK,
              AttributeValue.fromS("C#c-" + "a".repeat(26)),
              TableDesign.SK,
              AttributeValue.fromS("M#0000000001"),
              "kind",
              AttributeValue.fromS("message"));
      cloud.engine().client().putItem(r -> r.tableName(TableDesign.TABLE).item(poison));
      talk.saidInTurn(3, 5);
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (cloud.givenUp().isEmpty() && System.nanoTime() < until) {
        Thread.sleep(100);
      }
      assertThat(cloud.givenUp()).hasSize(1);
      JsonNode batch =
          JsonMapper.shared().readTree(cloud.givenUp().getFirst()).path("DDBStreamBatchInfo");
      assertThat(batch.path("batchSize").asInt()).isEqualTo(1);
      Record found = recordAt(cloud, batch);
      assertThat(found.dynamodb().keys())
          .containsEntry(TableDesign.PK, poison.get(TableDesign.PK))
          .containsEntry(TableDesign.SK, poison.get(TableDesign.SK));
      cloud
          .engine()
          .client()
          .deleteItem(r ->
              r.tableName(TableDesign.TABLE)
                  .key(
                      Map.of(
                          TableDesign.PK, poison.get(TableDesign.PK),
                          TableDesign.SK, poison.get(TableDesign.SK))));
      talk.settles();
      assertThat(cloud.givenUp()).hasSize(1);
    }
  }

  /// What stands in the stream where a letter says.
  private static Record recordAt(LocalCloud cloud, JsonNode batch) {
    var streams = cloud.engine().streams();
    String iterator =
        streams
            .getShardIterator(r ->
                r.streamArn(batch.path("streamArn").asString())
                    .shardId(batch.path("shardId").asString())
                    .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                    .sequenceNumber(batch.path("startSequenceNumber").asString()))
            .shardIterator();
    return streams.getRecords(r -> r.shardIterator(iterator).limit(1)).records().getFirst();
  }

  @Test
  void aStreamThatComesAgainChangesNothing() throws Exception {
    Path data = folder.resolve("data");
    ConversationId id;
    try (LocalCloud cloud = Clouds.start(data, Map.of())) {
      Talk talk = Talk.on(cloud);
      id = talk.said(3);
      talk.saidInTurn(4, 5);
      talk.settles();
      talk.rests();
    }
    Path checkpoints;
    try (LocalCloud cloud = Clouds.start(data, Map.of())) {
      Talk talk = Talk.on(cloud);
      talk.said(1);
      talk.settles();
      talk.rests();
      assertThat(cloud.mapping().passed()).as("it goes on where it was").isOne();
      checkpoints = cloud.state().resolve("checkpoints.json");
    }
    Files.delete(checkpoints);
    try (LocalCloud cloud = Clouds.start(data, Map.of())) {
      Talk talk = Talk.on(cloud);
      talk.rests();
      assertThat(cloud.mapping().passed()).isEqualTo(24);
      talk.settles();
      assertThat(Talk.sum(talk.told(), "Failures")).isZero();
      assertThat(cloud.givenUp()).isEmpty();
      assertThat(talk.services().log().after(id, 0, 10, STRONG)).hasSize(3);
    }
  }
}
