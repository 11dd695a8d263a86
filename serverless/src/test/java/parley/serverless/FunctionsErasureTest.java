package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import parley.host.Services;
import parley.host.Variables;
import parley.messaging.erasure.Erasure;
import parley.messaging.erasure.Receipts;
import parley.server.Caller;
import parley.serverless.runtime.LocalFunction;
import parley.store.Capabilities;
import parley.store.ErasureItems;
import parley.store.Table;
import parley.store.TableDesign;
import parley.store.Units;
import tools.jackson.databind.JsonNode;

/// Whoever wants to go, goes, where no server of ours runs: the clock calls a function that does
/// it.
@Tag("serverless")
class FunctionsErasureTest {
  /// The schedule's minute, a function that starts, and a slow machine.
  private static final Duration CALLED = Duration.ofMinutes(5);

  @Test
  void anErasureThatIsAskedForThroughTheFrontEndsWithAReceipt() throws Exception {
    try (LocalCloud cloud = Clouds.start(null, Map.of(Variables.ERASURE_GRACE_DAYS, "0"))) {
      // What comes of it is called for by the clock, as the template has it.
      assertThat(chores(cloud)).isEmpty();
      Services services = Talk.on(cloud).services();
      Caller nobody = Caller.nobody(cloud.port());
      Caller mara = nobody.newPerson("mara");
      Caller ben = nobody.newPerson("ben");
      String talk = mara.conversationWith("ben");
      mara.write(talk, "nobody is to read this again");
      ben.write(talk, "this stays");
      String code =
          mara.post("/api/me/erasure", Map.of("password", Caller.password("mara")))
              .is(201)
              .at("/code");

      long until = System.nanoTime() + CALLED.toNanos();
      while (state(nobody, code).equals("waiting") && System.nanoTime() < until) {
        Thread.sleep(Duration.ofSeconds(4));
      }
      assertThat(chores(cloud)).isNotEmpty();
      nobody.signIn("mara", Caller.password("mara")).is(401);

      // The other pieces are not waited for: a minute and a day go by.
      until = System.nanoTime() + CALLED.toNanos();
      while (!services.erasures().all(1).isEmpty() && System.nanoTime() < until) {
        timeGoesBy(cloud);
        cloud.schedules().callAll();
      }
      JsonNode done = claim(nobody, code);
      assertThat(done.path("state").asString()).isEqualTo("done");
      String receipt = done.path("receipt").asString();
      assertThat(services.receipts().check(receipt)).isInstanceOf(Receipts.Checked.Genuine.class);
      assertThat(receipt)
          .contains("in backups, for 35 days", "in the ledger of erased accounts")
          .doesNotContain("embedded");
      assertThat(ben.history(talk).toString())
          .contains("this stays")
          .doesNotContain("nobody is to read this again");
      assertThat(cloud.givenUp()).isEmpty();
    }
  }

  private static Set<Long> chores(LocalCloud cloud) {
    return cloud.functions().stream()
        .filter(function -> function.settings().name().equals("ChoresFunction"))
        .findFirst()
        .map(LocalFunction::pids)
        .orElse(Set.of());
  }

  private static JsonNode claim(Caller nobody, String code) {
    return nobody.post("/api/erasures", Map.of("code", code)).is(200).json();
  }

  private static String state(Caller nobody, String code) {
    return claim(nobody, code).path("state").asString();
  }

  /// Whatever waits for its time has waited for it.
  private static void timeGoesBy(LocalCloud cloud) {
    ErasureItems jobs =
        new ErasureItems(
            new Table(cloud.engine().client(), TableDesign.TABLE, Capabilities.ALL, Units.IGNORED));
    for (Erasure job : jobs.due(Instant.now().plus(Duration.ofDays(60)), 10)) {
      // Null where the clock has called meanwhile, and that function was quicker.
      var _ = jobs.move(now(job));
    }
  }

  private static Erasure now(Erasure job) {
    return new Erasure(
        job.user(),
        job.handle(),
        job.askedAt(),
        job.dueAt(),
        job.claim(),
        job.step(),
        job.cursor(),
        job.removed(),
        job.found(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        job.version());
  }
}
