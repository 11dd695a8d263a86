package parley.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.server.Browsers;
import parley.server.Listen;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Who may call a server from a browser, and how they say who they are.
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

  @Mixin ProviderOptions providers = new ProviderOptions();

  /// Whether browsers come from elsewhere, through a proxy.
  boolean arePublic() {
    return publicUrl != null;
  }

  /// The same server, with whom people can sign in with.
  Listen added(Listen listen) {
    return listen.withProviders(providers.providers());
  }

  Browsers browsers() {
    return Browsers.of(publicUrl, corsOrigins);
  }
}
