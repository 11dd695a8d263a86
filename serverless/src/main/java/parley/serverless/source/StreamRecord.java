package parley.serverless.source;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One change, as a function gets it. `sequence` is its place in its shard; `item` is the item's
/// key.
record StreamRecord(String sequence, Instant created, String item, JsonNode json, int bytes) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static StreamRecord of(Record record, String streamArn) {
    var change = record.dynamodb();
    ObjectNode dynamodb = NODES.objectNode();
    dynamodb.put(
        "ApproximateCreationDateTime", change.approximateCreationDateTime().getEpochSecond());
    ObjectNode keys = image(change.keys());
    dynamodb.set("Keys", keys);
    if (change.hasNewImage()) {
      dynamodb.set("NewImage", image(change.newImage()));
    }
    if (change.hasOldImage()) {
      dynamodb.set("OldImage", image(change.oldImage()));
    }
    dynamodb.put("SequenceNumber", change.sequenceNumber());
    dynamodb.put("SizeBytes", change.sizeBytes());
    dynamodb.put("StreamViewType", change.streamViewTypeAsString());
    ObjectNode json = NODES.objectNode();
    json.put("eventID", record.eventID());
    json.put("eventName", record.eventNameAsString());
    json.put("eventVersion", "1.1");
    json.put("eventSource", "aws:dynamodb");
    json.put("awsRegion", record.awsRegion());
    json.set("dynamodb", dynamodb);
    json.put("eventSourceARN", streamArn);
    if (record.userIdentity() != null) {
      ObjectNode who = json.putObject("userIdentity");
      who.put("principalId", record.userIdentity().principalId());
      who.put("type", record.userIdentity().type());
    }
    return new StreamRecord(
        change.sequenceNumber(),
        change.approximateCreationDateTime(),
        keys.toString(),
        json,
        json.toString().getBytes(StandardCharsets.UTF_8).length);
  }

  private static ObjectNode image(Map<String, AttributeValue> item) {
    ObjectNode image = NODES.objectNode();
    item.forEach((name, value) -> image.set(name, value(value)));
    return image;
  }

  private static ObjectNode value(AttributeValue value) {
    ObjectNode typed = NODES.objectNode();
    switch (value.type()) {
      case S -> typed.put("S", value.s());
      case N -> typed.put("N", value.n());
      case B -> typed.put("B", base64(value.b()));
      case BOOL -> typed.put("BOOL", value.bool());
      case NUL -> typed.put("NULL", true);
      case M -> typed.set("M", image(value.m()));
      case L -> {
        ArrayNode list = typed.putArray("L");
        value.l().forEach(each -> list.add(value(each)));
      }
      case SS -> texts(typed.putArray("SS"), value.ss());
      case NS -> texts(typed.putArray("NS"), value.ns());
      case BS ->
          texts(typed.putArray("BS"), value.bs().stream().map(StreamRecord::base64).toList());
      // So the embedded engine's stream hands over an empty map.
      case UNKNOWN_TO_SDK_VERSION -> typed.putObject("M");
    }
    return typed;
  }

  private static void texts(ArrayNode array, Collection<String> texts) {
    texts.forEach(array::add);
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }
}
