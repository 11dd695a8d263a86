package parley.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.server.Logging;
import tools.jackson.databind.json.JsonMapper;

/// What is logged: warnings and errors unless told otherwise, each one line of standard error.
///
/// Exceptions are on that line too, with their causes and where they come from. Control characters
/// become spaces, so nothing that came from outside can begin a line of its own.
final class Logs {
  private static final String CONFIGURED = "java.util.logging.config.file";
  private static final int CAUSES_MAX = 5;
  private static final int FRAMES_MAX = 8;

  /// What is said at INFO is said of Parley: libraries say a lot.
  private static final String OURS = "parley";

  // Held: the log manager itself holds loggers weakly, and forgets their levels.
  private static final Logger PARLEY = Logger.getLogger(OURS);

  private Logs() {}

  /// Sets up logging for this process, unless whoever started it has done so in Java's own way.
  static void begin() {
    if (isConfigured()) {
      return;
    }
    LogManager.getLogManager().reset();
    ConsoleHandler console = new ConsoleHandler();
    console.setLevel(Level.ALL);
    console.setFormatter(new OneLine());
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(console);
  }

  /// From here on, lines look like this, and begin at this level.
  static void use(Formatter formatter, Level least) {
    if (isConfigured()) {
      return;
    }
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      handler.setFormatter(formatter);
    }
    root.setLevel(least.intValue() < Level.WARNING.intValue() ? Level.WARNING : least);
    PARLEY.setLevel(least);
  }

  private static boolean isConfigured() {
    return System.getProperty(CONFIGURED) != null;
  }

  private static Instant time(LogRecord line) {
    return line.getInstant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static String level(LogRecord line) {
    int level = line.getLevel().intValue();
    return level >= Level.SEVERE.intValue()
        ? "ERROR"
        : level >= Level.WARNING.intValue() ? "WARN" : "INFO";
  }

  /// The exception with its causes, on one line; empty for none.
  private static String thrown(LogRecord line) {
    StringBuilder text = new StringBuilder();
    @Nullable Throwable thrown = line.getThrown();
    for (int i = 0; thrown != null && i < CAUSES_MAX; i++) {
      text.append(i == 0 ? "" : " | caused by ").append(thrown).append(where(thrown));
      thrown = thrown.getCause();
    }
    return text.toString();
  }

  private static String where(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .limit(FRAMES_MAX)
        .map(frame ->
            frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
        .collect(Collectors.joining(" < ", " at ", ""));
  }

  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
  }

  /// Time, level, who, in which request, what, and the exception if there is one.
  static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord line) {
      StringBuilder text =
          new StringBuilder()
              .append(time(line))
              .append(' ')
              .append(level(line))
              .append(' ')
              .append(line.getLoggerName())
              .append(": ");
      String request = Logging.requestId();
      if (request != null) {
        text.append(request).append(' ');
      }
      text.append(formatMessage(line));
      String thrown = thrown(line);
      if (!thrown.isEmpty()) {
        text.append(" | ").append(thrown);
      }
      return plain(text.toString()) + System.lineSeparator();
    }
  }

  /// The same as a JSON object; of a request, with its parts as fields.
  static final class OneObject extends Formatter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String format(LogRecord line) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("time", time(line).toString());
      fields.put("level", level(line));
      fields.put("logger", String.valueOf(line.getLoggerName()));
      fields.put("message", plain(formatMessage(line)));
      String request = Logging.requestId();
      if (request != null) {
        fields.put("request", request);
      }
      Object[] parameters = line.getParameters();
      if (parameters != null && parameters.length == 1 && parameters[0] instanceof Map<?, ?> more) {
        more.forEach((name, value) -> fields.putIfAbsent(String.valueOf(name), value));
      }
      String thrown = thrown(line);
      if (!thrown.isEmpty()) {
        fields.put("error", plain(thrown));
      }
      return JSON.writeValueAsString(fields) + System.lineSeparator();
    }
  }
}
