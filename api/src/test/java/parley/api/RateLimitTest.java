package parley.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.api.RateLimit.Rate;
import parley.messaging.account.UserId;

/// How often what may be done, route by route.
class RateLimitTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final InstantSource clock = now::get;
  private final RateLimits limits = RateLimits.on(clock);

  private void pass(Duration time) {
    now.updateAndGet(at -> at.plus(time));
  }

  private static UserId user(int number) {
    byte[] bits = new byte[32];
    bits[0] = (byte) number;
    return UserId.of(bits);
  }

  private Admission from(String address) {
    return new Admission(limits, address);
  }

  /// The Retry-After of a refusal, 0 if it was admitted.
  private static long retryAfter(Runnable admission) {
    try {
      admission.run();
      return 0;
    } catch (Refusal refusal) {
      ApiResponse response = refusal.problem().response("r");
      assertThat(response.status()).isEqualTo(429);
      return Long.parseLong(header(response.headers(), "Retry-After"));
    }
  }

  private static String header(List<Header> headers, String name) {
    List<String> values = Header.all(headers, name);
    assertThat(values).as(name).hasSize(1);
    return values.getFirst();
  }

  @Test
  void everyRouteSaysHowOften() {
    Map<RateLimit, Set<String>> routes = new EnumMap<>(RateLimit.class);
    for (Route route : Table.routes().all()) {
      routes.computeIfAbsent(route.limit(), _ -> new TreeSet<>()).add(route.name());
      assertThat(route.refusals()).contains(ProblemCode.RATE_LIMITED);
    }
    assertThat(routes.get(RateLimit.SEND))
        .containsExactly("editMessage", "keepMessages", "sendMessage", "unsendMessage");
    assertThat(routes.get(RateLimit.SIGN_UP)).containsExactly("signUp");
    assertThat(routes.get(RateLimit.SIGN_IN))
        .containsExactly(
            "askErasure",
            "askExport",
            "changePassword",
            "claimErasure",
            "fetchExport",
            "goToProvider",
            "returnFromProvider",
            "signIn",
            "signInToDemo");
    assertThat(routes.get(RateLimit.LOOK_UP)).containsExactly("findAccounts");
    assertThat(routes.get(RateLimit.OPEN)).containsExactly("openConversation");
    assertThat(routes.get(RateLimit.PROBE)).containsExactly("getOpenApi", "isLive", "isReady");
    assertThatThrownBy(() -> Route.get("/x", "x", "X.").by(_ -> Answer.nothing()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("how often");
  }

  @ParameterizedTest
  @EnumSource(RateLimit.class)
  void aBurstIsAdmittedAndThenAsMuchAsIsRefilled(RateLimit limit) {
    course(limit.address(), () -> from("192.0.2.1").admit(limit));
    Rate account = limit.account();
    if (account != null) {
      course(account, () -> from("192.0.2.2").admit(limit, user(1)));
    }
    // Nobody else has to do with it.
    assertThat(retryAfter(() -> from("192.0.2.3").admit(limit))).isZero();
    assertThat(retryAfter(() -> from("192.0.2.3").admit(limit, user(2)))).isZero();
  }

  private void course(Rate rate, Runnable admission) {
    for (int i = 0; i < rate.burst(); i++) {
      assertThat(retryAfter(admission)).as("%s of %s", i + 1, rate).isZero();
    }
    long wait = retryAfter(admission);
    assertThat(wait).isBetween(1L, rate.period().dividedBy(rate.refill()).toSeconds() + 1);
    pass(Duration.ofSeconds(wait));
    assertThat(retryAfter(admission)).as("after Retry-After").isZero();
    pass(rate.whole().plusSeconds(1));
    for (int i = 0; i < rate.burst(); i++) {
      assertThat(retryAfter(admission)).isZero();
    }
    assertThat(retryAfter(admission)).isPositive();
  }

  @Test
  void anAnswerSaysWhatIsLeft() {
    Api api = new Api(Table.nothing(), Table.SECRET, () -> true, Origins.LOCAL, traffic());
    ApiResponse response = null;
    for (int i = 0; i < 3; i++) {
      response = api.handle(Table.request("GET", "/health/live"));
    }
    assertThat(response.status()).isEqualTo(200);
    assertThat(header(response.headers(), "RateLimit-Policy"))
        .isEqualTo("\"probe-address\";q=100;w=5");
    assertThat(header(response.headers(), "RateLimit")).isEqualTo("\"probe-address\";r=97;t=1");
    for (int i = 0; i < 97; i++) {
      api.handle(Table.request("GET", "/health/live"));
    }
    ApiResponse refused = api.handle(Table.request("HEAD", "/health/live"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).isEmpty();
    refused = api.handle(Table.request("GET", "/health/live"));
    assertThat(new String(refused.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"code\":\"rate_limited\"");
    assertThat(header(refused.headers(), "Retry-After")).isEqualTo("1");
    assertThat(header(refused.headers(), "RateLimit")).isEqualTo("\"probe-address\";r=0;t=5");
  }

  private Traffic traffic() {
    return new Traffic(limits, TrustedProxies.NONE);
  }

  @Test
  void whoeverIsRefusedMakesNothingRead() {
    Api api = new Api(Table.nothing(), Table.SECRET, () -> true, Origins.LOCAL, traffic());
    Header token = new Header("Authorization", "Bearer ps_" + "a".repeat(43));
    for (int i = 0; i < RateLimit.SEND.address().burst(); i++) {
      // No token: refused before anything is looked up, and counted all the same.
      ApiResponse response = api.handle(Table.request("POST", "/api/conversations/c/messages"));
      assertThat(response.status()).isEqualTo(401);
    }
    // With one, it would be looked up, and nothing is there to do that.
    assertThat(api.handle(Table.request("POST", "/api/conversations/c/messages", token)).status())
        .isEqualTo(429);
    assertThat(api.handle(Table.request("GET", "/api/config")).status()).isEqualTo(200);
  }

  @Test
  void withoutLimitsNothingIsCounted() {
    Admission admission = new Admission(RateLimits.off(), "192.0.2.1");
    for (int i = 0; i < 10_000; i++) {
      admission.admit(RateLimit.SIGN_UP);
      admission.admit(RateLimit.SEND, user(1));
    }
    assertThat(admission.headers()).isEmpty();
  }

  // People seen.

  private long shown(int reader, @Nullable RuntimeException fault, int... people) {
    List<UserId> ids = java.util.Arrays.stream(people).mapToObj(RateLimitTest::user).toList();
    return retryAfter(() -> {
      try {
        from("192.0.2.1")
            .show(
                user(reader),
                10,
                () -> {
                  if (fault != null) {
                    throw fault;
                  }
                  return ids;
                },
                found -> found);
      } catch (IllegalStateException e) {
        assertThat(e).isSameAs(fault);
      }
    });
  }

  @Test
  void onlyWhoIsNewCounts() {
    long budget = RateLimit.PEOPLE_SEEN.account().burst();
    for (int round = 0; round < 100; round++) {
      assertThat(shown(1, null, 1, 2, 3, 4, 5)).isZero();
      assertThat(shown(1, null)).isZero();
      assertThat(shown(1, new IllegalStateException("no store"))).isZero();
    }
    for (int person = 6; person <= budget - 9; person++) {
      assertThat(shown(1, null, person)).as("person %s", person).isZero();
    }
    // Fewer than a page are left: refused whatever it would find, so that it tells nothing.
    assertThat(shown(1, null, 100)).isPositive();
    assertThat(shown(1, null, 251)).isPositive();
    assertThat(shown(1, null)).isPositive();
    assertThat(shown(2, null, 1)).isZero();
    pass(RateLimit.PEOPLE_SEEN.account().whole().plusHours(1));
    assertThat(shown(1, null, 1, 2)).isZero();
  }
}
