package parley.cli;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.Console;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// Whoever sits in front of this program, if anybody does.
final class Terminal {
  private Terminal() {}

  /// Whether it is a terminal that standard output, or standard error, goes to. The JDK tells only
  /// whether input and output both do, and a bar is wanted where the one is a file and the other is
  /// watched.
  @SuppressWarnings("restricted") // The launcher lets native code in, for the engine.
  static boolean shows(Stream stream) {
    Linker linker = Linker.nativeLinker();
    MemorySegment isatty = linker.defaultLookup().find("isatty").orElse(null);
    // A system that has it under another name, or not at all.
    if (isatty == null) {
      return console() != null;
    }
    MethodHandle asked = linker.downcallHandle(isatty, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    try {
      return (int) asked.invokeExact(stream.descriptor) != 0;
    } catch (Throwable e) {
      throw new IllegalStateException("the system does not say what " + stream + " is", e);
    }
  }

  /// Where a program speaks, by the number that POSIX gives it.
  enum Stream {
    RESULTS(1),
    ASIDES(2);

    private final int descriptor;

    Stream(int descriptor) {
      this.descriptor = descriptor;
    }
  }

  /// Their terminal; null where input or output is a file or a pipe.
  @SuppressWarnings("SystemConsoleNull") // It is null there on JDK 25, whatever 22 did.
  static @Nullable Console console() {
    @Nullable Console console = System.console();
    return console != null && console.isTerminal() ? console : null;
  }
}
