package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import parley.api.Api;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Header;
import parley.api.Origins;
import parley.api.RateLimits;
import parley.api.Traffic;
import parley.api.TrustedProxies;
import parley.host.Services;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.account.UserId;
import parley.store.TableAdmin.Capacity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Searching for people, where ten thousand are: nobody gets a list of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookUpBudgetTest {
  private static final int PEOPLE = 10_000;
  private static final int SEEN_MAX = 500;
  private static final long SEED = 20_260_301;
  private static final List<String> ALPHABET =
      "abcdefghijklmnopqrstuvwxyz0123456789_".chars().mapToObj(Character::toString).toList();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// A noon to come: the engine deletes what is over by its own clock, which is this machine's.
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36)));

  private final Deployment deployment =
      Deployment.open(
          new Settings(new Storage.InMemory(), "parley", Capacity.parse("on-demand"), null));
  private final Services services = deployment.services(now::get);
  private final List<String> handles = new ArrayList<>();

  /// A server that has just started.
  private Api fresh() {
    return new Api(
        services.forApi(),
        deployment.secret(),
        () -> true,
        Origins.LOCAL,
        new Traffic(RateLimits.on(now::get), TrustedProxies.NONE));
  }

  @BeforeAll
  void people() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    String[] syllables = {
      "an", "be", "ca", "do", "el", "fi", "ga", "ha", "jo", "ka", "li", "ma", "ni", "ol", "pe",
      "ro", "sa", "to", "vi", "wa"
    };
    Set<String> made = new TreeSet<>();
    while (made.size() < PEOPLE) {
      StringBuilder handle = new StringBuilder();
      int count = 2 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        handle.append(syllables[random.nextInt(syllables.length)]);
      }
      made.add(
          random.nextInt(3) == 0 ? handle.append(random.nextInt(100)).toString() : "" + handle);
    }
    handles.addAll(made);
    List<WriteRequest> items = new ArrayList<>();
    byte[] bits = new byte[32];
    for (String handle : handles) {
      random.nextBytes(bits);
      String user = UserId.of(bits).value();
      items.add(put("H#" + handle.substring(0, 2), handle, Map.of("user", string(user))));
      items.add(
          put(
              "U#" + user,
              "PROFILE",
              Map.of(
                  "handle", string(handle),
                  "displayName", string("Somebody"),
                  "createdAt", AttributeValue.fromN("1"),
                  "notBefore", AttributeValue.fromN("1"))));
    }
    for (int from = 0; from < items.size(); from += 25) {
      List<WriteRequest> part = items.subList(from, Math.min(items.size(), from + 25));
      deployment
          .connection()
          .client()
          .batchWriteItem(r -> r.requestItems(Map.of(deployment.table().name(), part)));
    }
  }

  private static WriteRequest put(String pk, String sk, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> item = new HashMap<>(more);
    item.put("PK", string(pk));
    item.put("SK", string(sk));
    return WriteRequest.builder().putRequest(r -> r.item(item)).build();
  }

  private static AttributeValue string(String text) {
    return AttributeValue.fromS(text);
  }

  @AfterAll
  void close() {
    deployment.close();
  }

  private String token(String handle) {
    Handle owner = new Handle(handle);
    DisplayName name = new DisplayName("Somebody Else");
    SignUp signUp =
        services
            .accounts()
            .signUp(
                owner, name, Password.parse("rowing at dawn", owner, name).orThrow(), Source.HERE);
    Account account = ((SignUp.Created) signUp).account();
    return services.sessions().start(account).token().value();
  }

  /// One person at a search field.
  private final class Searcher {
    private final Api api;
    private final String token;
    private final String address;
    final Map<String, Instant> seen = new HashMap<>();
    final List<Map.Entry<Instant, String>> sightings = new ArrayList<>();

    /// Seconds to wait, where the last search was refused.
    long wait;

    Searcher(Api api, String token, String address) {
      this.api = api;
      this.token = token;
      this.address = address;
    }

    /// The handles that are found; null where it was refused.
    List<String> search(String prefix) {
      ApiResponse response =
          api.handle(
              new ApiRequest(
                  "GET",
                  "/api/accounts",
                  "prefix=" + prefix,
                  List.of(
                      new Header("Authorization", "Bearer " + token),
                      new Header("X-Forwarded-For", "203.0.113." + sightings.size() % 256)),
                  ApiRequest.Body.NONE,
                  address));
      if (response.status() == 429) {
        wait =
            response.headers().stream()
                .filter(header -> header.name().equals("Retry-After"))
                .mapToLong(header -> Long.parseLong(header.value()))
                .sum();
        return null;
      }
      assertThat(response.status()).isEqualTo(200);
      List<String> found = new ArrayList<>();
      for (JsonNode person : JSON.readTree(response.body()).path("items")) {
        String handle = person.path("handle").asString();
        found.add(handle);
        seen.putIfAbsent(handle, now.get());
        sightings.add(Map.entry(now.get(), handle));
      }
      return found;
    }

    /// The most people that were seen within any 24 hours.
    int mostInADay() {
      int most = 0;
      Map<String, Integer> within = new HashMap<>();
      Deque<Map.Entry<Instant, String>> window = new ArrayDeque<>();
      for (Map.Entry<Instant, String> sighting : sightings) {
        window.add(sighting);
        within.merge(sighting.getValue(), 1, Integer::sum);
        Instant since = sighting.getKey().minus(Duration.ofDays(1));
        while (window.getFirst().getKey().isBefore(since)) {
          within.computeIfPresent(
              window.removeFirst().getValue(), (_, count) -> count == 1 ? null : count - 1);
        }
        most = Math.max(most, within.size());
      }
      return most;
    }
  }

  /// It asks for full pages first, goes down where a page is full, asks again for what it paid for,
  /// waits exactly as long as it is told to, and changes its address.
  @Test
  void anAccountThatListsThemAllDayGetsNoFarther() {
    Api api = fresh();
    String token = token("mallory1");
    Searcher attacker = new Searcher(api, token, "192.0.2.1");
    Instant start = now.get();
    Deque<String> next = new ArrayDeque<>();
    for (String a : ALPHABET) {
      for (String b : ALPHABET) {
        next.add(a + b);
      }
    }
    List<String> fruitful = new ArrayList<>();
    int day = 0;
    int refused = 0;
    while (now.get().isBefore(start.plus(Duration.ofDays(3)))) {
      String prefix = next.isEmpty() ? "an" : next.getFirst();
      List<String> found = attacker.search(prefix);
      if (found == null) {
        refused++;
        // Meanwhile it looks again at what costs nothing.
        for (int i = 0; i < Math.min(20, fruitful.size()); i++) {
          attacker.search(fruitful.get((refused * 20 + i) % fruitful.size()));
        }
        attacker.search(prefix);
        now.updateAndGet(at -> at.plusSeconds(attacker.wait));
      } else {
        next.pollFirst();
        if (!found.isEmpty()) {
          fruitful.add(prefix);
        }
        if (found.size() == 10) {
          for (String c : ALPHABET) {
            // What sorts before the last one was shown already.
            String deeper = prefix + c;
            if (deeper.compareTo(found.getLast()) >= 0 || found.getLast().startsWith(deeper)) {
              next.addLast(deeper);
            }
          }
        }
        now.updateAndGet(at -> at.plusMillis(500));
      }
      if (day == 0 && now.get().isAfter(start.plus(Duration.ofDays(1)))) {
        day = attacker.seen.size();
      }
    }
    System.out.println(
        "one account saw "
            + day
            + " of "
            + PEOPLE
            + " in a day, at most "
            + attacker.mostInADay()
            + " in any day of three, and was refused "
            + refused
            + " times");
    assertThat(day).isBetween(300, SEEN_MAX);
    assertThat(attacker.mostInADay()).isLessThanOrEqualTo(SEEN_MAX);
    assertThat(attacker.seen.size()).isLessThan(1_000);
  }

  @Test
  void manyAccountsOfOneAddressHaveOneBudget() {
    Api api = fresh();
    Set<String> seen = new HashSet<>();
    Instant start = now.get();
    for (int account = 0; account < 40; account++) {
      Searcher attacker = new Searcher(api, token("mallory_b" + account), "192.0.2.9");
      for (int i = 0; i < 60; i++) {
        if (attacker.search(handles.get((account * 250 + i * 7) % PEOPLE).substring(0, 3))
            == null) {
          now.updateAndGet(at -> at.plusMillis(500));
        }
      }
      seen.addAll(attacker.seen.keySet());
    }
    assertThat(Duration.between(start, now.get())).isLessThan(Duration.ofHours(2));
    System.out.println("forty accounts of one address saw " + seen.size());
    assertThat(seen.size()).isBetween(1_000, 4_300);
  }

  @Test
  void aPersonWhoTypesNamesIsNotStopped() {
    Searcher person = new Searcher(fresh(), token("ann_who_searches"), "192.0.2.7");
    Random random = new Random(SEED);
    for (int search = 0; search < 12; search++) {
      String wanted = handles.get(random.nextInt(PEOPLE));
      // Twice: somebody whom one has found before costs nothing.
      for (int again = 0; again < 2; again++) {
        List<String> found = List.of();
        for (int typed = 3; typed <= wanted.length() && !found.contains(wanted); typed++) {
          found = person.search(wanted.substring(0, typed));
          assertThat(found).as("search %s, %s letters", search, typed).isNotNull();
          now.updateAndGet(at -> at.plusMillis(250));
        }
        assertThat(found).contains(wanted);
      }
    }
  }

  @Test
  void whatIsRefusedTellsNothing() {
    Searcher attacker = new Searcher(fresh(), token("mallory_c"), "192.0.2.8");
    int i = 0;
    while (attacker.search(handles.get(i).substring(0, 4)) != null) {
      i += 37;
      now.updateAndGet(at -> at.plusMillis(500));
    }
    assertThat(attacker.search("zzzzzz")).isNull();
    assertThat(attacker.search(handles.getLast())).isNull();
    assertThat(attacker.search(handles.getFirst())).isNull();
  }
}
