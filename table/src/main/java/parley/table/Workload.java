package parley.table;

import static parley.table.Assumption.CONNECTED;
import static parley.table.Assumption.DAYS;
import static parley.table.Assumption.ENTRY;
import static parley.table.Assumption.MEMBERS;
import static parley.table.Assumption.MOVES;
import static parley.table.Assumption.PAGE;
import static parley.table.Assumption.PLACE;
import static parley.table.Assumption.ROW;
import static parley.table.Assumption.UNKNOWN_BLOCKS;
import static parley.table.Assumption.UNKNOWN_ENDS;
import static parley.table.Assumption.UNKNOWN_ROWS;

import parley.messaging.Limits;
import parley.server.Refused;
import parley.store.AccessPattern;
import parley.store.TableDesign.Price;

/// What a population does in a month, and what that consumes: each deed is the access patterns that
/// it takes, at their prices.
///
/// Prices are those of items up to 1 KB and of pages as the design names them; what grows with the
/// size of messages is scaled from there. What is taken for granted is in [Assumption].
///
/// @param people who use it
/// @param messages that each of them sends in a day
/// @param opens of the inbox by each of them in a day
/// @param pages of history (50 messages) that each of them reads in a day
/// @param bytes of a message's text
/// @param conversations that each of them has, which an inbox shows
/// @param months of messages that are kept
public record Workload(
    long people,
    double messages,
    double opens,
    double pages,
    int bytes,
    int conversations,
    int months) {
  private static final int WHOLE_INBOX = 100;

  /// Of the longest text, in characters that take most room.
  private static final int TEXT_BYTES = 4 * Limits.TEXT_CODE_POINTS;

  private static final double GB = 1024.0 * 1024 * 1024;

  public Workload {
    if (people < 1 || messages < 0 || opens < 0 || pages < 0 || bytes < 1 || months < 1) {
      throw Refused.option(
          "A workload has 1 or more people, months and bytes, and no number below 0.");
    }
    if (bytes > TEXT_BYTES) {
      throw Refused.option(
          "--bytes is 1 to "
              + TEXT_BYTES
              + ", for a text has at most "
              + Limits.TEXT_CODE_POINTS
              + " characters; not "
              + bytes
              + ".");
    }
    if (conversations < 1 || conversations > WHOLE_INBOX) {
      throw Refused.option(
          "--conversations is 1 to "
              + WHOLE_INBOX
              + " for each person, which an inbox reads whole; not "
              + conversations
              + ".");
    }
  }

  /// Units of a month, by where they are consumed.
  record Consumed(double read, double write, double indexRead, double indexWrite) {
    static final Consumed NONE = new Consumed(0, 0, 0, 0);

    Consumed plus(AccessPattern pattern, double times) {
      Price price = pattern.price();
      return new Consumed(
          read + price.read() * times,
          write + price.write() * times,
          indexRead + price.indexRead() * times,
          indexWrite + price.indexWrite() * times);
    }

    Consumed times(double factor) {
      return new Consumed(read * factor, write * factor, indexRead * factor, indexWrite * factor);
    }
  }

  /// Messages of a month.
  double messagesAMonth() {
    return people * messages * DAYS.value();
  }

  /// Requests of a month that clients make.
  double requestsAMonth() {
    return people * (messages + opens + 2 * pages) * DAYS.value();
  }

  Consumed consumed() {
    return day().times(people * DAYS.value());
  }

  /// One person's day.
  private Consumed day() {
    double large = Math.ceil((ENTRY.value() + bytes) / 1024.0);
    double rows = Math.max(1, Math.ceil(conversations * ROW.value() / 4096)) / 2;
    double history = Math.max(1, Math.ceil(PAGE.value() * (ENTRY.value() + bytes) / 4096)) / 2;
    double still = messages * MEMBERS.value() * (1 - MOVES.value());
    return Consumed.NONE
        .plus(AccessPattern.APPEND, messages * large)
        .plus(AccessPattern.LOG_END, messages * UNKNOWN_ENDS.value())
        .plus(AccessPattern.IS_BLOCKED, messages * UNKNOWN_BLOCKS.value())
        .plus(AccessPattern.ROW, pages * UNKNOWN_ROWS.value())
        .plus(AccessPattern.ADVANCE_ROW, still)
        .plus(AccessPattern.MOVE_ROW, messages * MEMBERS.value() * MOVES.value())
        .plus(AccessPattern.ROWS, opens * rows / AccessPattern.ROWS.price().read())
        .plus(AccessPattern.LOG_BEFORE, pages * history / AccessPattern.LOG_BEFORE.price().read())
        .plus(AccessPattern.MARK_READ, pages);
  }

  /// Frames of a month that are sent to people who are connected.
  double framesAMonth() {
    return messagesAMonth() * MEMBERS.value();
  }

  double connectedMinutesAMonth() {
    return people * CONNECTED.value() * DAYS.value();
  }

  double tableGb() {
    double entries =
        messagesAMonth() * months * (ENTRY.value() + bytes + ItemSize.STORAGE_OVERHEAD);
    double rows = people * (double) conversations * (ROW.value() + ItemSize.STORAGE_OVERHEAD);
    return (entries + rows) / GB;
  }

  double indexGb() {
    return people * (double) conversations * (PLACE.value() + ItemSize.STORAGE_OVERHEAD) / GB;
  }
}
