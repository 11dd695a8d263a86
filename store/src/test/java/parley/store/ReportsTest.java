package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Erasures.Status;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Messages;
import parley.messaging.message.Text;
import parley.messaging.report.Reason;
import parley.messaging.report.ReportedMessage;
import parley.messaging.report.Reports;
import parley.messaging.report.Reports.Made;

/// What somebody reports is copied for operators, and outlives what becomes of it.
class ReportsTest {
  private final ErasureWorld people = new ErasureWorld();
  private final World world = people.world;
  private final Reports reports = reports(world.messages);
  private final Account anna = people.signUp("anna", "Anna");
  private final Account bob = people.signUp("bobby", "Bob");
  private final ConversationId id = people.open(anna, bob);

  private Reports reports(Messages messages) {
    return new Reports(new ReportItems(world.table), messages, ErasureWorld.SECRET, people.clock);
  }

  private Made report(long seq) {
    return reports.report(anna.id(), id, world.clientId(), seq, Reason.HARASSMENT);
  }

  private List<ReportedMessage> all() {
    return reports.page(null).items();
  }

  private List<String> texts() {
    return all().stream().map(ReportedMessage::text).map(Text::value).toList();
  }

  @Test
  void aMessageIsCopiedWithTheFourOfTheSamePersonBeforeIt() {
    for (int i = 1; i <= 7; i++) {
      world.send(bob.id(), id, "bad " + i);
      world.send(anna.id(), id, "please stop " + i);
    }
    assertThat(report(11)).isEqualTo(new Made.Done());
    assertThat(texts()).containsExactly("bad 6", "bad 5", "bad 4", "bad 3", "bad 2");
    assertThat(texts()).hasSize(Limits.REPORT_MESSAGES);
    assertThat(all())
        .allSatisfy(one -> {
          assertThat(one.target()).isEqualTo(11);
          assertThat(one.reporter()).isEqualTo(anna.id());
          assertThat(one.from()).isEqualTo(bob.id());
          assertThat(one.reason()).isEqualTo(Reason.HARASSMENT);
          assertThat(one.conversation()).isEqualTo(id);
          assertThat(one.at()).isEqualTo(people.clock.instant());
        });
    assertThat(all()).extracting(ReportedMessage::seq).containsExactly(11L, 9L, 7L, 5L, 3L);
  }

  @Test
  void theSameAttemptIsOneReport() {
    world.send(bob.id(), id, "bad");
    ClientId clientId = world.clientId();
    for (int i = 0; i < 3; i++) {
      assertThat(reports.report(anna.id(), id, clientId, 1, Reason.SPAM))
          .isEqualTo(new Made.Done());
      people.clock.advance(Duration.ofHours(1));
    }
    assertThat(reports(world.restarted().messages).report(anna.id(), id, clientId, 1, Reason.SPAM))
        .isEqualTo(new Made.Done());
    assertThat(all()).hasSize(1);
    // Somebody else's attempt under that id is another one.
    world.send(anna.id(), id, "what?");
    assertThat(reports.report(bob.id(), id, clientId, 2, Reason.SPAM)).isEqualTo(new Made.Done());
    assertThat(all()).hasSize(2);
  }

