package parley.table;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;
import parley.messaging.conversation.PairIds;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxStore.Advance;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamp;
import parley.messaging.message.Text;
import parley.store.BulkItems;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// People who talk, made from a number: the same number makes the same people, conversations,
/// messages and times, in any part, without the parts before it.
///
/// Skewed as real messaging is: few people are in many conversations, and few conversations have
/// most of the messages (both fall off as one over the rank).
final class Population {
  /// When the last message can have been written. It is fixed, so that what is made is.
  static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration SPAN = Duration.ofDays(30);
  private static final int TEXT_MAX = 160;
  private static final double REPLY_WITHIN_MS = 90_000;
  private static final double PAUSE = 0.08;

  private static final List<String> WORDS =
      List.of(
          "morning", "river", "later", "coffee", "ticket", "north", "green", "paper", "garden",
          "window", "signal", "bridge", "lantern", "harbour", "meadow", "engine", "violet", "table",
          "winter", "letter", "again", "maybe", "tonight", "thanks", "early", "about", "seven");

  /// How much of it there is.
  ///
  /// @param seed what everything is made from
  record Size(int people, int conversations, long messages, long seed) {}

  /// One conversation: who is in it, and how many messages it has.
  record Talk(int number, int one, int other, int messages) {}

  private final Size size;
  private final PairIds ids;
  private final List<Talk> talks;

  Population(Size size, PairIds ids) {
    this.size = size;
    this.ids = ids;
    this.talks = talks(size);
  }

  List<Talk> talks() {
    return talks;
  }

  /// Pairs that differ, each with its share of the messages.
  private static List<Talk> talks(Size size) {
    SplittableRandom random = new SplittableRandom(size.seed());
    double[] weights = new double[size.conversations()];
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1.0 / (i + 1);
      all += weights[i];
    }
    Map<Long, Integer> pairs = new HashMap<>();
    List<Talk> talks = new ArrayList<>();
    long left = size.messages();
    for (int i = 0; i < weights.length; i++) {
      int one;
      int other;
      do {
        one = skewed(random, size.people());
        other = random.nextInt(size.people());
      } while (one == other || pairs.putIfAbsent(pair(one, other), i) != null);
      int after = weights.length - i - 1;
      long share = Math.max(1, Math.round(size.messages() * weights[i] / all));
      long own = after == 0 ? left : Math.min(share, left - after);
      talks.add(new Talk(i, one, other, (int) own));
      left -= own;
    }
    return talks;
  }

  private static long pair(int one, int other) {
    return (long) Math.min(one, other) << 32 | Math.max(one, other);
  }

  /// A number below `bound`, low ones more often: each as often as one over its rank, about.
  private static int skewed(SplittableRandom random, int bound) {
    return (int) Math.min(bound - 1, Math.pow(bound, random.nextDouble()) - 1);
  }

  private SplittableRandom random(String what, int number) {
    return new SplittableRandom(size.seed() * 31 + what.hashCode() * 1_000_003L + number);
  }

  UserId user(int number) {
    SplittableRandom random = random("user", number);
    ByteBuffer bits = ByteBuffer.allocate(24);
    bits.putLong(random.nextLong()).putLong(random.nextLong()).putLong(random.nextLong());
    return UserId.of(bits.array());
  }

  /// Handles say which number they were made from, so two populations can share a table.
  Handle handle(int number) {
    String place = Integer.toString(number, 36);
    return new Handle("p" + place + "_" + Long.toString(size.seed() & 0xffff, 36));
  }

  /// A person's items: the profile, then the handle, which says that the person is complete.
  List<Map<String, AttributeValue>> person(int number) {
    Instant since = END.minus(SPAN);
    Account account =
        new Account(
            user(number), handle(number), new DisplayName("Person " + (number + 1)), since, since);
    return List.of(BulkItems.profile(account), BulkItems.handle(account.handle(), account.id()));
  }

  ConversationId id(Talk talk) {
    return ids.of(user(talk.one()), user(talk.other()));
  }

  /// A conversation's items: head and rows, then the entries, the last of which says that the
  /// conversation is complete.
  List<Map<String, AttributeValue>> items(Talk talk) {
    ConversationId id = id(talk);
    UserId one = user(talk.one());
    UserId other = user(talk.other());
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    items.add(BulkItems.head(new Head(id, Head.Kind.DIRECT, Set.of(one, other), 0, null)));
    List<Entry.Message> messages = messages(talk, one, other);
    Entry.Message last = messages.getLast();
    for (UserId user : List.of(one, other)) {
      Mark own = Mark.NONE;
      for (Entry.Message message : messages) {
        own = message.from().equals(user) ? new Mark(message.seq(), message.stamp().n()) : own;
      }
      items.add(
          BulkItems.row(
              new RowKey(user, id),
              new Advance(
                  user.equals(one) ? other : one,
                  new Last(
                      last.seq(),
                      last.stamp().n(),
                      last.at(),
                      last.from(),
                      last.text() == null ? null : last.text().preview(),
                      0),
                  own.equals(Mark.NONE) ? null : own,
                  new Place(Place.INBOX, last.stamp().movedAt(), id))));
    }
    messages.forEach(message -> items.add(BulkItems.entry(id, message)));
    return items;
  }

  private List<Entry.Message> messages(Talk talk, UserId one, UserId other) {
    SplittableRandom random = random("talk", talk.number());
    List<Entry.Message> messages = new ArrayList<>(talk.messages());
    // Replies come soon, or after a pause of hours: as long as the messages there are allow.
    double pause = SPAN.toMillis() * 0.8 / Math.max(1, talk.messages() * PAUSE);
    double[] gaps = new double[talk.messages()];
    double span = 0;
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = random.nextDouble() * (random.nextDouble() < PAUSE ? pause : REPLY_WITHIN_MS);
      span += gaps[i];
    }
    double fits = Math.min(1, SPAN.toMillis() / Math.max(1, span));
    double at = END.toEpochMilli() - span * fits;
    Stamp stamp = Stamp.START;
    for (int i = 0; i < gaps.length; i++) {
      at += gaps[i] * fits;
      Instant time = Instant.ofEpochMilli((long) at);
      boolean moves = time.isAfter(stamp.movedAt().plus(Limits.ROW_MOVES_AFTER));
      stamp = new Stamp(i + 1, time, i + 1, 0, moves ? time : stamp.movedAt());
      ClientId clientId = ClientId.of(time, random.nextLong(), random.nextLong());
      UserId from = random.nextInt(5) < 2 ? other : one;
      messages.add(new Entry.Message(stamp, from, clientId, text(random), 0));
    }
    return messages;
  }

  private static Text text(SplittableRandom random) {
    int length = 4 + (int) Math.pow(TEXT_MAX - 4.0, random.nextDouble());
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(text.isEmpty() ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return new Text(text.toString());
  }

  /// Items in all.
  long items() {
    return 2L * size.people() + 3L * size.conversations() + size.messages();
  }
}
