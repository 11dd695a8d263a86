package parley.serverless.source;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import parley.serverless.runtime.Outcome;
import parley.serverless.template.MappingSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Hands batches of one shard to the function until each record is done or given up, by the rules
/// of AWS Lambda's event source mappings.
///
/// A batch that fails is tried again after a while. What the function says was done of it before
/// the first record that failed is done. Where batches are bisected, the rest is halved until the
/// record is alone, and neither costs a retry; a record that is alone, or a batch where they are
/// not, is tried as often as it may be, and then given up: the queue is told where it is.
final class Batches {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String shard;
  private final String streamArn;
  private final String functionArn;
  private final MappingSettings settings;
  private final Function function;
  private final DeadLetters letters;
  private final InstantSource clock;
  private final Waiting waiting;

  /// What is called.
  @FunctionalInterface
  interface Function {
    Outcome invoke(String event) throws InterruptedException;
  }

  /// How time passes between tries.
  @FunctionalInterface
  interface Waiting {
    void pause(Duration time) throws InterruptedException;
  }

  Batches(
      String shard,
      String streamArn,
      String functionArn,
      MappingSettings settings,
      Function function,
      DeadLetters letters,
      InstantSource clock,
      Waiting waiting) {
    this.shard = shard;
    this.streamArn = streamArn;
    this.functionArn = functionArn;
    this.settings = settings;
    this.function = function;
    this.letters = letters;
    this.clock = clock;
    this.waiting = waiting;
  }

  /// Returns when every record is done or given up.
  ///
  /// @throws InterruptedException if this ends before; nothing is lost then that comes again
  void run(List<StreamRecord> records) throws InterruptedException {
    List<StreamRecord> batch = new ArrayList<>();
    int bytes = 0;
    for (StreamRecord record : records) {
      if (batch.size() == settings.batch()
          || !batch.isEmpty() && bytes + record.bytes() > SourceBounds.EVENT_BYTES) {
        handle(batch, 0);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(record);
      bytes += record.bytes() + 1;
    }
    handle(batch, 0);
  }

  private void handle(List<StreamRecord> records, int tried) throws InterruptedException {
    List<StreamRecord> batch = records;
    int tries = tried;
    int retries = 0;
    Duration pause = SourceBounds.RETRY_FIRST;
    while (true) {
      batch = young(batch, tries);
      if (batch.isEmpty()) {
        return;
      }
      int failed = firstFailed(batch, function.invoke(event(batch)));
      tries++;
      if (failed == batch.size()) {
        return;
      }
      if (failed > 0) {
        // Something was done: what is left is another batch.
        batch = batch.subList(failed, batch.size());
        retries = 0;
        tries = 1;
      } else if (settings.bisects() && batch.size() > 1) {
        int half = batch.size() / 2;
        handle(batch.subList(0, half), tries);
        handle(batch.subList(half, batch.size()), tries);
        return;
      } else if (settings.retries() != null && retries >= settings.retries()) {
        giveUp(batch, tries, Letter.Reason.RETRIES);
        return;
      } else {
        retries++;
        waiting.pause(pause);
        pause = longer(pause);
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(SourceBounds.RETRY_LONGEST) < 0 ? twice : SourceBounds.RETRY_LONGEST;
  }

  /// Those that are not too old; the others are given up.
  private List<StreamRecord> young(List<StreamRecord> batch, int tries) {
    Duration age = settings.age();
    if (age == null) {
      return batch;
    }
    int old = 0;
    while (old < batch.size() && batch.get(old).created().plus(age).isBefore(clock.instant())) {
      old++;
    }
    if (old > 0) {
      giveUp(batch.subList(0, old), tries, Letter.Reason.AGE);
    }
    return batch.subList(old, batch.size());
  }

  private void giveUp(List<StreamRecord> batch, int tries, Letter.Reason reason) {
    if (settings.onFailure() == null) {
      return;
    }
    StreamRecord first = batch.getFirst();
    StreamRecord last = batch.getLast();
    letters.put(
        new Letter(
            streamArn,
            shard,
            first.sequence(),
            last.sequence(),
            first.created(),
            last.created(),
            batch.size(),
            tries,
            reason,
            functionArn,
            clock.instant()));
  }

  private static String event(List<StreamRecord> batch) {
    StringBuilder event = new StringBuilder("{\"Records\":[");
    for (int i = 0; i < batch.size(); i++) {
      event.append(i == 0 ? "" : ",").append(batch.get(i).json());
    }
    return event.append("]}").toString();
  }

  /// Where in the batch the first record is that was not done; its size where all were.
  private int firstFailed(List<StreamRecord> batch, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(String payload) ->
          settings.reportsFailures() ? firstReported(batch, payload) : batch.size();
      case Outcome.Failed _, Outcome.TimedOut _, Outcome.Crashed _, Outcome.Throttled _ -> 0;
    };
  }

  /// What is no report, or names a record that is not in the batch, is taken as a failure of all.
  private static int firstReported(List<StreamRecord> batch, String payload) {
    JsonNode failures;
    try {
      failures = JSON.readTree(payload).path("batchItemFailures");
    } catch (JacksonException e) {
      return 0;
    }
    Set<Integer> failed = new TreeSet<>();
    for (JsonNode failure : failures) {
      String sequence = failure.path("itemIdentifier").asString("");
      int at = 0;
      while (at < batch.size() && !batch.get(at).sequence().equals(sequence)) {
        at++;
      }
      failed.add(at == batch.size() ? 0 : at);
    }
    return failed.isEmpty() ? batch.size() : failed.iterator().next();
  }
}
