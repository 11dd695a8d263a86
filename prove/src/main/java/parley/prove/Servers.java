package parley.prove;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Where the servers of the deployment are, by number. One that starts again is elsewhere.
public final class Servers {
  private final List<URI> addresses;

  public Servers(List<URI> addresses) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a deployment has a server");
    }
    this.addresses = new CopyOnWriteArrayList<>(addresses);
  }

  public int size() {
    return addresses.size();
  }

  /// Any number names a server: they are counted round.
  public URI at(int server) {
    return addresses.get(Math.floorMod(server, addresses.size()));
  }

  void moved(int server, URI to) {
    addresses.set(server, to);
  }

  public List<URI> all() {
    return List.copyOf(addresses);
  }
}
