package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Folder;
import parley.messaging.inbox.InboxRow;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Written;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// The contract, sending and projecting on an engine that has no transactions: the proof that
/// nothing needs any.
class DynaliteStoreTest extends StoreContract {
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);

  private static Dynalite engine;

  @BeforeAll
  static void start() {
    engine = Dynalite.start();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Override
  Table table() {
    return engine.table();
  }

  /// Else this suite would prove nothing.
  @Test
  void theEngineKnowsNoTransactions() {
    Table table = engine.table();
    Key key = new Key("P", "S");
    TransactWriteItem put =
        TransactWriteItem.builder().put(p -> p.tableName(table.name()).item(key.item())).build();
    assertThatThrownBy(() -> engine.client().transactWriteItems(r -> r.transactItems(put)))
        .isInstanceOf(DynamoDbException.class);
    assertThat(table.get(AccessPattern.LOG_ENTRY, key)).isNull();
  }

  /// So the store's own look at what is there is what the contract runs on here.
  @Test
  void theEngineTellsNothingWhenAConditionFails() {
    Table table = engine.table();
    Key key = new Key("P", "S");
    engine.client().putItem(r -> r.tableName(table.name()).item(key.item()));
    ConditionalCheckFailedException failure =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                engine
                    .client()
                    .putItem(r ->
                        r.tableName(table.name())
                            .item(key.item())
                            .conditionExpression("attribute_not_exists(PK)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    assertThat(failure.hasItem()).isFalse();
  }

  @Test
  void twoServersSendToOneConversationAndNothingIsLostDoubledOrOutOfOrder() throws Exception {
    World one = new World(engine.table(), new TestClock());
    ConversationId id = one.conversations.openDirect(ALICE, BOB);
    List<World> servers = List.of(one, one.restarted());
    List<Entry> acknowledged = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Entry>> running = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        World server = servers.get(i % 2);
        UserId from = i % 3 == 0 ? ALICE : BOB;
        String text = "message " + i;
        ClientId clientId = one.clientId();
        running.add(threads.submit(() -> send(server, from, id, clientId, text)));
        // Once more, at the same moment, on the other server: an impatient client.
        World other = servers.get((i + 1) % 2);
        running.add(threads.submit(() -> send(other, from, id, clientId, text)));
      }
      for (Future<Entry> each : running) {
        acknowledged.add(each.get());
      }
    }
    List<Entry> log = one.log.after(id, 0, 1_000, Consistency.STRONG);
    assertThat(log).hasSize(60);
    for (int i = 0; i < log.size(); i++) {
      assertThat(log.get(i).seq()).isEqualTo(i + 1);
    }
    assertThat(new HashSet<>(acknowledged)).isEqualTo(Set.copyOf(log));
  }

  /// As a client does: too busy means the same again.
  private static Entry send(
      World server, UserId from, ConversationId id, ClientId clientId, String text) {
    for (int i = 0; i < 50; i++) {
      switch (server.messages.send(from, id, clientId, World.text(text))) {
        case Written.Stored(Entry.Authored entry) -> {
          return entry;
        }
        case Written.Already(Entry.Authored entry) -> {
          return entry;
        }
        case Written.TooBusy() -> {}
        case Written other -> throw new AssertionError(other.toString());
      }
    }
    throw new AssertionError("too busy for ever");
  }

  /// The engine has no stream, so the log itself is what is projected.
  @Test
  void projectingAndReadingNeedNoTransactionEither() {
    World world = new World(engine.table(), new TestClock());
    ConversationId id = world.conversations.openDirect(ALICE, BOB);
    world.send(ALICE, id, "one");
    world.send(ALICE, id, "two");
    world.messages.edit(ALICE, id, world.clientId(), 2, World.text("two, edited"));
    List<Entry> log = world.log.after(id, 0, 10, Consistency.STRONG);
    assertThat(world.projector.project(id, log)).isEmpty();
    assertThat(world.projector.project(id, log)).as("once more").isEmpty();
    InboxRow row = world.inbox.page(BOB, Folder.UNSORTED, null, 20).rows().getFirst();
    assertThat(row.unread()).isEqualTo(2);
    assertThat(row.last().preview()).isEqualTo("two, edited");
    world.inbox.markRead(BOB, id, 2);
    assertThat(world.inbox.page(BOB, Folder.UNSORTED, null, 20).rows().getFirst().unread())
        .isZero();
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }
}
