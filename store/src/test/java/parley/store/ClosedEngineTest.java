package parley.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import parley.engine.Engine;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;

/// An engine in this process that was closed under those who still use it.
class ClosedEngineTest {
  @Test
  void isAStoreThatDoesNotAnswer() {
    Table table;
    try (Engine engine = Engine.inMemory()) {
      new TableAdmin(engine.client(), "parley", Capabilities.ALL)
          .ensure(TableAdmin.Capacity.DEFAULT);
      table = new Table(engine.client(), "parley", Capabilities.ALL, Units.IGNORED);
    }
    AccountItems accounts = new AccountItems(table);
    UserId user = UserId.of(new byte[17]);
    assertThatThrownBy(() -> accounts.account(user)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> accounts.facts(user)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> accounts.endSessions(user, TestClock.START))
        .isInstanceOf(StoreUnavailable.class);
  }
}
