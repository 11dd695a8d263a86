package parley.bench;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/// How results are printed: Markdown, in one language whatever the machine's.
final class Report {
  private Report() {}

  static String machine() {
    return String.format(
        Locale.ROOT,
        "JDK %s, %d processors, %s %s",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  @FormatMethod
  static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
