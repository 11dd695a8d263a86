package parley.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import tools.jackson.databind.JsonNode;

/// Two servers whose clocks disagree, either way, by half of what they may: everything that one
/// says holds at the other.
class ClocksApartTest {
  private static final Duration APART = Limits.SERVER_CLOCK_ALLOWANCE.dividedBy(2);

  /// What a session may be behind at another server, and a little for the machine.
  private static final Duration BEHIND = Limits.ACCOUNT_STALENESS.plusSeconds(6);

  private LocalHost host;
  private URI one;
  private URI other;

  private void start(int direction) throws Exception {
    host =
        LocalHost.two(
            Instant::now, InstantSource.offset(Instant::now, APART.multipliedBy(direction)));
    one = host.here();
    other = host.there();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void aTicketIsGoodAtEither(int direction) throws Exception {
    start(direction);
    Person ann = Person.signUp(one);
    for (URI at : new URI[] {one, other}) {
      for (URI from : new URI[] {one, other}) {
        try (Ears ears = new Ears()) {
          ears.socket = Person.connect(at, ears, "parley.v1", ann.ticket(from));
          ears.pong();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void signingOutEverywhereEndsWhatBeganAtEither(int direction) throws Exception {
    start(direction);
    Person ann = Person.signUp(one);
    for (int round = 0; round < 2; round++) {
      Person here = ann.signIn(one);
      Person there = ann.signIn(other);
      URI at = round == 0 ? one : other;
      Person who = round == 0 ? here : there;
      assertThat(who.call(at, "DELETE", "/api/sessions", null).status()).isEqualTo(204);
      ends(here);
      ends(there);
      // And nothing that begins now is over.
      for (URI server : new URI[] {one, other}) {
        Person again = ann.signIn(server);
        assertThat(status(again, one)).isEqualTo(200);
        assertThat(status(again, other)).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void aChangeOfPasswordEndsAllOtherSessions(int direction) throws Exception {
    start(direction);
    Person ann = Person.signUp(one);
    Person here = ann.signIn(one);
    Person there = ann.signIn(other);
    URI behind = direction > 0 ? one : other;
    int status =
        ann.call(
                behind,
                "PUT",
                "/api/me/password",
                "{\"current\":\"" + Person.PASSWORD + "\",\"new\":\"rowing at dusk\"}")
            .status();
    assertThat(status).isEqualTo(204);
    ends(here);
    ends(there);
    assertThat(status(ann, one)).isEqualTo(200);
    assertThat(status(ann, other)).isEqualTo(200);
  }

  private void ends(Person person) throws Exception {
    for (URI server : new URI[] {one, other}) {
      long until = System.nanoTime() + BEHIND.toNanos();
      while (status(person, server) != 401 && System.nanoTime() - until < 0) {
        Thread.sleep(50);
      }
      assertThat(status(person, server)).isEqualTo(401);
    }
  }

  private static int status(Person person, URI at) throws Exception {
    return person.call(at, "GET", "/api/me", null).status();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void whoeverHasJustConnectedHearsTheOtherServersMessages(int direction) throws Exception {
    start(direction);
    Person ann = Person.signUp(one);
    Person ben = Person.signUp(one);
    String id = ann.talkTo(one, ben);
    for (URI at : new URI[] {one, other}) {
      URI from = at.equals(one) ? other : one;
      try (Ears ears = ben.listen(at)) {
        JsonNode event = ears.message(ann.say(from, id, "Are you awake?"));
        assertThat(event.path("conversation").asString()).isEqualTo(id);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void anAttemptAtTheOtherIsTheSameMessage(int direction) throws Exception {
    start(direction);
    Person ann = Person.signUp(one);
    String id = ann.talkTo(one, Person.signUp(one));
    for (URI at : new URI[] {one, other}) {
      URI from = at.equals(one) ? other : one;
      String body = "{\"clientId\":\"" + Person.clientId() + "\",\"text\":\"once\"}";
      String path = "/api/conversations/" + id + "/messages";
      Person.Answer first = ann.call(from, "POST", path, body);
      Person.Answer second = ann.call(at, "POST", path, body);
      assertThat(first.status()).isEqualTo(201);
      assertThat(second.status()).isEqualTo(200);
      assertThat(second.body()).isEqualTo(first.body());
    }
  }
}
