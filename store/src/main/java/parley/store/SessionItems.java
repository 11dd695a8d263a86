package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.TTL;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.SessionStore;
import parley.messaging.account.UserId;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Sessions, each under the hash of its token. They go by TTL, days after they are over.
public final class SessionItems implements SessionStore {
  private static final String USER = "user";
  private static final String SINCE = "since";

  /// There only where it is true.
  private static final String SILENT = "silent";

  private final Table table;

  public SessionItems(Table table) {
    this.table = table;
  }

  @Override
  public void start(Session session) {
    table.put(AccessPattern.SESSION_START, write(session), null);
  }

  @Override
  public boolean restart(Session session) {
    Expression there = Expression.of("attribute_exists(#pk)").name("#pk", PK);
    return table.put(AccessPattern.SESSION_START, write(session), there) instanceof Outcome.Done;
  }

  @Override
  public @Nullable Session session(SessionId id) {
    Map<String, AttributeValue> there =
        table.get(AccessPattern.SESSION_CHECK, Key.session(id.value()));
    if (there == null) {
      return null;
    }
    Item item = new Item(there);
    return new Session(
        id,
        new UserId(item.string(USER)),
        item.time(SINCE),
        Instant.ofEpochSecond(item.number(TTL)),
        there.containsKey(SILENT));
  }

  @Override
  public void end(SessionId id) {
    table.delete(AccessPattern.SESSION_END, Key.session(id.value()));
  }

  private static Map<String, AttributeValue> write(Session session) {
    Item.Builder item =
        new Item.Builder(Key.session(session.id().value()))
            .put(USER, session.user().value())
            .put(SINCE, session.since())
            .expiresAt(session.expiresAt());
    return (session.silent() ? item.put(SILENT, true) : item).build();
  }
}
