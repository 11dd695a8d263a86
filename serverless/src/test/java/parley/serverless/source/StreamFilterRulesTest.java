package parley.serverless.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordHash;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.block.Block;
import parley.messaging.conversation.ConversationId;
import parley.messaging.event.Link;
import parley.messaging.message.Log.Consistency;
import parley.store.AccountItems;
import parley.store.BlockItems;
import parley.store.LinkItems;
import parley.store.PersonalItems;
import parley.store.SessionItems;
import parley.store.StreamFilter;
import parley.store.TestTables;
import parley.store.TicketItems;
import parley.store.World;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/// What of the change stream wakes the function, by the rules of filters, on what the store really
/// writes.
class StreamFilterRulesTest {
  private static final UserId ANN = World.person(1);
  private static final UserId BEN = World.person(2);
  private static final List<EventPattern> PATTERNS =
      StreamFilter.patterns().stream().map(EventPattern::parse).toList();

  private final World world = World.fresh();
  private final ConversationId id = world.conversations.openDirect(ANN, BEN);
  private int seen = records().size();

  private List<StreamRecord> records() {
    var streams = TestTables.engine().streams();
    String arn =
        TestTables.engine()
            .client()
            .describeTable(r -> r.tableName(world.table.name()))
            .table()
            .latestStreamArn();
    String shard =
        streams
            .describeStream(r -> r.streamArn(arn))
            .streamDescription()
            .shards()
            .getFirst()
            .shardId();
    String iterator =
        streams
            .getShardIterator(r ->
                r.streamArn(arn).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    return streams.getRecords(r -> r.shardIterator(iterator)).records().stream()
        .map(record -> StreamRecord.of(record, arn))
        .toList();
  }

  /// For each record since this was last asked, by how many patterns it is let through.
  private List<Long> let() {
    List<StreamRecord> all = records();
    List<Long> let = new ArrayList<>();
    for (StreamRecord record : all.subList(seen, all.size())) {
      let.add(PATTERNS.stream().filter(pattern -> pattern.matches(record.json())).count());
    }
    seen = all.size();
    return let;
  }

  private void project(int from) {
    world.projector.project(id, world.log.after(id, from - 1, 100, Consistency.STRONG));
  }

  @Test
  void openingAConversationWakesNobody() {
    world.conversations.openDirect(ANN, World.person(3));
    assertThat(let()).containsExactly(0L);
  }

  @Test
  void anEntryWakesItAndWhatFollowsFromItDoesNot() {
    world.send(ANN, id, "one");
    assertThat(let()).as("a stranger approached, and the entry").containsExactly(0L, 1L);
    project(1);
    assertThat(let()).as("two rows, and the head").containsExactly(0L, 0L, 0L);
    world.messages.edit(ANN, id, world.clientId(), 1, World.text("one, edited"));
    assertThat(let()).containsExactly(1L);
    project(2);
    assertThat(let()).as("the message anew, and two rows").containsExactly(0L, 0L, 0L);
    world.messages.unsend(ANN, id, world.clientId(), 1);
    assertThat(let()).containsExactly(1L);
    project(3);
    assertThat(let()).as("the message, two rows, and its edit").containsExactly(0L, 0L, 0L, 0L);
  }

  @Test
  void aReadersMarkWakesItAndTheNextProjectionDoesNot() {
    world.send(ANN, id, "one");
    project(1);
    let();
    world.inbox.markRead(BEN, id, 1);
    assertThat(let()).containsExactly(1L);
    world.send(ANN, id, "two");
    project(2);
    assertThat(let()).as("the entry, and two rows, one of them marked").containsExactly(1L, 0L, 0L);
  }

  @Test
  void anAccountWakesItWhenItIsOne() {
    AccountItems accounts = new AccountItems(world.table);
    Handle handle = new Handle("ann");
    Instant now = world.clock.instant();
    Account account = new Account(ANN, handle, new DisplayName("Ann"), now, now);
    accounts.begin(
        account, new PasswordHash("$argon2id$v=19$" + "x".repeat(66)), now.plusSeconds(9));
    accounts.claim(handle, ANN, null, null);
    assertThat(let()).as("a sign-up that is not finished").containsOnly(0L);
    accounts.finish(ANN, now);
    assertThat(let()).containsExactlyInAnyOrder(1L, 0L);
    accounts.rename(ANN, new DisplayName("Another"));
    assertThat(let()).containsExactly(1L);
    accounts.endSessions(ANN, now.plusSeconds(1));
    assertThat(let()).containsExactly(1L);
  }

  @Test
  void theEndOfASessionWakesItAndNothingElseOfSessions() {
    SessionItems sessions = new SessionItems(world.table);
    SessionId name = new SessionId("5".repeat(64));
    Instant now = world.clock.instant();
    Session session = new Session(name, ANN, now, now.plusSeconds(60));
    sessions.start(session);
    new TicketItems(world.table).issue("hash", name, now.plusSeconds(30));
    new TicketItems(world.table).redeem("hash", now);
    LinkItems links = new LinkItems(world.table);
    Link link = new Link("L0SM9cOFvHcCIhw=", session, now);
    links.add(link);
    links.remove(link);
    assertThat(let()).hasSize(7).containsOnly(0L);
    sessions.end(name);
    assertThat(let()).containsExactly(1L);
  }

  @Test
  void aBlockWakesItForWhoseItIs() {
    BlockItems blocks = new BlockItems(world.table);
    blocks.block(ANN, new Block(BEN, world.clock.instant()));
    assertThat(let()).as("the block, and its mirror").containsExactlyInAnyOrder(1L, 0L);
    blocks.unblock(ANN, BEN);
    assertThat(let()).containsExactlyInAnyOrder(1L, 0L);
  }

  @Test
  void whatAnErasureBlanksWakesNobody() {
    world.send(ANN, id, "one");
    world.messages.edit(ANN, id, world.clientId(), 1, World.text("one, edited"));
    world.send(BEN, id, "two");
    project(1);
    let();
    new PersonalItems(world.table, world.clock).blank(ANN, id, 3, null);
    assertThat(let()).hasSizeGreaterThanOrEqualTo(4).containsOnly(0L);
  }

  @Test
  void aDepartureWakesItOnce() {
    world.send(ANN, id, "one");
    project(1);
    let();
    world.log.reflect(id, 2, Set.of(ANN));
    assertThat(let()).as("the head").containsExactly(0L);
  }
}
