package parley.table;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;
import parley.messaging.conversation.PairIds;
import parley.messaging.inbox.Choice;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxStore.Advance;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamp;
import parley.messaging.message.Text;
import parley.store.BulkItems;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
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

  /// Of an entry's number in its key.
  private static final int SEQ_DIGITS = 12;

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

  /// Items that belong together. The last one, written when all others are, says that they are
  /// complete.
  interface Group {
    /// Hands on all but the last, in order.
    ///
    /// @return the last
    Map<String, AttributeValue> make(Consumer<Map<String, AttributeValue>> others);

    Map<String, AttributeValue> lastKey();

    long items();

    /// All of a small one, the last one last.
    default List<Map<String, AttributeValue>> all() {
      List<Map<String, AttributeValue>> all = new ArrayList<>();
      all.add(make(all::add));
      return all;
    }
  }

  /// A person: the profile, then the handle.
  Group person(int number) {
    return new Person(number);
  }

  ConversationId id(Talk talk) {
    return ids.of(user(talk.one()), user(talk.other()));
  }

  /// A conversation: head and rows, then the entries. They are made one at a time, so that a long
  /// conversation takes no more memory than a short one.
  Group conversation(Talk talk) {
    return new Conversation(talk);
  }

  private final class Person implements Group {
    private final int number;

    Person(int number) {
      this.number = number;
    }

    @Override
    public Map<String, AttributeValue> make(Consumer<Map<String, AttributeValue>> others) {
      Instant since = END.minus(SPAN);
      DisplayName name = new DisplayName("Person " + (number + 1));
      others.accept(
          BulkItems.profile(new Account(user(number), handle(number), name, since, since)));
      return BulkItems.handle(handle(number), user(number));
    }

    @Override
    public Map<String, AttributeValue> lastKey() {
      String handle = handle(number).value();
      return key(Entity.HANDLE.pk(handle.substring(0, 2)), Entity.HANDLE.sk(handle));
    }

    @Override
    public long items() {
      return 2;
    }
  }

  private final class Conversation implements Group {
    private final Talk talk;
    private final ConversationId id;
    private final UserId one;
    private final UserId other;

    Conversation(Talk talk) {
      this.talk = talk;
      this.one = user(talk.one());
      this.other = user(talk.other());
      this.id = id(talk);
    }

    @Override
    public Map<String, AttributeValue> make(Consumer<Map<String, AttributeValue>> others) {
      others.accept(BulkItems.head(new Head(id, Head.Kind.DIRECT, Set.of(one, other), 0, null)));
      // Rows show the newest message, so the messages are made twice.
      Map<UserId, Entry.Message> newest = new HashMap<>();
      Entry.Message last = messages(message -> newest.put(message.from(), message));
      newest.put(last.from(), last);
      others.accept(row(one, other, last, newest.get(one)));
      others.accept(row(other, one, last, newest.get(other)));
      return BulkItems.entry(id, messages(message -> others.accept(BulkItems.entry(id, message))));
    }

    private Map<String, AttributeValue> row(
        UserId user, UserId peer, Entry.Message last, Entry.@Nullable Message own) {
      RowKey key = new RowKey(user, id);
      Last shown =
          new Last(
              last.seq(),
              last.stamp().n(),
              last.at(),
              last.from(),
              last.text() == null ? null : last.text().preview(),
              0);
      Mark mark = own == null ? Mark.NONE : new Mark(own.seq(), own.stamp().n());
      return BulkItems.row(
          key,
          new Advance(
              peer,
              shown,
              own == null ? null : mark,
              InboxRow.placeOf(key, shown, mark, Choice.NONE, last.stamp().movedAt())));
    }

    /// Hands on all messages but the last, and returns that.
    private Entry.Message messages(Consumer<Entry.Message> others) {
      SplittableRandom random = random("talk", talk.number());
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
      Entry.Message message = null;
      for (int i = 0; i < gaps.length; i++) {
        if (message != null) {
          others.accept(message);
        }
        at += gaps[i] * fits;
        Instant time = Instant.ofEpochMilli((long) at);
        boolean moves = time.isAfter(stamp.movedAt().plus(Limits.ROW_MOVES_AFTER));
        stamp = new Stamp(i + 1, time, i + 1, 0, moves ? time : stamp.movedAt());
        ClientId clientId = ClientId.of(time, random.nextLong(), random.nextLong());
        UserId from = random.nextInt(5) < 2 ? other : one;
        message = new Entry.Message(stamp, from, clientId, text(random), 0);
      }
      return Objects.requireNonNull(message, "a talk has one message or more");
    }

    @Override
    public Map<String, AttributeValue> lastKey() {
      String seq = String.format(Locale.ROOT, "%0" + SEQ_DIGITS + "d", talk.messages());
      return key(Entity.ENTRY.pk(id.value()), Entity.ENTRY.sk(seq));
    }

    @Override
    public long items() {
      return 3L + talk.messages();
    }
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(
        TableDesign.PK, AttributeValue.fromS(pk), TableDesign.SK, AttributeValue.fromS(sk));
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
