package parley.cli;

import java.util.Locale;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a server logs, and how.
final class LogOptions {
  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description =
          "A line of text, or a JSON object, for each event, on standard error (default: text at a"
              + " terminal, else json).")
  @Nullable String format;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "error, warning or info; info has a line for each request (default: warning).")
  String level = "warning";

  void apply(StorageOptions storage) {
    Level least =
        switch (level.toLowerCase(Locale.ROOT)) {
          case "error" -> Level.SEVERE;
          case "warning" -> Level.WARNING;
          case "info" -> Level.INFO;
          default -> throw storage.misused("--log-level is error, warning or info; not " + level);
        };
    String wanted = format != null ? format : Terminal.console() != null ? "text" : "json";
    Logs.use(
        switch (wanted) {
          case "text" -> new Logs.OneLine();
          case "json" -> new Logs.OneObject();
          default -> throw storage.misused("--log-format is text or json; not " + wanted);
        },
        least);
  }
}
