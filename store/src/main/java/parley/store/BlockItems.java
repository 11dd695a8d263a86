package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.SK;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.block.Block;
import parley.messaging.block.BlockStore;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Blocks, and their mirrors:
///
/// ```
/// U#u-blocker   B#u-blocked   since when
/// U#u-blocked   BY#u-blocker  the same, where an erasure of the blocked one looks for it
/// ```
public final class BlockItems implements BlockStore {
  private static final String SINCE = "since";

  private final Table table;

  public BlockItems(Table table) {
    this.table = table;
  }

  @Override
  public void block(UserId blocker, Block block) {
    put(Key.blockedBy(block.blocked(), blocker), block);
    put(Key.block(blocker, block.blocked()), block);
  }

  private void put(Key key, Block block) {
    table.put(AccessPattern.BLOCK, new Item.Builder(key).put(SINCE, block.since()).build(), null);
  }

  @Override
  public void unblock(UserId blocker, UserId blocked) {
    table.delete(AccessPattern.UNBLOCK, Key.block(blocker, blocked));
    table.delete(AccessPattern.UNBLOCK, Key.blockedBy(blocked, blocker));
  }

  @Override
  public boolean isBlocked(UserId blocker, UserId blocked) {
    return table.get(AccessPattern.IS_BLOCKED, Key.block(blocker, blocked)) != null;
  }

  @Override
  public List<Block> blocks(UserId blocker, @Nullable UserId after, int limit) {
    String prefix = Entity.BLOCK.skPrefix();
    // The lower end of BETWEEN is part of it, and `after` is not: one more is asked for.
    String from = after == null ? prefix : Entity.BLOCK.sk(after.value());
    return table
        .query(
            AccessPattern.BLOCKS,
            false,
            limit + 1,
            r ->
                r.keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
                    .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(Key.user(blocker)),
                            ":from", AttributeValue.fromS(from),
                            ":to", AttributeValue.fromS(prefix + "~"))))
        .stream()
        .map(Item::new)
        .filter(item -> !item.key().sk().equals(from))
        .limit(limit)
        .map(item -> new Block(blocked(item.key()), item.time(SINCE)))
        .toList();
  }

  static UserId blocked(Key key) {
    return new UserId(key.sk().substring(Entity.BLOCK.skPrefix().length()));
  }
}
