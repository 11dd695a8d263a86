package parley.lambda;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.api.Header;

/// The distribution in front of the gateway, whose word is taken for where a request comes from if
/// it proves itself.
///
/// Whoever finds the gateway's own address can ask it directly and claim anything; the distribution
/// adds a key that only the two of them have. Without a key, the address is that of whoever is
/// connected to the gateway.
record Edge(@Nullable String key) {
  /// What the distribution adds to every request.
  static final String KEY_HEADER = "X-Parley-Edge";

  /// Where it says who is connected to it: an address, which a function at the edge puts over
  /// whatever was claimed. (The distribution's own header for it comes only together with the
  /// host's name, by which the gateway would not know itself.)
  static final String CLIENT_HEADER = "X-Parley-Viewer";

  /// The address of whoever is connected to the distribution, or to the gateway where no
  /// distribution proves itself.
  String client(List<Header> headers, String connected) {
    String given = only(headers, KEY_HEADER);
    String viewer = only(headers, CLIENT_HEADER);
    return key == null || given == null || viewer == null || !same(given, key) ? connected : viewer;
  }

  private static @Nullable String only(List<Header> headers, String name) {
    List<String> values =
        headers.stream()
            .filter(header -> header.name().equalsIgnoreCase(name))
            .map(Header::value)
            .toList();
    return values.size() == 1 ? values.getFirst() : null;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Edge[not shown]";
  }
}
