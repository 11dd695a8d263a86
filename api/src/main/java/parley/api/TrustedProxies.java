package parley.api;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;

/// The proxies whose word is taken for where a request comes from.
///
/// The address of a request is that of whoever is connected, unless this is such a proxy: then it
/// is the rightmost address of `X-Forwarded-For` that is none. What stands left of that can be made
/// up.
public final class TrustedProxies {
  /// Nobody's word is taken.
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /// Bytes of an IPv6 address that name the subscriber: a /64. One person has all that is below it.
  private static final int SUBSCRIBER_BYTES = 8;

  private final List<Range> ranges;

  private TrustedProxies(List<Range> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /// Addresses whose first `bits` are those of `address`.
  private record Range(InetAddress address, int bits) {
    boolean holds(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] theirs = other.getAddress();
      if (mine.length != theirs.length) {
        return false;
      }
      int whole = bits / 8;
      int mask = 0xff00 >> bits % 8;
      return Arrays.equals(mine, 0, whole, theirs, 0, whole)
          && (bits % 8 == 0 || ((mine[whole] ^ theirs[whole]) & mask & 0xff) == 0);
    }
  }

  /// From ranges such as `10.0.0.0/8,::1`, parted by commas.
  public static Parsed<TrustedProxies> parse(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Range range = range(part.strip());
      if (range == null) {
        return Parsed.bad(
            "range_invalid",
            "Proxies are given as addresses or ranges such as 10.0.0.0/8,2001:db8::/32.");
      }
      ranges.add(range);
    }
    return Parsed.good(new TrustedProxies(ranges));
  }

  private static @Nullable Range range(String text) {
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int most = 8 * address.getAddress().length;
    if (slash < 0) {
      return new Range(address, most);
    }
    String bits = text.substring(slash + 1);
    boolean number =
        bits.length() <= 3 && !bits.isEmpty() && bits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && Integer.parseInt(bits) <= most
        ? new Range(address, Integer.parseInt(bits))
        : null;
  }

  /// Under which a request is counted: an IPv4 address, or the /64 of an IPv6 address.
  String countedAs(ApiRequest request) {
    InetAddress peer = address(request.peer());
    return peer == null ? request.peer() : counted(client(peer, request.all("X-Forwarded-For")));
  }

  private InetAddress client(InetAddress peer, List<String> forwarded) {
    InetAddress client = peer;
    List<String> hops = new ArrayList<>();
    if (!ranges.isEmpty()) {
      forwarded.forEach(line -> hops.addAll(List.of(line.split(",", -1))));
    }
    while (isTrusted(client) && !hops.isEmpty()) {
      InetAddress before = address(withoutPort(hops.removeLast().strip()));
      if (before == null) {
        // Whoever stands left of what is no address cannot be known.
        return client;
      }
      client = before;
    }
    return client;
  }

  private boolean isTrusted(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.holds(address));
  }

  /// Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`.
  private static String withoutPort(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? "" : text.substring(1, end);
    }
    int colon = text.indexOf(':');
    return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
  }

  private static String counted(InetAddress address) {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SUBSCRIBER_BYTES; i += 2) {
      text.append(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff)).append(':');
    }
    return text.append(":/64").toString();
  }

  /// An address as it is written; null for anything else, names among it. An IPv4 address in the
  /// clothes of IPv6 is an IPv4 address.
  private static @Nullable InetAddress address(String text) {
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    if (!IPV4.matcher(plain).matches() && !(plain.contains(":") && IPV6.matcher(plain).matches())) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(plain);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
