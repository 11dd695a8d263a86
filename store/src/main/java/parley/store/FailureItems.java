package parley.store;

import static parley.store.TableDesign.PK;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.FailureStore;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Failed sign-ins, each pair under its keyed hash. They go by TTL, days after they stopped to
/// count.
public final class FailureItems implements FailureStore {
  private static final String COUNT = "count";
  private static final String LAST_AT = "lastAt";

  private final Table table;

  public FailureItems(Table table) {
    this.table = table;
  }

  @Override
  public @Nullable Failures failures(String pair) {
    return read(table.get(AccessPattern.FAILURES, Key.failures(pair)));
  }

  @Override
  public Counted count(String pair, @Nullable Failures seen, Failures next, Instant expiresAt) {
    Expression asSeen =
        seen == null
            ? Expression.of("attribute_not_exists(#pk)").name("#pk", PK)
            : Expression.of("#count = :count AND #lastAt = :lastAt")
                .name("#count", COUNT)
                .name("#lastAt", LAST_AT)
                .value(":count", seen.count())
                .value(":lastAt", seen.lastAt().toEpochMilli());
    Outcome outcome =
        table.put(
            AccessPattern.COUNT_FAILURE,
            new Item.Builder(Key.failures(pair))
                .put(COUNT, next.count())
                .put(LAST_AT, next.lastAt())
                .expiresAt(expiresAt)
                .build(),
            asSeen);
    return switch (outcome) {
      case Outcome.Done _ -> new Counted.Done();
      case Outcome.Refused(var there) -> new Counted.Otherwise(read(there));
    };
  }

  @Override
  public void clear(String pair) {
    table.delete(AccessPattern.CLEAR_FAILURES, Key.failures(pair));
  }

  private static @Nullable Failures read(@Nullable Map<String, AttributeValue> attributes) {
    if (attributes == null) {
      return null;
    }
    Item item = new Item(attributes);
    return new Failures(Math.toIntExact(item.number(COUNT)), item.time(LAST_AT));
  }
}
