package parley.table;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Where a command speaks: what was asked for on `results`, what happens meanwhile on `asides`, so
/// that the one can go into a pipe without the other.
///
/// @param json one JSON value a line instead of sentences
/// @param watched whether a person sees the asides come
/// @param shown whether a person sees the results come
public record Out(
    PrintStream results,
    PrintStream asides,
    Ink ink,
    boolean json,
    boolean watched,
    boolean shown) {
  void line(String text) {
    results.println(text);
  }

  /// A value, for programs: in the order of a map that has one, else by name.
  public void value(Map<String, ?> value) {
    results.println(DynamoJson.text(value instanceof LinkedHashMap ? value : new TreeMap<>(value)));
  }

  /// A sentence that belongs to no result.
  void aside(String sentence) {
    asides.println(sentence);
  }

  /// A line that grows as work goes on, where somebody is watching. `max` is -1 where nobody knows
  /// how much there is. Nothing may be printed until it is closed, for it would be drawn over.
  public ProgressBar progress(String what, long max) {
    return bar(what, max, watched);
  }

  /// The same for work that prints results as it goes: drawn only where they go elsewhere, such as
  /// into a file.
  ProgressBar progressAside(String what, long max) {
    return bar(what, max, watched && !shown);
  }

  private ProgressBar bar(String what, long max, boolean drawn) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(max)
        .setStyle(
            ink.colours()
                ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
                : ProgressBarStyle.UNICODE_BLOCK)
        .setConsumer(drawn ? null : new Silent())
        .build();
  }

  /// How many items a table has, as it says itself: the service counts every six hours. -1 where it
  /// says nothing, for a bar of which nobody knows how long it gets.
  static long about(TableDescription there) {
    Long items = there.itemCount();
    return items == null || items == 0 ? -1 : items;
  }

  /// A number as people write it in English: 12,345 or 0.5.
  static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.1f", value);
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// A size for people.
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1024 * 1024
        ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1024.0 / 1024.0);
  }

  /// `1 item`, `2 items`.
  static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /// Draws nothing.
  private static final class Silent implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return 80;
    }

    @Override
    public void accept(String drawn) {}

    @Override
    public void close() {}
  }
}
