package parley.table;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a bill takes for granted: all of it, printed with every bill, so that whoever reads it
/// knows what to doubt. What differs from workload to workload is an option of the command instead.
enum Assumption {
  DAYS(30.4, "days in a month"),
  HOURS(730, "hours in a month"),
  MEMBERS(2, "people in a conversation"),
  PAGE(50, "messages in a page of history"),
  MOVES(
      0.2,
      "of all messages move rows in the index: a talk is some messages in a quarter of an hour"),
  UNKNOWN_ENDS(0.1, "of all messages meet a server that does not know the end of their log"),
  UNKNOWN_BLOCKS(
      0.4,
      "of all messages meet a server that does not know whether the other blocks their sender"),
  UNKNOWN_ROWS(1, "of all pages of history meet a server that does not know who reads them"),
  ENTRY(190, "bytes of a message besides its text"),
  ROW(330, "bytes of an inbox row"),
  PLACE(140, "bytes of a row's place in the index"),
  USE(0.7, "of provisioned capacity is used, which autoscaling aims at"),
  BLOCK(100, "units are the least that can be reserved, and the step in which more can"),
  RECORDS(3, "stream records come of a message: the entry and two rows"),
  BATCH(10, "stream records come to one call of Lambda"),
  CALL_S(0.02, "seconds is how long a call of Lambda takes"),
  CALL_GB(1, "GB of memory is what it has"),
  CONNECTED(60, "minutes a day is how long each person is connected for events");

  private final double value;
  private final String sentence;

  Assumption(double value, String sentence) {
    this.value = value;
    this.sentence = sentence;
  }

  double value() {
    return value;
  }

  /// As people read it: `0.7 of provisioned capacity is used`.
  String sentence() {
    return (value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value))
        + " "
        + sentence;
  }

  /// All of them by name, for programs.
  static Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Assumption each : values()) {
      all.put(each.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), each.value);
    }
    return all;
  }
}
