package parley.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import parley.server.Settings;
import parley.table.Ink;
import parley.table.OpenTable;
import parley.table.Out;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/// What every command of `parley table` has: which table, and how it speaks.
abstract class TableTask implements Callable<Integer> {
  @Option(names = "--json", description = "Print JSON, a value a line, instead of sentences.")
  boolean json;

  @Mixin StorageOptions storage = new StorageOptions();

  /// Options that are for some commands only. The others take them too, so that a file or an
  /// environment with options serves all, but their help is shorter without.
  private static final Map<String, Set<String>> SELDOM =
      Map.of(
          "--memory", Set.of(),
          "--capacity", Set.of("create", "seed", "import"),
          "--create-table", Set.of("seed", "import"),
          "--secret-file", Set.of("seed", "import"));

  /// Leaves out of each command's help what says nothing to it.
  static void tidy(CommandLine program) {
    Objects.requireNonNull(program.getSubcommands().get("table"))
        .getSubcommands()
        .forEach((name, command) -> {
          if (command.getCommand() instanceof TableTask) {
            hide(command.getCommandSpec(), name);
          }
        });
  }

  private static void hide(CommandSpec command, String name) {
    SELDOM.forEach((option, commands) -> {
      OptionSpec known = command.findOption(option);
      if (known != null && !commands.contains(name)) {
        command.remove(known);
        command.addOption(OptionSpec.builder(known).hidden(true).build());
      }
    });
  }

  /// Where it speaks; `showsText` is whether what people wrote is printed too.
  static Out out(boolean json, boolean showsText) {
    PrintStream results = System.out;
    boolean colours = !json && Ansi.AUTO.enabled();
    return new Out(
        results,
        System.err,
        new Ink(colours, showsText),
        json,
        Terminal.shows(Terminal.Stream.ASIDES),
        Terminal.shows(Terminal.Stream.RESULTS));
  }

  /// Does what takes long, and goes on when it is run again: whoever ends it by Ctrl-C is told so.
  static <T> T resumable(Supplier<T> work) {
    // Where a bar is drawn, its line has no end yet.
    String begin = Terminal.shows(Terminal.Stream.ASIDES) ? System.lineSeparator() : "";
    Thread told =
        new Thread(
            () -> System.err.println(begin + "Stopped. The same command goes on where this ended."),
            "parley-stopped");
    Runtime.getRuntime().addShutdownHook(told);
    try {
      return work.get();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(told);
      } catch (IllegalStateException e) {
        // It is being ended, and told.
      }
    }
  }

  /// Opens the table, and works on it.
  int on(boolean showsText, BiFunction<OpenTable, Out, ExitCode> work) {
    return on(storage.settingsThatStay(), false, showsText, work);
  }

  /// The same, where a data folder that is not there is made.
  int onNew(BiFunction<OpenTable, Out, ExitCode> work) {
    return on(storage.settingsThatStay(), true, false, work);
  }

  private int on(
      Settings settings,
      boolean make,
      boolean showsText,
      BiFunction<OpenTable, Out, ExitCode> work) {
    Out out = out(json, showsText);
    ExitCode code = OpenTable.with(settings, make, table -> work.apply(table, out));
    out.results().flush();
    return code.number();
  }
}
