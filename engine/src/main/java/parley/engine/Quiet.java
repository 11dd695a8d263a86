package parley.engine;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Silences libraries that log through `java.util.logging` what a person running a server need not
/// read. What logs through log4j is silenced by this module's `log4j2.properties`.
final class Quiet {
  // Held for as long as this class: the log manager itself holds loggers weakly, and forgets
  // the settings of those that it drops.
  private static final List<Logger> SQLITE =
      List.of(
          Logger.getLogger("com.almworks.sqlite4java"),
          Logger.getLogger("com.almworks.sqlite4java.Internal"));

  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private Quiet() {}

  /// Before an engine opens. By filter, for the engine itself sets these loggers' levels.
  static void engine() {
    for (Logger logger : SQLITE) {
      logger.setFilter(line -> line.getLevel().intValue() >= Level.SEVERE.intValue());
    }
  }

  /// Before a gate opens: its warnings are about what strangers send. A level that somebody chose
  /// on purpose stays.
  static void gate() {
    if (JETTY.getLevel() == null) {
      JETTY.setLevel(Level.SEVERE);
    }
  }
}
