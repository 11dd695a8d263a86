package parley.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.SessionId;
import parley.messaging.event.TicketStore;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;

/// Tickets for connections, each under its hash. Those that nobody uses go by TTL.
public final class TicketItems implements TicketStore {
  private static final String SESSION = "session";

  /// When it ends, in milliseconds: the TTL counts in seconds.
  private static final String UNTIL = "until";

  private final Table table;

  public TicketItems(Table table) {
    this.table = table;
  }

  @Override
  public void issue(String hash, SessionId session, Instant expiresAt) {
    table.put(
        AccessPattern.TICKET_ISSUE,
        new Item.Builder(Key.ticket(hash))
            .put(SESSION, session.value())
            .put(UNTIL, expiresAt)
            .expiresAt(expiresAt)
            .build(),
        null);
  }

  @Override
  public @Nullable SessionId redeem(String hash, Instant now) {
    Outcome outcome =
        table.take(
            AccessPattern.TICKET_REDEEM,
            Key.ticket(hash),
            Expression.of("#until > :now").name("#until", UNTIL).value(":now", now.toEpochMilli()));
    return switch (outcome) {
      case Outcome.Done(var item) -> new SessionId(new Item(item).string(SESSION));
      case Outcome.Refused _ -> null;
    };
  }
}
