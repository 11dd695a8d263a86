package parley.bench;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import parley.engine.Engine;
import parley.engine.Gate;
import parley.host.Services;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Text;
import parley.messaging.message.Written;
import parley.store.Capabilities;
import parley.store.Table;
import parley.store.TableAdmin;
import parley.store.TableAdmin.Capacity;
import parley.store.TableDesign;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A table of the embedded engine that functions in processes of their own reach through its gate,
/// and the events of its change stream that are handed to them.
final class FunctionStage implements AutoCloseable {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Text TEXT =
      Text.parse("A message of ordinary length, as people write them.").orThrow();

  private final Engine engine = Engine.inMemory();
  private final Gate gate;
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();
  private final AtomicLong sequence = new AtomicLong(100_000);
  private final Table table;
  private final Services services;

  FunctionStage(Duration away) {
    gate = Gate.open(engine, 0, away);
    new TableAdmin(engine.client(), TableDesign.TABLE, Capabilities.ALL)
        .ensure(new Capacity.OnDemand());
    table = new Table(engine.client(), TableDesign.TABLE, Capabilities.ALL, Units.IGNORED);
    services = Services.on(table, new Secret(new byte[Secret.MIN_BYTES]), clock, (_, _) -> {});
  }

  /// What every function is told.
  Map<String, String> environment() {
    return Map.of("PARLEY_TABLE", table.name(), "AWS_ENDPOINT_URL_DYNAMODB", gate.url());
  }

  /// Two people who talk already: both have written, and the inbox of each has a row.
  record Talk(ConversationId id, UserId one, UserId other) {}

  List<Talk> talks(int count) {
    List<Talk> talks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UserId one = UserId.random(random);
      UserId other = UserId.random(random);
      Talk talk = new Talk(services.conversations().openDirect(one, other), one, other);
      services.projector().project(talk.id(), List.of(send(talk)));
      services.projector().project(talk.id(), List.of(send(new Talk(talk.id(), other, one))));
      talks.add(talk);
    }
    return talks;
  }

  private Entry send(Talk talk) {
    ClientId clientId = ClientId.of(clock.instant(), random.nextLong(), random.nextLong());
    if (services.messages().send(talk.one(), talk.id(), clientId, TEXT)
        instanceof Written.Stored(Entry entry)) {
      return entry;
    }
    throw new IllegalStateException("a message was not stored");
  }

  /// Sends a message to each of them, and is the event that tells of it.
  String event(List<Talk> talks) {
    ObjectNode event = NODES.objectNode();
    ArrayNode records = event.putArray("Records");
    for (Talk talk : talks) {
      records.add(record(talk, send(talk).seq()));
    }
    return event.toString();
  }

  private ObjectNode record(Talk talk, long seq) {
    Map<String, AttributeValue> item = item("C#" + talk.id(), "M#%012d".formatted(seq));
    ObjectNode dynamodb = NODES.objectNode();
    dynamodb.put("ApproximateCreationDateTime", clock.millis() / 1_000);
    dynamodb.set("Keys", json(Map.of("PK", item.get("PK"), "SK", item.get("SK"))));
    dynamodb.set("NewImage", json(item));
    dynamodb.put("SequenceNumber", Long.toString(sequence.incrementAndGet()));
    dynamodb.put("SizeBytes", 300);
    dynamodb.put("StreamViewType", "NEW_IMAGE");
    ObjectNode record = NODES.objectNode();
    record.put("eventID", Long.toString(sequence.get()));
    record.put("eventName", "INSERT");
    record.put("eventVersion", "1.1");
    record.put("eventSource", "aws:dynamodb");
    record.put("awsRegion", "eu-central-1");
    record.set("dynamodb", dynamodb);
    record.put("eventSourceARN", "arn:aws:dynamodb:eu-central-1:0:table/parley/stream/1");
    return record;
  }

  private static ObjectNode json(Map<String, AttributeValue> item) {
    ObjectNode image = NODES.objectNode();
    item.forEach((name, value) -> {
      ObjectNode typed = image.putObject(name);
      switch (value.type()) {
        case S -> typed.put("S", value.s());
        case N -> typed.put("N", value.n());
        case SS -> value.ss().forEach(typed.putArray("SS")::add);
        default -> throw new IllegalStateException("no entry holds a " + value.type());
      }
    });
    return image;
  }

  /// Fails unless both inboxes show the newest message of each: whatever is quick must also be
  /// right.
  void check(String who, List<Talk> talks) {
    for (Talk talk : talks) {
      long newest = services.tails().lastSeq(talk.id());
      for (UserId user : List.of(talk.one(), talk.other())) {
        AttributeValue shown = item("U#" + user, "C#" + talk.id()).get("lastSeq");
        if (shown == null || Long.parseLong(shown.n()) != newest) {
          throw new IllegalStateException(who + " left a row behind its log");
        }
      }
    }
  }

  private Map<String, AttributeValue> item(String pk, String sk) {
    return engine
        .client()
        .getItem(r ->
            r.tableName(table.name())
                .consistentRead(true)
                .key(Map.of("PK", AttributeValue.fromS(pk), "SK", AttributeValue.fromS(sk))))
        .item();
  }

  @Override
  public void close() {
    gate.close();
    engine.close();
  }
}
