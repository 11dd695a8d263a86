package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.event.Link;

/// Connections that a gateway keeps, in the table.
class LinkTest {
  private static final UserId ANN = World.person(1);
  private static final Instant NOW = TestClock.START;

  private final LinkItems links = new LinkItems(TestTables.inMemory());

  private static Session session(UserId user, char digit) {
    return new Session(
        new SessionId(String.valueOf(digit).repeat(64)),
        user,
        NOW.minusMillis(7),
        NOW.plus(Duration.ofDays(30)));
  }

  private static Link link(String name, Session session) {
    return new Link(name, session, NOW);
  }

  @Test
  void oneIsFoundByItsPersonAndByItsSession() {
    Link phone = link("L0SM9cOFvHcCIhw=", session(ANN, '1'));
    Link desk = link("L0SM9cOFvHcCIhx=", session(ANN, '2'));
    Link bens = link("L0SM9cOFvHcCIhy=", session(World.person(2), '3'));
    links.add(phone);
    links.add(desk);
    links.add(bens);
    links.add(phone);
    assertThat(links.links(ANN, NOW, 40)).containsExactly(phone, desk);
    assertThat(links.links(desk.session().id(), NOW, 40)).containsExactly(desk);
    assertThat(links.link(ANN, phone.name())).isEqualTo(phone);
    assertThat(links.link(World.person(2), phone.name())).isNull();
    links.remove(phone);
    links.remove(phone);
    assertThat(links.links(ANN, NOW, 40)).containsExactly(desk);
    assertThat(links.links(phone.session().id(), NOW, 40)).isEmpty();
    assertThat(links.link(ANN, phone.name())).isNull();
  }

  /// The service deletes days late.
  @Test
  void oneIsForgottenWhenItsTimeIsOver() {
    Link link = link("L0SM9cOFvHcCIhw=", session(ANN, '1'));
    links.add(link);
    Instant end = NOW.plus(Limits.LINK_LIFE);
    assertThat(links.links(ANN, end.minusSeconds(1), 40)).containsExactly(link);
    assertThat(links.links(ANN, end, 40)).isEmpty();
    assertThat(links.links(link.session().id(), end, 40)).isEmpty();
  }

  @Test
  void noMoreAreReadThanAskedFor() {
    for (int i = 0; i < 5; i++) {
      links.add(link("connection" + i, session(ANN, '1')));
    }
    assertThat(links.links(ANN, NOW, 4)).hasSize(4);
  }
}
