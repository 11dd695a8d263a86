package parley.prove;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/// Which addresses a proof may put under load.
final class Reach {
  private Reach() {}

  /// @throws IllegalArgumentException if it is no address of a server, or one beyond this machine
  ///   and that was not allowed
  static void check(URI url, boolean beyond) {
    String scheme = url.getScheme();
    String host = url.getHost();
    if (host == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "--url is the address of a server, such as http://localhost:8080; not " + url);
    }
    if (!beyond && !isHere(host)) {
      throw new IllegalArgumentException(
          url
              + " is beyond this machine, and a proof is a heavy load that leaves accounts and"
              + " conversations behind. If that is wanted, say --yes-load-this-deployment.");
    }
  }

  /// By the name alone: to look one up would be to ask somebody else.
  private static boolean isHere(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    if (!host.matches("\\[[0-9a-fA-F:.]+]|[0-9]+(\\.[0-9]+){3}")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
