package parley.lambda;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/// A real server on this machine, which keeps nothing.
final class CacheServer implements AutoCloseable {
  /// Below those that systems give to whoever asks for any: no connection of somebody else has one
  /// of these by chance, not even while the server is away.
  private static final int PORTS_FROM = 20_000;

  private static final int PORTS_TO = 30_000;

  private static final int TRIES = 20;
  private static final int PATIENCE_MS = 60_000;

  private final RedisServer server;
  final URI url;

  /// At a port of its own.
  static CacheServer start() throws IOException {
    IOException last = new IOException("no port is free");
    for (int i = 0; i < TRIES; i++) {
      try {
        return new CacheServer(freePort());
      } catch (IOException e) {
        // Somebody else was quicker to take the port.
        last = e;
      }
    }
    throw last;
  }

  CacheServer(int port) throws IOException {
    url = URI.create("redis://127.0.0.1:" + port);
    server = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
    server.start();
  }

  int port() {
    return url.getPort();
  }

  private static int freePort() throws IOException {
    IOException last = new IOException("no port is free");
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(PORTS_FROM, PORTS_TO);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /// For a look at what is there, past everything of ours.
  RedisClient look() {
    return RedisClient.builder()
        .hostAndPort(url.getHost(), url.getPort())
        .clientConfig(DefaultJedisClientConfig.builder().timeoutMillis(PATIENCE_MS).build())
        .build();
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
