package parley.prove;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The people of a proof, and who talks to whom. All of them are new: a proof touches nobody
/// else's.
record Cast(List<Person> people, List<Talk> talks, List<Finding> findings) {
  /// A conversation of two.
  record Talk(String id, Person one, Person other) {
    List<Person> both() {
      return List.of(one, other);
    }

    Person peer(Person person) {
      return person.equals(one) ? other : one;
    }

    String path() {
      return "/api/conversations/" + id;
    }
  }

  private static final int OPENED_AT_ONCE = 4;

  /// How often somebody who has just signed up may be unknown elsewhere, before it counts.
  private static final int LOOKS = 20;

  /// How many conversations there can be between so many people.
  static int talksAmong(int people) {
    return people * (people - 1) / 2;
  }

  /// Signs people up, and has each pair open their conversation, both at the same moment.
  static Cast assembled(Client client, int people, int talks, Random chance)
      throws InterruptedException {
    List<Callable<Person>> signUps = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      int server = i;
      signUps.add(() -> signUp(client, server));
    }
    // More at once would only wait for each other: a password costs a server a tenth of a second.
    List<Person> signedUp = Together.run(2, signUps);
    List<Person[]> pairs = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      for (int j = i + 1; j < people; j++) {
        pairs.add(new Person[] {signedUp.get(i), signedUp.get(j)});
      }
    }
    Collections.shuffle(pairs, chance);
    List<Callable<Opened>> openings = new ArrayList<>();
    for (Person[] pair : pairs.subList(0, talks)) {
      openings.add(() -> open(client, pair[0], pair[1]));
    }
    List<Talk> all = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Opened opened : Together.run(OPENED_AT_ONCE, openings)) {
      all.add(opened.talk());
      if (opened.finding() != null) {
        findings.add(opened.finding());
      }
    }
    return new Cast(signedUp, List.copyOf(all), List.copyOf(findings));
  }

  private static Person signUp(Client client, int server) throws InterruptedException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String handle = "prove_" + Long.toString(random.nextLong(1L << 50), 36);
    ObjectNode body = Client.JSON.createObjectNode();
    body.put("handle", handle);
    body.put("displayName", "Somebody who proves");
    body.put("password", Long.toString(random.nextLong() >>> 1, 36) + " rowing at dawn");
    JsonNode created = client.mustDo(server, null, "POST", "/api/accounts", body);
    return new Person(
        handle, created.at("/account/id").asString(), created.path("token").asString());
  }

  private record Opened(Talk talk, @Nullable Finding finding) {}

  private static Opened open(Client client, Person one, Person other) throws InterruptedException {
    CyclicBarrier moment = new CyclicBarrier(2);
    List<String> ids =
        Together.run(
            2,
            List.of(
                () -> openAt(client, 0, one, other, moment),
                () -> openAt(client, 1, other, one, moment)));
    // And once more, when it is there.
    Set<String> all = new HashSet<>(ids);
    all.addAll(Together.run(1, List.of(() -> openAt(client, 1, one, other, new CyclicBarrier(1)))));
    Talk talk = new Talk(ids.getFirst(), one, other);
    return new Opened(
        talk,
        all.size() == 1
            ? null
            : new Finding(
                Promise.ONE_CONVERSATION,
                one + " and " + other,
                "they have %d conversations".formatted(all.size())));
  }

  private static String openAt(
      Client client, int server, Person me, Person with, CyclicBarrier moment) throws Exception {
    ObjectNode body = Client.JSON.createObjectNode();
    body.putArray("participants").add(with.id());
    moment.await();
    Client.Answer answer = client.insist(server, me, "POST", "/api/conversations", body);
    // Another server may not have heard of them yet.
    for (int look = 0; look < LOOKS && answer.status() == 422; look++) {
      Thread.sleep(Client.rest(look));
      answer = client.insist(server, me, "POST", "/api/conversations", body);
    }
    if (!answer.isGood()) {
      throw new GaveUp("a conversation could not be opened: " + answer.code());
    }
    return answer.body().path("id").asString();
  }
}
