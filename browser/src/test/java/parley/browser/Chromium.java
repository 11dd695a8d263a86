package parley.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The system's Chromium. Nothing is downloaded for it.
final class Chromium implements AutoCloseable {
  /// Names another place.
  private static final String ELSEWHERE = "PARLEY_CHROMIUM";

  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/snap/bin/chromium",
          "/usr/bin/google-chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium");

  /// How long something that should come to be seen, or to be done, may take on a busy machine.
  /// What is there already costs nothing of it.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /// How long the browser itself may take to start.
  private static final Duration START = Duration.ofMinutes(3);

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium start() {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
    Path program = program();
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setTimeout((double) START.toMillis())
                    // Its sandbox needs rights that containers and root do not have. All that it
                    // opens is this project's own.
                    .setArgs(List.of("--no-sandbox")));
    return new Chromium(playwright, browser);
  }

  static Path program() {
    return Optional.ofNullable(System.getenv(ELSEWHERE)).stream()
        .map(Path::of)
        .findFirst()
        .or(() -> PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst())
        .filter(Files::isExecutable)
        .orElseThrow(() ->
            new IllegalStateException(
                "The browser tests need Chromium, and none was found: install it (on Debian and"
                    + " Ubuntu `apt-get install chromium`), or say where it is in "
                    + ELSEWHERE
                    + "."));
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
