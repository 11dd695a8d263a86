package parley.server;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.api.Origin;
import parley.api.Origins;
import parley.messaging.Parsed;

/// What a server is told of browsers: where they see its own pages, and which others may call it.
public record Browsers(Origins origins) {
  /// Pages on this machine alone.
  public static final Browsers LOCAL = new Browsers(Origins.LOCAL);

  /// From the options: null and none where nothing was said.
  ///
  /// @throws Refused if one of them is no URL of an origin
  public static Browsers of(@Nullable String publicUrl, List<String> corsOrigins) {
    Set<Origin> others =
        corsOrigins.stream()
            .map(url -> origin("--cors-origin", url))
            .collect(Collectors.toUnmodifiableSet());
    Origin own = publicUrl == null ? null : origin("--public-url", publicUrl);
    return new Browsers(new Origins(own, others));
  }

  private static Origin origin(String option, String url) {
    return switch (Origin.parse(url)) {
      case Parsed.Good<Origin>(Origin origin) -> origin;
      case Parsed.Bad<Origin> bad ->
          throw Refused.option(option + " is an origin; " + url + " is none. " + bad.message());
    };
  }

  /// Whether browsers reach it by https, through a proxy.
  public boolean isBehindTls() {
    return origins.isSecure();
  }
}
