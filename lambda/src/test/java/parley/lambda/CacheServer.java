package parley.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/// A real server on this machine, which keeps nothing.
final class CacheServer implements AutoCloseable {
  private final RedisServer server;
  final URI url;

  CacheServer() throws IOException {
    this(freePort());
  }

  CacheServer(int port) throws IOException {
    url = URI.create("redis://127.0.0.1:" + port);
    server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
    server.start();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// For a look at what is there, past everything of ours.
  RedisClient look() {
    return RedisClient.create(url);
  }

  /// Ends every connection to it, as a server or what lies between does with idle ones.
  void dropConnections() throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket
          .getOutputStream()
          .write("CLIENT KILL TYPE normal SKIPME yes\r\n".getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() != ':') {
        throw new IOException("the server did not say how many it ended");
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
