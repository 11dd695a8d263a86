package parley.messaging.report;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import parley.messaging.Ids;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry.Message;
import parley.messaging.message.Entry.Stamped;
import parley.messaging.message.History;
import parley.messaging.message.Messages;

/// Use case: somebody reports a message that was written to them.
///
/// Whoever wrote it is not told. What is copied is what whoever reports it sees: the message, and
/// some that the same person wrote before it; nothing of their own.
public final class Reports {
  /// Characters of a keyed hash that tell the reports of one millisecond apart: 80 bits.
  private static final int HASH_CHARS = 16;

  private final ReportStore store;
  private final Messages messages;
  private final SecretKey key;
  private final InstantSource clock;

  public Reports(ReportStore store, Messages messages, Secret secret, InstantSource clock) {
    this.store = store;
    this.messages = messages;
    this.key = secret.key("report");
    this.clock = clock;
  }

  /// What became of a report.
  public sealed interface Made {
    /// It is kept, now or since an earlier attempt.
    record Done() implements Made {}

    /// There is no such conversation, or this person is not in it: nobody is told which.
    record NoConversation() implements Made {}

    /// There is no such message for this person, it is their own, it was unsent, or whoever wrote
    /// it is gone.
    record NoMessage() implements Made {}

    /// The id's time is further ahead than the allowance. `now` is the server's.
    record ClientIdInFuture(Instant now) implements Made {}

    /// The id's time is too long ago. `now` is the server's.
    record ClientIdExpired(Instant now) implements Made {}
  }

  /// Reports message `seq`. The same client id sent again is the same report.
  public Made report(UserId by, ConversationId id, ClientId clientId, long seq, Reason reason) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (clientId.time().isAfter(now.plus(Limits.CLIENT_CLOCK_ALLOWANCE))) {
      return new Made.ClientIdInFuture(now);
    }
    if (clientId.time().isBefore(now.minus(Limits.CLIENT_ID_LIFE))) {
      return new Made.ClientIdExpired(now);
    }
    return switch (messages.upTo(by, id, seq, Limits.HISTORY_PAGE)) {
      case History.NoConversation() -> new Made.NoConversation();
      case History.Page(List<Stamped> seen, long _, Long _) -> {
        List<Message> copied = copied(by, seq, seen);
        if (copied.isEmpty()) {
          yield new Made.NoMessage();
        }
        String report = name(by, clientId);
        for (Message message : copied) {
          store.keep(
              new ReportedMessage(
                  "%s-%012d".formatted(report, message.seq()),
                  now,
                  by,
                  reason,
                  id,
                  seq,
                  message.from(),
                  message.seq(),
                  message.at(),
                  Objects.requireNonNull(message.text())));
        }
        yield new Made.Done();
      }
    };
  }

  /// Message `seq` and those of its author before it; none if it cannot be reported.
  private static List<Message> copied(UserId by, long seq, List<Stamped> seen) {
    if (seen.isEmpty()
        || !(seen.getLast() instanceof Message target)
        || target.seq() != seq
        || target.text() == null
        || target.from().equals(by)
        || target.from().equals(UserId.NOBODY)) {
      return List.of();
    }
    return seen.reversed().stream()
        .filter(Message.class::isInstance)
        .map(Message.class::cast)
        .filter(message -> message.from().equals(target.from()) && message.text() != null)
        .limit(Limits.REPORT_MESSAGES)
        .toList();
  }

  /// Thirteen digits of milliseconds, so that keys sort like times, and a keyed hash of who reports
  /// under which client id: a repeated attempt comes to the same, and the key names nobody.
  private String name(UserId by, ClientId clientId) {
    byte[] hash = Secret.hmac(key, (by + "|" + clientId).getBytes(StandardCharsets.UTF_8));
    return "%013d-%s"
        .formatted(clientId.time().toEpochMilli(), Ids.encode("", hash).substring(0, HASH_CHARS));
  }

  /// A page of reported messages, newest first. `next` is what to pass as `before` for the next
  /// one, null on the last.
  public record Page(List<ReportedMessage> items, @Nullable String next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /// Reported messages before `before`, null for the newest of all. Those past their end are not
  /// shown, though the service deletes them days late.
  public Page page(@Nullable String before) {
    List<ReportedMessage> found = store.reported(before, Limits.REPORTS_PAGE);
    Instant now = clock.instant();
    return new Page(
        found.stream().filter(message -> message.expiresAt().isAfter(now)).toList(),
        found.size() < Limits.REPORTS_PAGE ? null : found.getLast().key());
  }
}
