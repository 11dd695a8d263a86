package parley.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The web client in a browser, as Lighthouse and a person who scrolls see it.
@Command(
    name = "web",
    description = "How fast the web client is in a browser.",
    mixinStandardHelpOptions = true)
final class WebBench implements Callable<Integer> {
  private static final List<String> CHROMIUM =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/snap/bin/chromium",
          "/usr/bin/google-chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium");

  @Option(names = "--runs", description = "How often each page is looked at (default: 5).")
  int runs = 5;

  @Option(names = "--messages", description = "How long the conversation is (default: 2000).")
  int messages = 2000;

  @Override
  public Integer call() throws Exception {
    String folder = System.getenv("PARLEY_LIGHTHOUSE");
    if (folder == null) {
      System.err.println("Start it by ./parley bench web, which installs what it needs.");
      return 1;
    }
    System.out.println(Report.machine());
    try (Served served = Served.plain(false)) {
      String wanted =
          "{\"chromium\":\"%s\",\"origin\":\"%s\",\"runs\":%d,\"messages\":%d}"
              .formatted(chromium(), served.address(), runs, messages);
      Process node =
          new ProcessBuilder("node", "measure.js", wanted)
              .directory(Path.of(folder).toFile())
              .inheritIO()
              .start();
      try {
        return node.waitFor();
      } finally {
        node.destroy();
      }
    }
  }

  private static Path chromium() {
    return Stream.concat(
            Optional.ofNullable(System.getenv("PARLEY_CHROMIUM")).stream(), CHROMIUM.stream())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no Chromium was found: set PARLEY_CHROMIUM"));
  }
}
