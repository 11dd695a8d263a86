package parley.store;

import static parley.store.AccountItems.DISABLED_AT;
import static parley.store.AccountItems.NOT_BEFORE;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.UserId;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;

/// Who is let in as an account: which sessions are over, and whether anybody may begin one.
final class Standing {
  private final Table table;

  Standing(Table table) {
    this.table = table;
  }

  @Nullable Account endSessions(UserId user, Instant at) {
    return Profile.after(endingSessions(AccessPattern.END_SESSIONS, user, at, Expression.of("")));
  }

  /// In one write, so that no crash can leave an account that is disabled, and whose old sessions
  /// come back when it is enabled.
  @Nullable Account disable(UserId user, Instant at, Instant end) {
    return Profile.after(
        endingSessions(
            AccessPattern.DISABLE_ACCOUNT,
            user,
            end,
            Expression.of(", #disabled = if_not_exists(#disabled, :disabledAt)")
                .name("#disabled", DISABLED_AT)
                .value(":disabledAt", at.toEpochMilli())));
  }

  @Nullable Account enable(UserId user) {
    return Profile.after(
        table.update(
            AccessPattern.DISABLE_ACCOUNT,
            Key.account(user),
            Expression.of("REMOVE #disabled").name("#disabled", DISABLED_AT),
            Profile.exists()));
  }

  private Outcome endingSessions(
      AccessPattern pattern, UserId user, Instant at, Expression besides) {
    Key key = Key.account(user);
    Outcome outcome =
        table.update(
            pattern,
            key,
            with("SET #notBefore = :at", besides),
            Profile.exists(" AND #notBefore < :at").value(":at", at.toEpochMilli()));
    if (outcome instanceof Outcome.Refused(var there)
        && there != null
        && Profile.isSettled(there)) {
      // Sessions were ended at this millisecond before, or by a clock that is ahead. Those that
      // began since began one later than that.
      return table.update(
          pattern,
          key,
          with("SET #notBefore = #notBefore + :one", besides).value(":one", 1),
          Profile.exists());
    }
    return outcome;
  }

  private static Expression with(String change, Expression besides) {
    return new Expression(change + besides.text(), besides.names(), besides.values())
        .name("#notBefore", NOT_BEFORE);
  }
}
