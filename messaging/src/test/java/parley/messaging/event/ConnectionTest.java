package parley.messaging.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Text;

class ConnectionTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final UserId ANN = UserId.of(new byte[17]);
  private static final ConversationId ID = ConversationId.of(new byte[17]);

  private final List<Object> said = new ArrayList<>();
  private final Connection connection =
      new Connection(
          new Session(new SessionId("5".repeat(64)), ANN, NOW, NOW.plusSeconds(600)),
          new Listener() {
            @Override
            public void send(Event event) {
              said.add(event);
            }

            @Override
            public void end(Ending ending) {
              said.add(ending);
            }

            @Override
            public void cut() {
              said.add("cut");
            }
          },
          NOW);

  private static Event.Appended message(long seq) {
    Entry.Stamp stamp = new Entry.Stamp(seq, NOW, seq, 0, NOW);
    Entry.Message message =
        new Entry.Message(stamp, ANN, ClientId.of(NOW, seq, seq), Text.parse("a").orThrow(), 0);
    return new Event.Appended(
        message, InboxRow.with(null, new RowKey(ANN, ID), Set.of(ANN), message));
  }

  @Test
  void whatWaitsIsSentInOrderAndThenItEnds() {
    connection.offer(message(1));
    connection.offer(new Event.Pong());
    connection.end(Ending.SESSION_ENDED, NOW);
    connection.end(Ending.GOING_AWAY, NOW);
    connection.offer(message(2));
    connection.run();
    assertThat(said).containsExactly(message(1), new Event.Pong(), Ending.SESSION_ENDED);
  }

  @Test
  void anEntryIsToldOnce() {
    assertThat(connection.offer(message(2))).isTrue();
    assertThat(connection.offer(message(2))).isFalse();
    assertThat(connection.offer(message(1))).isTrue();
    assertThat(connection.offer(message(2))).isFalse();
    assertThat(connection.waiting()).isEqualTo(2);
  }

  @Test
  void whoeverIsTooFarBehindIsToldToStartOver() {
    for (int seq = 1; seq <= Limits.EVENTS_WAITING; seq++) {
      connection.offer(message(seq));
    }
    assertThat(connection.waiting()).isEqualTo(Limits.EVENTS_WAITING);
    assertThat(connection.isOver()).isFalse();
    for (int more = 1; more <= 1_000; more++) {
      connection.offer(message(Limits.EVENTS_WAITING + more));
    }
    assertThat(connection.waiting()).isEqualTo(1);
    assertThat(connection.isOver()).isTrue();
    connection.run();
    assertThat(said).containsExactly(new Event.Resync(), Ending.TOO_SLOW);
  }
}
