package parley.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import parley.server.Refused;

/// A clock that is wrong on purpose, for tests of servers whose clocks disagree:
/// `-Dparley.clock.ahead=PT30S`, and less than nothing for one that is behind.
///
/// A property of the Java process and no option: nobody sets it by mistake.
final class ShiftedClock {
  static final String PROPERTY = "parley.clock.ahead";

  private ShiftedClock() {}

  /// `right` itself, unless the property says otherwise; then that is said loudly too.
  static InstantSource of(InstantSource right, PrintStream out) {
    String ahead = System.getProperty(PROPERTY);
    if (ahead == null) {
      return right;
    }
    try {
      Duration by = Duration.parse(ahead);
      out.println("THIS SERVER'S CLOCK IS WRONG ON PURPOSE, BY " + by + ": for tests only.");
      return InstantSource.offset(right, by);
    } catch (DateTimeParseException e) {
      throw new Refused("-D" + PROPERTY + " is a duration such as PT30S or PT-30S; not " + ahead);
    }
  }
}
