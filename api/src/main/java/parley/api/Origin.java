package parley.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import parley.messaging.Parsed;

/// Where a page comes from (RFC 6454): scheme, host and port, as browsers write it in `Origin`.
///
/// `value` is lower-cased, and without a port that the scheme implies.
public record Origin(String value) {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final Set<String> ROOT = Set.of("", "/");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern FORM =
      Pattern.compile("https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  public Origin {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an origin: " + value);
    }
  }

  /// The origin of a URL that has no path.
  public static Parsed<Origin> parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return bad();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    String path = uri.getRawPath();
    boolean more = uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null;
    if (!SCHEMES.contains(scheme) || more || path == null || !ROOT.contains(path)) {
      return bad();
    }
    int implied = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort();
    String value = scheme + "://" + host + (port < 0 || port == implied ? "" : ":" + port);
    return port <= 65_535 && FORM.matcher(value).matches() ? Parsed.good(new Origin(value)) : bad();
  }

  private static Parsed<Origin> bad() {
    return Parsed.bad(
        "origin_invalid",
        "An origin is http:// or https://, a host in ASCII and perhaps a port, such as"
            + " https://chat.example.com. It has no path.");
  }

  boolean isSecure() {
    return value.startsWith("https:");
  }

  /// Its host, without the port.
  String host() {
    String host = value.substring(value.indexOf("://") + 3);
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }

  /// Whether its host is a name that only ever means the machine which it is said on.
  boolean isLoopback() {
    return LOOPBACK.contains(host());
  }

  @Override
  public String toString() {
    return value;
  }
}
