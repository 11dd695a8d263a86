package parley.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/// Whoever sits in front of this program, if anybody does.
final class Terminal {
  private Terminal() {}

  /// Their terminal; null where input or output is a file or a pipe.
  @SuppressWarnings("SystemConsoleNull") // It is null there on JDK 25, whatever 22 did.
  static @Nullable Console console() {
    @Nullable Console console = System.console();
    return console != null && console.isTerminal() ? console : null;
  }
}
