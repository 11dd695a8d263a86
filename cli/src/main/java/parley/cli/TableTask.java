package parley.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import parley.server.Settings;
import parley.table.Ink;
import parley.table.OpenTable;
import parley.table.Out;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command of `parley table` has: which table, and how it speaks.
abstract class TableTask implements Callable<Integer> {
  @Option(names = "--json", description = "Print JSON, a value a line, instead of sentences.")
  boolean json;

  @Mixin StorageOptions storage = new StorageOptions();

  /// Where it speaks; `showsText` is whether what people wrote is printed too.
  static Out out(boolean json, boolean showsText) {
    PrintStream results = System.out;
    boolean colours = !json && Ansi.AUTO.enabled();
    return new Out(
        results,
        System.err,
        new Ink(colours, showsText),
        json,
        !json && Terminal.console() != null);
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
