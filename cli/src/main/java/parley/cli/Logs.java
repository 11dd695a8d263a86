package parley.cli;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is logged: warnings and errors, each one line of standard error that begins with the time.
///
/// Exceptions are on that line too, with their causes and where they come from. Control characters
/// become spaces, so nothing that came from outside can begin a line of its own.
final class Logs {
  private static final String CONFIGURED = "java.util.logging.config.file";
  private static final int CAUSES_MAX = 5;
  private static final int FRAMES_MAX = 8;

  private Logs() {}

  /// Sets up logging for this process, unless whoever started it has done so in Java's own way.
  static void begin() {
    if (System.getProperty(CONFIGURED) != null) {
      return;
    }
    LogManager.getLogManager().reset();
    ConsoleHandler console = new ConsoleHandler();
    console.setLevel(Level.WARNING);
    console.setFormatter(new OneLine());
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(console);
  }

  /// Time, level, who, what, and the exception if there is one.
  static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord line) {
      StringBuilder text =
          new StringBuilder()
              .append(line.getInstant().truncatedTo(ChronoUnit.MILLIS))
              .append(line.getLevel().intValue() >= Level.SEVERE.intValue() ? " ERROR " : " WARN ")
              .append(line.getLoggerName())
              .append(": ")
              .append(formatMessage(line));
      @Nullable Throwable thrown = line.getThrown();
      for (int i = 0; thrown != null && i < CAUSES_MAX; i++) {
        text.append(i == 0 ? " | " : " | caused by ").append(thrown).append(where(thrown));
        thrown = thrown.getCause();
      }
      return text.toString().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")
          + System.lineSeparator();
    }

    private static String where(Throwable thrown) {
      return Arrays.stream(thrown.getStackTrace())
          .limit(FRAMES_MAX)
          .map(frame ->
              frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
          .collect(Collectors.joining(" < ", " at ", ""));
    }
  }
}
