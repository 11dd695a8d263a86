package parley.serverless.source;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a queue is told of records that were given up: where they are in the stream, and never what
/// is in them. The form is AWS Lambda's.
///
/// `tries` is how often the function was called with them.
public record Letter(
    String streamArn,
    String shard,
    String firstSequence,
    String lastSequence,
    Instant firstCreated,
    Instant lastCreated,
    int records,
    int tries,
    Reason reason,
    String functionArn,
    Instant at) {
  /// Why they were given up.
  public enum Reason {
    RETRIES("RetryAttemptsExhausted"),
    AGE("RecordAgeExceeded");

    private final String condition;

    Reason(String condition) {
      this.condition = condition;
    }
  }

  public String json() {
    ObjectNode letter = JsonNodeFactory.instance.objectNode();
    ObjectNode request = letter.putObject("requestContext");
    request.put("requestId", UUID.randomUUID().toString());
    request.put("functionArn", functionArn);
    request.put("condition", reason.condition);
    request.put("approximateInvokeCount", tries);
    if (reason == Reason.RETRIES) {
      ObjectNode response = letter.putObject("responseContext");
      response.put("statusCode", 200);
      response.put("executedVersion", "$LATEST");
      response.put("functionError", "Unhandled");
    }
    letter.put("version", "1.0");
    letter.put("timestamp", at.toString());
    ObjectNode batch = letter.putObject("DDBStreamBatchInfo");
    batch.put("shardId", shard);
    batch.put("startSequenceNumber", firstSequence);
    batch.put("endSequenceNumber", lastSequence);
    batch.put("approximateArrivalOfFirstRecord", firstCreated.toString());
    batch.put("approximateArrivalOfLastRecord", lastCreated.toString());
    batch.put("batchSize", records);
    batch.put("streamArn", streamArn);
    return letter.toString();
  }
}
