package parley.server.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Which addresses are those of the public internet: all that IANA gives to nobody for a purpose of
/// its own. Whatever is not known to be public is not.
final class PublicAddress {
  /// Of IPv4, what is not public.
  private static final List<Network> NOT_PUBLIC_4 =
      networks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // behind a carrier's translation
          "127.0.0.0/8", // this machine
          "168.63.129.16/32", // the platform's own services, within Azure
          "169.254.0.0/16", // this link, and clouds' metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocols
          "192.0.2.0/24", // documentation
          "192.31.196.0/24", // AS112
          "192.52.193.0/24", // tunnels to multicast
          "192.88.99.0/24", // relays to IPv6
          "192.168.0.0/16", // private
          "192.175.48.0/24", // AS112
          "198.18.0.0/15", // measurements
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and everybody

  /// Of IPv6, where public addresses are, and what within is not. Beyond lie this machine, links,
  /// private networks, multicast, and every form in which an address of IPv4 is written.
  private static final Network PUBLIC_6 = Network.of("2000::/3");

  private static final List<Network> NOT_PUBLIC_6 =
      networks(
          "2001::/23", // protocols, tunnels (Teredo) and identifiers among them
          "2001:db8::/32", // documentation
          "2002::/16", // an address of IPv4 within (6to4)
          "2620:4f:8000::/48", // AS112
          "3fff::/20"); // documentation

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> NOT_PUBLIC_4.stream().noneMatch(network -> network.holds(bytes));
      case Inet6Address _ ->
          PUBLIC_6.holds(bytes) && NOT_PUBLIC_6.stream().noneMatch(it -> it.holds(bytes));
      default -> false;
    };
  }

  private static List<Network> networks(String... texts) {
    return Arrays.stream(texts).map(Network::of).toList();
  }

  /// The addresses that begin with the same bits.
  private static final class Network {
    private final byte[] first;
    private final int bits;

    private Network(byte[] first, int bits) {
      this.first = first;
      this.bits = bits;
    }

    static Network of(String text) {
      int slash = text.indexOf('/');
      try {
        // A literal, so nobody is asked.
        byte[] first = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
        return new Network(first, Integer.parseInt(text.substring(slash + 1)));
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException(text.toLowerCase(Locale.ROOT) + " is no network", e);
      }
    }

    boolean holds(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
