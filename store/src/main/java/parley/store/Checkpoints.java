package parley.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How far each shard of the stream was projected, and by whom.
///
/// The lease has no clock in it: its `version` changes with every write, and whoever sees it stand
/// still while there is work to do may take it. So servers whose clocks disagree agree on leases.
/// Projecting twice is harmless, so a lease saves work and guards nothing.
public final class Checkpoints {
  /// Where a shard was left: the last record that was handled, null for none; and the lease.
  public record Checkpoint(@Nullable String position, @Nullable String owner, long version) {}

  /// The position of a shard that was read to its end.
  static final String SHARD_END = "END";

  private static final Duration SET_ASIDE_FOR = Duration.ofDays(30);

  private final Table table;
  private final String stream;
  private final InstantSource clock;

  public Checkpoints(Table table, String stream, InstantSource clock) {
    this.table = table;
    this.stream = stream;
    this.clock = clock;
  }

  public @Nullable Checkpoint read(String shard) {
    Map<String, AttributeValue> item =
        table.get(AccessPattern.READ_CHECKPOINT, Key.checkpoint(stream, shard));
    return item == null ? null : checkpoint(new Item(item));
  }

  /// Takes the lease from whoever has it.
  public Checkpoint take(String shard, String owner) {
    return Objects.requireNonNull(write(shard, take(owner), null), "there is no condition to fail");
  }

  /// Takes the lease if it still stands where it was seen; null if it does not.
  @Nullable Checkpoint takeFrom(String shard, String owner, long seenVersion) {
    return write(
        shard,
        take(owner),
        Expression.of("#version = :seen").name("#version", "version").value(":seen", seenVersion));
  }

  /// Takes a lease that nobody ever had; null if somebody has it by now.
  @Nullable Checkpoint takeNew(String shard, String owner) {
    return write(
        shard,
        take(owner),
        Expression.of("attribute_not_exists(#version)").name("#version", "version"));
  }

  private static Expression take(String owner) {
    return Expression.of("SET #owner = :owner, #version = if_not_exists(#version, :zero) + :one")
        .value(":owner", owner);
  }

  /// Remembers a position; false if somebody else has taken the lease.
  boolean save(String shard, String owner, String position) {
    return write(
            shard,
            Expression.of(
                    "SET #position = :position, #version = if_not_exists(#version, :zero) + :one")
                .name("#position", "position")
                .value(":position", position),
            Expression.of("#owner = :owner").name("#owner", "owner").value(":owner", owner))
        != null;
  }

  private @Nullable Checkpoint write(
      String shard, Expression change, @Nullable Expression condition) {
    Expression counted = change.name("#version", "version").value(":zero", 0).value(":one", 1);
    if (change.text().contains("#owner")) {
      counted = counted.name("#owner", "owner");
    }
    return switch (table.update(
        AccessPattern.CHECKPOINT, Key.checkpoint(stream, shard), counted, condition)) {
      case Outcome.Done(var item) -> checkpoint(new Item(item));
      case Outcome.Refused _ -> null;
    };
  }

  private static Checkpoint checkpoint(Item item) {
    return new Checkpoint(
        item.optionalString("position"), item.optionalString("owner"), item.number("version"));
  }

  /// Sets a record aside: its keys and why. Never its image, which may hold text.
  public void setAside(String shard, String position, String keys, String cause) {
    table.put(
        AccessPattern.SET_ASIDE,
        new Item.Builder(Key.setAside(stream, position))
            .put("shard", shard)
            .put("keys", keys)
            .put("cause", cause)
            .put("at", clock.instant())
            .expiresAt(clock.instant().plus(SET_ASIDE_FOR))
            .build(),
        null);
  }
}
