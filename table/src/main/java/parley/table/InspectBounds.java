package parley.table;

import java.time.Duration;

/// How much the inspector does at once: it works beside the people who send.
final class InspectBounds {
  private InspectBounds() {}

  /// Items that one read of the whole table takes at once, and how often it does so for one page.
  static final int SCAN_ITEMS = 60;

  static final int SCANS = 6;

  /// Collections after which a page of the table ends.
  static final int COLLECTIONS = 30;

  /// Items of a collection that a page of the table shows; the rest is passed over.
  static final int CELLS = 24;

  /// Items of one collection on a page, and places of the index beside them.
  static final int ITEMS = 100;

  static final int PLACES = 100;

  /// Characters of an attribute that are shown. Texts have up to 4,000.
  static final int VALUE_CHARS = 4_096;

  /// Items that a run tells of.
  static final int TOUCHED = 200;

  /// Patterns are run one at a time, for each may start an engine; this long others wait.
  static final Duration RUN_WAIT = Duration.ofSeconds(5);

  /// Changes that are kept for those who look.
  static final int CHANGES = 500;

  /// How many may wait for a change at the same time; the next one is answered at once.
  static final int WAITING = 6;

  /// Read units a second that weighing takes, where they cost something.
  static final double WEIGHING_RATE = 200;
}
