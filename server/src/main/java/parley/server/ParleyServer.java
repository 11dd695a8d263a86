package parley.server;

import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import parley.api.Api;
import parley.api.UseCases;
import parley.engine.Engine;
import parley.engine.Gate;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;
import parley.server.http.HttpHost;
import parley.store.StreamPump;

/// One server: the contract over HTTP, and the pump that makes inboxes follow the logs.
public final class ParleyServer implements AutoCloseable {
  private final Services services;
  private final StreamPump pump;
  private final @Nullable Gate gate;
  private final HttpHost http;

  private ParleyServer(
      Services services, StreamPump pump, @Nullable Gate gate, HttpHost http) {
    this.services = services;
    this.pump = pump;
    this.gate = gate;
    this.http = http;
  }

  /// Where a server listens. `gatePort` opens the embedded engine to outside tools on this machine.
  public record Listen(String host, int port, OptionalInt gatePort) {}

  /// Starts on an open deployment, which stays the caller's to close.
  public static ParleyServer start(Deployment deployment, Listen listen, InstantSource clock)
      throws UnknownHostException {
    AtomicReference<@Nullable StreamPump> nudged = new AtomicReference<>();
    Services services =
        Services.on(
            deployment,
            clock,
            (_, _) -> {
              StreamPump pump = nudged.get();
              if (pump != null) {
                pump.nudge();
              }
            });
    StreamPump pump =
        new StreamPump(
            deployment.connection().streams(),
            deployment.table(),
            deployment.description(),
            UUID.randomUUID().toString(),
            services.projector(),
            listener(services),
            deployment.polling(),
            clock);
    Gate gate = null;
    try {
      gate = openGate(deployment, listen);
      HttpHost http = HttpHost.start(listen.host(), listen.port(), api(deployment, services));
      nudged.set(pump);
      pump.start();
      deployment.announce("url", url(listen.host(), http.port()));
      return new ParleyServer(services, pump, gate, http);
    } catch (RuntimeException | UnknownHostException e) {
      if (gate != null) {
        gate.close();
      }
      throw e;
    }
  }

  private static Api api(Deployment deployment, Services services) {
    return new Api(
        new UseCases(
            services.accounts(),
            services.sessions(),
            services.conversations(),
            services.messages(),
            services.inbox()),
        deployment.secret(),
        () -> deployment.table().answers());
  }

  private static @Nullable Gate openGate(Deployment deployment, Listen listen) {
    if (listen.gatePort().isEmpty()) {
      return null;
    }
    Engine engine = deployment.engine();
    if (engine == null) {
      throw new Refused(
          "--dynamodb-port opens the embedded engine to other tools, and this deployment uses a table"
              + " outside this process. Leave it out, and point the tools at that table.");
    }
    Gate gate = Gate.open(engine, listen.gatePort().getAsInt());
    deployment.announce("dynamodb", gate.url());
    return gate;
  }

  private static StreamPump.Listener listener(Services services) {
    return new StreamPump.Listener() {
      @Override
      public void appended(ConversationId id, Entry entry) {
        services.tails().heard(id, entry);
      }

      @Override
      public void accountChanged(UserId user) {
        services.accounts().forget(user);
      }
    };
  }

  private static String url(String host, int port) {
    String name = host.equals("127.0.0.1") || host.equals("::1") ? "localhost" : host;
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }

  public Services services() {
    return services;
  }

  public StreamPump pump() {
    return pump;
  }

  /// The port that the contract is served on.
  public int port() {
    return http.port();
  }

  /// Where the engine answers other tools, null where it does not.
  public @Nullable String gateUrl() {
    return gate == null ? null : gate.url();
  }

  /// Takes no more requests, finishes those under way, and remembers how far the stream was read.
  @Override
  public void close() {
    http.close();
    if (gate != null) {
      gate.close();
    }
    pump.close();
  }
}
