package parley.engine;

import java.net.BindException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/// Opens an [Engine] to other programs on this machine (NoSQL Workbench, the AWS command line, any
/// SDK): DynamoDB and DynamoDB Streams over HTTP, on 127.0.0.1 only.
///
/// The protocol checks no password, as with every DynamoDB Local: whoever runs programs here can
/// read and write everything. What [GateGuard] keeps out is other people's web pages.
public final class Gate implements AutoCloseable {
  /// As large as the largest request of DynamoDB itself (a batch write).
  static final int MAX_REQUEST_BYTES = 16 * 1024 * 1024;

  /// Longer than the 60 s after which the AWS SDK drops an idle connection, so that it is the
  /// client who does, and no request meets a connection that is just being closed.
  private static final long IDLE_LIMIT_MS = 75_000;

  private static final int MAX_THREADS = 32;

  private final Server server;
  private final ServerConnector connector;

  private Gate(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /// Listens on `port` of 127.0.0.1, or on any free one for port 0.
  ///
  /// @throws PortTaken if that port cannot be listened on
  public static Gate open(Engine engine, int port) {
    return open(engine, port, Duration.ZERO);
  }

  /// The same as if it were `away`: every request waits so long before it is worked on, as one does
  /// that has a network to cross.
  public static Gate open(Engine engine, int port, Duration away) {
    Quiet.gate();
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("parley-gate");
    threads.setDaemon(true);
    Server server =
        new Server(threads, new ScheduledExecutorScheduler("parley-gate-timer", true), null);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(protocol()));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_LIMIT_MS);
    server.addConnector(connector);
    server.setHandler(
        new GateGuard(
            Distance.to(new LocalDynamoDBServerHandler(new GateOperations(engine), null), away)));
    server.setErrorHandler(GateGuard::writeError);
    // Nothing to wait for at closing: clients keep idle connections open for as long as they like.
    server.setStopTimeout(0);
    Gate gate = new Gate(server, connector);
    try {
      connector.open();
      server.start();
      return gate;
    } catch (Exception e) {
      gate.close();
      if (e instanceof BindException || e.getCause() instanceof BindException) {
        throw new PortTaken(port, e.getCause() instanceof BindException cause ? cause : e);
      }
      throw new IllegalStateException("the gate on port " + port + " could not be opened", e);
    }
  }

  private static HttpConfiguration protocol() {
    HttpConfiguration protocol = new HttpConfiguration();
    protocol.setSendServerVersion(false);
    protocol.setSendDateHeader(false);
    // A doubled Host is let through to the guard, which refuses it with a sentence.
    protocol.setHttpCompliance(
        HttpCompliance.RFC9110.with("gate", HttpCompliance.Violation.DUPLICATE_HOST_HEADERS));
    return protocol;
  }

  /// The port listened on.
  public int port() {
    return connector.getLocalPort();
  }

  /// Where to point a tool, such as `http://127.0.0.1:8000`.
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /// Stops listening at once, cutting off requests under way. The engine stays open.
  @Override
  public void close() {
    try {
      // The connector may be open without the server having been started.
      connector.close();
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the gate did not close", e);
    }
  }
}
