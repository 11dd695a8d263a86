package parley.serverless.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.serverless.runtime.Outcome;
import parley.serverless.template.MappingSettings;
import parley.serverless.template.Template.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What becomes of batches whose records fail, as often and as the mapping says.
class BatchesTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final Outcome.Answered ALL_DONE =
      new Outcome.Answered("{\"batchItemFailures\":[]}");

  @TempDir private Path folder;
  private final List<List<Integer>> calls = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Settings settings = new Settings(100, true, true, 3, null);

  private record Settings(
      int batch,
      boolean reports,
      boolean bisects,
      @Nullable Integer retries,
      @Nullable Duration age) {
    MappingSettings mapping() {
      return new MappingSettings(
          new Resource("Stream", "", JsonNodeFactory.instance.objectNode()),
          List.of(),
          batch,
          Duration.ZERO,
          1,
          reports,
          bisects,
          retries,
          age,
          true,
          "queue");
    }
  }

  private interface Answer {
    Outcome to(List<Integer> numbers);
  }

  private DeadLetters run(int count, Answer answer) throws InterruptedException {
    DeadLetters letters = new DeadLetters(folder.resolve("queue.jsonl"));
    Batches batches =
        new Batches(
            "shard-1",
            "stream-1",
            "function-1",
            settings.mapping(),
            event -> {
              List<Integer> numbers = numbers(event);
              calls.add(numbers);
              return answer.to(numbers);
            },
            letters,
            () -> NOW,
            pauses::add);
    batches.run(IntStream.rangeClosed(1, count).mapToObj(BatchesTest::record).toList());
    return letters;
  }

  private static StreamRecord record(int number) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("number", number);
    return new StreamRecord(
        Integer.toString(number), NOW.minusSeconds(100 - number), "item" + number, json, 20);
  }

  private static List<Integer> numbers(String event) {
    return JsonMapper.shared()
        .readTree(event)
        .path("Records")
        .valueStream()
        .map(each -> each.path("number").asInt())
        .toList();
  }

  private static Outcome failedAt(int... numbers) {
    return new Outcome.Answered(
        "{\"batchItemFailures\":["
            + String.join(
                ",",
                IntStream.of(numbers).mapToObj("{\"itemIdentifier\":\"%d\"}"::formatted).toList())
            + "]}");
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void recordsComeInOrderAndInBatches() throws Exception {
    settings = new Settings(4, true, true, 3, null);
    assertThat(run(10, _ -> ALL_DONE).all()).isEmpty();
    assertThat(calls).containsExactly(range(1, 4), range(5, 8), range(9, 10));
    assertThat(pauses).isEmpty();
  }

  @Test
  void anEventIsNotTooLarge() throws Exception {
    DeadLetters letters = new DeadLetters(folder.resolve("queue.jsonl"));
    List<Integer> sizes = new ArrayList<>();
    Batches batches =
        new Batches(
            "shard",
            "stream",
            "function",
            settings.mapping(),
            event -> {
              sizes.add(numbers(event).size());
              return ALL_DONE;
            },
            letters,
            () -> NOW,
            pauses::add);
    JsonNode json = JsonNodeFactory.instance.objectNode();
    int half = SourceBounds.EVENT_BYTES / 2;
    batches.run(
        List.of(
            new StreamRecord("1", NOW, "a", json, half - 1),
            new StreamRecord("2", NOW, "b", json, half),
            new StreamRecord("3", NOW, "c", json, half + 1)));
    assertThat(sizes).containsExactly(2, 1);
  }

  @Test
  void whatWasDoneBeforeTheFirstFailureIsNotGivenAgain() throws Exception {
    Set<Integer> done = new TreeSet<>();
    assertThat(
            run(
                    6,
                    numbers -> {
                      if (calls.size() == 1) {
                        done.addAll(range(1, 3));
                        return failedAt(6, 4);
                      }
                      done.addAll(numbers);
                      return ALL_DONE;
                    })
                .all())
        .isEmpty();
    assertThat(calls).containsExactly(range(1, 6), range(4, 6));
    assertThat(done).containsExactlyElementsOf(range(1, 6));
    assertThat(pauses).isEmpty();
  }

  @Test
  void aRecordThatCannotBeDoneEndsAloneInTheQueue() throws Exception {
    Set<Integer> done = new TreeSet<>();
    DeadLetters letters =
        run(
            10,
            numbers -> {
              int at = numbers.indexOf(7);
              if (at < 0) {
                done.addAll(numbers);
                return ALL_DONE;
              }
              done.addAll(numbers.subList(0, at));
              return failedAt(7);
            });
    assertThat(done).containsExactly(1, 2, 3, 4, 5, 6, 8, 9, 10);
    assertThat(letters.all()).hasSize(1);
    JsonNode letter = JsonMapper.shared().readTree(letters.all().getFirst());
    JsonNode batch = letter.path("DDBStreamBatchInfo");
    assertThat(batch.path("startSequenceNumber").asString()).isEqualTo("7");
    assertThat(batch.path("endSequenceNumber").asString()).isEqualTo("7");
    assertThat(batch.path("batchSize").asInt()).isEqualTo(1);
    assertThat(batch.path("shardId").asString()).isEqualTo("shard-1");
    assertThat(batch.path("streamArn").asString()).isEqualTo("stream-1");
    assertThat(letter.path("requestContext").path("condition").asString())
        .isEqualTo("RetryAttemptsExhausted");
    assertThat(letter.path("requestContext").path("functionArn").asString())
        .isEqualTo("function-1");
    // Alone it was tried once and then three times more.
    assertThat(calls.stream().filter(List.of(7)::equals)).hasSize(4);
    assertThat(pauses)
        .containsExactly(
            SourceBounds.RETRY_FIRST,
            SourceBounds.RETRY_FIRST.multipliedBy(2),
            SourceBounds.RETRY_FIRST.multipliedBy(4));
  }

  @Test
  void aFunctionThatFailsIsGivenHalves() throws Exception {
    DeadLetters letters =
        run(8, numbers -> numbers.contains(3) ? new Outcome.Crashed(137) : ALL_DONE);
    assertThat(letters.all()).hasSize(1);
    assertThat(letters.all().getFirst()).contains("\"startSequenceNumber\":\"3\"");
    assertThat(calls)
        .startsWith(range(1, 8), range(1, 4), range(1, 2), range(3, 4), List.of(3))
        .endsWith(List.of(3), List.of(4), range(5, 8));
  }

  @Test
  void withoutBisectingABatchIsTriedAndGivenUpWhole() throws Exception {
    settings = new Settings(100, true, false, 2, null);
    DeadLetters letters = run(5, _ -> new Outcome.TimedOut(Duration.ofSeconds(1)));
    assertThat(calls).containsExactly(range(1, 5), range(1, 5), range(1, 5));
    assertThat(letters.all()).hasSize(1);
    assertThat(letters.all().getFirst())
        .contains("\"startSequenceNumber\":\"1\"", "\"endSequenceNumber\":\"5\"");
  }

  @Test
  void aFaultThatPassesLosesNothing() throws Exception {
    settings = new Settings(100, true, false, null, null);
    DeadLetters letters =
        run(5, _ -> calls.size() < 30 ? new Outcome.Failed("Throttled", "") : ALL_DONE);
    assertThat(calls).hasSize(30);
    assertThat(letters.all()).isEmpty();
    assertThat(pauses).hasSize(29).endsWith(SourceBounds.RETRY_LONGEST);
  }

  @Test
  void withoutReportsAnAnswerIsSuccess() throws Exception {
    settings = new Settings(100, false, true, 3, null);
    assertThat(run(3, _ -> failedAt(1)).all()).isEmpty();
    assertThat(calls).containsExactly(range(1, 3));
  }

  @Test
  void whatIsNoReportIsAFailureOfAll() throws Exception {
    settings = new Settings(100, true, false, 0, null);
    assertThat(run(2, _ -> new Outcome.Answered("oh")).all()).hasSize(1);
    assertThat(run(2, _ -> failedAt(99)).all()).hasSize(2);
    assertThat(run(2, _ -> new Outcome.Answered("{}")).all()).hasSize(2);
    assertThat(run(2, _ -> new Outcome.Answered("null")).all()).hasSize(2);
  }

  @Test
  void recordsThatAreTooOldAreGivenUpUntried() throws Exception {
    // Those of the numbers 1 to 9 were made 99 to 91 seconds ago.
    settings = new Settings(100, true, true, 3, Duration.ofSeconds(90));
    DeadLetters letters = run(12, _ -> ALL_DONE);
    assertThat(calls).containsExactly(range(10, 12));
    assertThat(letters.all()).hasSize(1);
    assertThat(letters.all().getFirst())
        .contains("RecordAgeExceeded", "\"endSequenceNumber\":\"9\"", "\"batchSize\":9");
  }

  @Test
  void whoeverClosesIsNotKeptWaiting() {
    DeadLetters letters = new DeadLetters(folder.resolve("queue.jsonl"));
    Batches batches =
        new Batches(
            "shard",
            "stream",
            "function",
            settings.mapping(),
            _ -> new Outcome.Failed("no", "no"),
            letters,
            () -> NOW,
            _ -> {
              throw new InterruptedException();
            });
    assertThatThrownBy(() -> batches.run(List.of(record(1))))
        .isInstanceOf(InterruptedException.class);
    assertThat(letters.all()).isEmpty();
  }
}