  @Test
  void whatIsNotSeenIsNotReported() {
    Entry.Message unsent = world.send(bob.id(), id, "sorry");
    world.messages.unsend(bob.id(), id, world.clientId(), unsent.seq());
    world.send(anna.id(), id, "my own");
    world.blocks.block(anna.id(), bob.id());
    world.send(bob.id(), id, "hidden");
    world.blocks.unblock(anna.id(), bob.id());
    world.send(bob.id(), id, "deleted");
    world.drain();
    world.filing.delete(anna.id(), id, 5L);
    for (long seq : new long[] {1, 2, 3, 4, 5, 6, 999_999_999_999L}) {
      assertThat(report(seq)).as("entry " + seq).isEqualTo(new Made.NoMessage());
    }
    UserId eve = World.person(9);
    assertThat(reports.report(eve, id, world.clientId(), 5, Reason.SPAM))
        .isEqualTo(new Made.NoConversation());
    world.send(bob.id(), id, "seen");
    assertThat(report(6)).isEqualTo(new Made.Done());
    assertThat(texts()).containsExactly("seen");
    ClientId ahead = World.clientId(people.clock.instant().plus(Limits.CLIENT_CLOCK_ALLOWANCE));
    assertThat(reports.report(anna.id(), id, ahead, 6, Reason.SPAM)).isEqualTo(new Made.Done());
    ClientId tooFar =
        World.clientId(people.clock.instant().plus(Limits.CLIENT_CLOCK_ALLOWANCE).plusMillis(1));
    assertThat(reports.report(anna.id(), id, tooFar, 6, Reason.SPAM))
        .isEqualTo(new Made.ClientIdInFuture(people.clock.instant()));
    ClientId tooOld =
        World.clientId(people.clock.instant().minus(Limits.CLIENT_ID_LIFE).minusMillis(1));
    assertThat(reports.report(anna.id(), id, tooOld, 6, Reason.SPAM))
        .isEqualTo(new Made.ClientIdExpired(people.clock.instant()));
  }

  @Test
  void theCopyOutlivesAnUnsendAndGoesWhenItsTimeIsOver() {
    Entry.Message bad = world.send(bob.id(), id, "bad");
    report(bad.seq());
    world.messages.unsend(bob.id(), id, world.clientId(), bad.seq());
    world.drain();
    people.clock.advance(Limits.REPORT_LIFE.minusMillis(1));
    assertThat(texts()).containsExactly("bad");
    people.clock.advance(Duration.ofMillis(1));
    assertThat(all()).isEmpty();
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    int reported = Limits.REPORTS_PAGE + 3;
    for (int i = 1; i <= reported; i++) {
      world.send(bob.id(), id, "bad " + i);
      world.send(anna.id(), id, "-");
      people.clock.advance(Duration.ofSeconds(1));
    }
    for (int i = 0; i < reported; i += Limits.REPORT_MESSAGES) {
      people.clock.advance(Duration.ofSeconds(1));
      assertThat(report(2L * (reported - i) - 1)).isEqualTo(new Made.Done());
    }
    Reports.Page first = reports.page(null);
    assertThat(first.items()).hasSize(Limits.REPORTS_PAGE);
    Reports.Page second = reports.page(Objects.requireNonNull(first.next()));
    assertThat(second.next()).isNull();
    List<String> keys =
        Stream.of(first, second)
            .flatMap(page -> page.items().stream())
            .map(ReportedMessage::key)
            .toList();
    assertThat(keys).hasSize(reported).doesNotHaveDuplicates();
    assertThat(keys).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void whatAnErasedPersonWroteStaysForAsLongAsTheReceiptSays() {
    world.send(bob.id(), id, "bobs-threat");
    world.send(anna.id(), id, "annas-word");
    report(1);
    reports.report(bob.id(), id, world.clientId(), 2, Reason.OTHER);
    world.drain();
    String code = people.ask(bob);
    people.finish();
    world.drain();
    assertThat(people.claim(code))
        .isInstanceOfSatisfying(
            Status.Done.class,
            done ->
                assertThat(done.receipt())
                    .contains("remains: in reports that others made of what it wrote")
                    .contains("for 90 days after each report")
                    .contains("removed: reported message, at least 1"));
    // What was reported of him, and that he reported something, without him.
    assertThat(texts()).containsExactlyInAnyOrder("bobs-threat", "annas-word");
    assertThat(people.containing(bob.id().value())).hasSize(1);
    assertThat(people.containing("bobs-threat")).hasSize(1);
    assertThat(all().stream().filter(one -> one.reporter().equals(UserId.NOBODY)))
        .singleElement()
        .satisfies(one -> assertThat(one.text().value()).isEqualTo("annas-word"));
    assertThat(PersonalSearch.of(world.table, bob.id())).isEmpty();
    people.clock.advance(Limits.REPORT_LIFE.plusDays(1));
    // Whatever the service is late to delete goes with the next sweep, whosever it is.
    people.ask(anna);
    people.finish();
    assertThat(people.containing("bobs-threat", "annas-word", bob.id().value())).isEmpty();
  }
}
