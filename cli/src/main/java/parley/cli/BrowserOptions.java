package parley.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.server.Browsers;
import picocli.CommandLine.Option;

/// Who may call a server from a browser.
final class BrowserOptions {
  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "Where browsers see this server, such as https://chat.example.com. Sessions in cookies are"
              + " taken from there alone, and by https alone if that is what it says (default: from"
              + " this machine only).")
  @Nullable String publicUrl;

  @Option(
      names = "--cors-origin",
      paramLabel = "URL",
      split = ",",
      description =
          "Let pages from there call the API with a token; never with a cookie. May be repeated.")
  List<String> corsOrigins = new ArrayList<>();

  /// Whether browsers come from elsewhere, through a proxy.
  boolean arePublic() {
    return publicUrl != null;
  }

  Browsers browsers() {
    return Browsers.of(publicUrl, corsOrigins);
  }
}
