package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Claim;
import parley.messaging.erasure.Eraser;
import parley.messaging.erasure.Erasure;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Erasures.Status;
import parley.messaging.erasure.Step;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Every bound of an erasure, at its edge.
class ErasureLimitsTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final ErasureWorld people = new ErasureWorld();
  private final Account anna = people.signUp("anna", "Anna");

  private Erasure job() {
    return people.erasures().all(1).getFirst();
  }

  /// Works until there is nothing to do at this moment.
  private void work() {
    Eraser eraser = people.eraser();
    while (eraser.work()) {
      // Piece after piece.
    }
  }

  private void workUntil(Step step) {
    Eraser eraser = people.eraser();
    for (int i = 0; i < 100 && job().step() != step; i++) {
      if (!eraser.work()) {
        people.clock.advance(Duration.ofSeconds(20));
      }
    }
    assertThat(job().step()).isEqualTo(step);
  }

  @Test
  void graceIsNothingToThirtyDays() {
    Duration most = Limits.ERASURE_GRACE_MAX;
    assertThat(most).isEqualTo(Duration.ofDays(30));
    for (Duration never : List.of(most.plus(MOMENT), Duration.ofDays(31), MOMENT.negated())) {
      assertThatThrownBy(() -> people.erasures(never)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> people.erasures().ask(anna, never))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(people.erasures().all(10)).isEmpty();
    people.erasures(most).ask(anna);
    assertThat(people.erasures().all(10)).hasSize(1);
    people.clock.advance(most.minus(MOMENT));
    assertThat(people.eraser().work()).as("a moment before it is due").isFalse();
    assertThat(people.accounts.facts(anna.id())).isNotNull();
    people.clock.advance(MOMENT);
    assertThat(people.eraser().work()).as("when it is due").isTrue();
    assertThat(people.accounts.facts(anna.id())).isNull();
    Account bob = people.signUp("bob", "Bob");
    people.erasures(Duration.ZERO).ask(bob);
    work();
    assertThat(people.accounts.facts(bob.id())).as("without any grace").isNull();
  }

  @Test
  void aMinuteAfterTheAccountIsShutItGoesOn() {
    people.ask(anna);
    Eraser eraser = people.eraser();
    assertThat(eraser.work()).isTrue();
    assertThat(job().step()).isEqualTo(Step.CONVERSATIONS);
    people.clock.advance(Limits.ERASURE_SETTLES.minus(MOMENT));
    assertThat(eraser.work()).isFalse();
    people.clock.advance(MOMENT);
    assertThat(eraser.work()).isTrue();
  }

  @Test
  void theLastReadingBeginsADayAfterTheFirst() {
    people.ask(anna);
    workUntil(Step.LAST_SWEEP);
    assertThat(Limits.ERASURE_LAST_SWEEP_AFTER).isEqualTo(Duration.ofHours(24));
    assertThat(job().nextAt()).isEqualTo(people.clock.instant().plus(Duration.ofHours(24)));
    people.clock.advance(Duration.ofHours(24).minus(MOMENT));
    assertThat(people.eraser().work()).isFalse();
    people.clock.advance(MOMENT);
    work();
    assertThat(people.erasures().all(1)).isEmpty();
  }

  @Test
  void whoeverWorksIsLeftAloneForAMinute() {
    people.ask(anna);
    // Killed right after it was taken.
    MortalClient mortal = new MortalClient(TestTables.engine().client(), 1, true);
    assertThatThrownBy(() -> people.eraser(mortal.client()).work())
        .isInstanceOf(MortalClient.Killed.class);
    people.clock.advance(Limits.ERASURE_LEASE.minus(MOMENT));
    assertThat(people.eraser().work()).isFalse();
    people.clock.advance(MOMENT);
    assertThat(people.eraser().work()).isTrue();
  }

  @Test
  void aReceiptIsThereForNinetyDays() {
    Account bob = people.signUp("bob", "Bob");
    String early = people.ask(anna);
    String late = people.ask(bob);
    people.finish();
    // Both were written in this hour, to the second.
    Instant end = expiry();
    assertThat(end)
        .isBetween(
            people.clock.instant().plus(Limits.RECEIPT_LIFE).minus(Duration.ofHours(2)),
            people.clock.instant().plus(Limits.RECEIPT_LIFE));
    people.clock.set(end.minus(MOMENT));
    assertThat(people.claim(early)).isInstanceOf(Status.Done.class);
    assertThat(people.claim(early)).isInstanceOf(Status.Handed.class);
    people.clock.set(end);
    assertThat(people.claim(late)).as("nobody claimed it").isEqualTo(new Status.Unknown());
    assertThat(people.claim(early)).isEqualTo(new Status.Unknown());
  }

  /// When the receipts in the table go.
  private Instant expiry() {
    return people.items().stream()
        .filter(item -> Key.of(item).sk().equals("RECEIPT"))
        .map(item -> new Item(item).number(TableDesign.TTL))
        .map(Instant::ofEpochSecond)
        .sorted()
        .findFirst()
        .orElseThrow();
  }

  /// As many wait as are looked at; one more is found when one of them is done.
  @Test
  void aThousandAreLookedAt() {
    ErasureItems jobs = new ErasureItems(people.world.table);
    Instant now = people.clock.instant();
    Instant tomorrow = now.plus(Duration.ofDays(1));
    Erasure first = null;
    for (int i = 0; i < Limits.ERASURES_LOOKED_AT; i++) {
      Erasure waiting = waiting(World.person(i), now.minusSeconds(2_000 - i), tomorrow);
      first = first == null ? waiting : first;
      jobs.add(waiting);
    }
    people.ask(anna);
    assertThat(people.eraser().work()).isFalse();
    jobs.remove(first);
    assertThat(people.eraser().work()).isTrue();
    assertThat(people.accounts.facts(anna.id())).isNull();
  }

  private static Erasure waiting(UserId user, Instant dueAt, Instant nextAt) {
    return new Erasure(
        user,
        new Handle("somebody"),
        dueAt,
        dueAt,
        new Claim("p".repeat(64), "k".repeat(64)),
        Step.LAST_SWEEP,
        null,
        Map.of(),
        0,
        nextAt,
        1);
  }

  /// Logs that are one entry shorter than a piece, exactly as long, and one longer.
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void aPieceIsAHundredEntries(int more) {
    int entries = Limits.ERASURE_PIECE + more;
    Account bob = people.signUp("bob", "Bob");
    ConversationId id = people.open(anna, bob);
    // The departure is one of them.
    for (int i = 1; i < entries; i++) {
      people.world.send(anna.id(), id, "annas-secret");
    }
    people.world.drain();
    people.ask(anna);
    workUntil(Step.CONVERSATIONS);
    people.clock.advance(Limits.ERASURE_SETTLES);
    assertThat(people.eraser().work()).isTrue();
    assertThat(job().cursor() == null).as("one piece was enough").isEqualTo(more < 0);
    people.finish();
    people.world.drain();
    assertThat(people.containing(anna.id().value(), "annas-secret")).isEmpty();
  }

  /// What names her lies on every page of a reading, and on none that a person's items lead to.
  @Test
  void aReadingIsOfFiveHundredItemsAPage() {
    int items = Limits.ERASURE_PAGE + 1;
    for (int i = 0; i < items; i++) {
      int number = i;
      TestTables.engine()
          .client()
          .putItem(r ->
              r.tableName(people.world.table.name())
                  .item(
                      Map.of(
                          "PK", AttributeValue.fromS("STRAY#" + number),
                          "SK", AttributeValue.fromS("x"),
                          "about", AttributeValue.fromS(anna.id().value()))));
    }
    people.ask(anna);
    workUntil(Step.SWEEP);
    long before = job().removed().getOrDefault("unknown item", 0L);
    assertThat(people.eraser().work()).isTrue();
    long removed = job().removed().getOrDefault("unknown item", 0L) - before;
    assertThat(removed).isBetween(Limits.ERASURE_PAGE - 10L, (long) Limits.ERASURE_PAGE);
    people.finish();
    assertThat(people.containing(anna.id().value())).isEmpty();
  }

  @Test
  void aPersonOfManyIsStillRemovedWhole() {
    for (int i = 0; i <= Limits.ERASURE_PIECE; i++) {
      new BlockItems(people.world.table)
          .block(
              anna.id(), new parley.messaging.block.Block(World.person(i), people.clock.instant()));
    }
    people.ask(anna);
    people.finish();
    assertThat(people.containing(anna.id().value())).isEmpty();
  }

  @Test
  void aCodeOfNobodysIsUnknown() {
    Erasures erasures = people.erasures();
    assertThat(erasures.of(people.clock.instant(), UserId.random(new SecureRandom()))).isNull();
    assertThat(people.claim("e-" + "a".repeat(26))).isEqualTo(new Status.Unknown());
  }
}
