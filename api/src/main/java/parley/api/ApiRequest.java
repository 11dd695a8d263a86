package parley.api;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request, as any host can give it.
///
/// `path` and `query` are raw, as they came (percent-encoded; `query` without the question mark,
/// empty for none). `peer` is the address of whoever is connected.
public record ApiRequest(
    String method, String path, String query, List<Header> headers, Body body, String peer) {
  public ApiRequest {
    headers = List.copyOf(headers);
  }

  /// The body, read only by a route that takes one, and only after its caller has been recognised.
  @FunctionalInterface
  public interface Body {
    /// There is none.
    Body NONE = _ -> new byte[0];

    /// All of it, or null if there is more than `max` bytes.
    ///
    /// @throws IOException if it breaks off or cannot be read
    byte @Nullable [] read(int max) throws IOException;

    /// A body that is in memory already.
    static Body of(byte[] bytes) {
      return max -> bytes.length > max ? null : bytes;
    }
  }

  /// Whether whoever is connected is on this machine. Behind a proxy, that is the proxy.
  boolean isFromThisMachine() {
    try {
      return InetAddress.ofLiteral(peer).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Every value of the header, in the order in which they came.
  public List<String> all(String name) {
    return Header.all(headers, name);
  }

  /// The value of a header that came exactly once; null if it did not come, or came repeatedly.
  @Nullable String only(String name) {
    List<String> values = all(name);
    return values.size() == 1 ? values.getFirst() : null;
  }
}
