package parley.server;

import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import parley.api.Api;
import parley.api.Demo;
import parley.engine.Engine;
import parley.engine.Gate;
import parley.messaging.message.Appends;
import parley.server.http.HttpHost;
import parley.store.StreamPump;

/// One server: the contract over HTTP, and the pump that makes inboxes follow the logs.
public final class ParleyServer implements AutoCloseable {
  private final Services services;
  private final StreamPump pump;
  private final @Nullable Gate gate;
  private final HttpHost http;
  private final Demo demo;

  private ParleyServer(
      Services services, StreamPump pump, @Nullable Gate gate, HttpHost http, Demo demo) {
    this.services = services;
    this.pump = pump;
    this.gate = gate;
    this.http = http;
    this.demo = demo;
  }

  /// Starts on an open deployment, which stays the caller's to close.
  public static ParleyServer start(Deployment deployment, Listen listen, InstantSource clock)
      throws UnknownHostException {
    // What appends are told to, once it is there: it is made of the same services.
    AtomicReference<Appends> told = new AtomicReference<>((_, _) -> {});
    Services services =
        Services.on(deployment, clock, (id, entry) -> told.get().appended(id, entry));
    StreamPump pump =
        new StreamPump(
            deployment.connection().streams(),
            deployment.table(),
            deployment.description(),
            UUID.randomUUID().toString(),
            services.projector(),
            new Heard(services),
            deployment.polling(),
            clock);
    Gate gate = null;
    try {
      gate = openGate(deployment, listen);
      Demo demo = new Demo();
      Api api = api(deployment, services, listen, demo);
      HttpHost http = HttpHost.start(listen.host(), listen.port(), api, services.audience());
      told.set((id, entry) -> {
        services.audience().appendedHere(id, entry);
        pump.nudge();
      });
      services.audience().start();
      pump.start();
      deployment.announce("url", listen.url(http.port()));
      return new ParleyServer(services, pump, gate, http, demo);
    } catch (RuntimeException | UnknownHostException e) {
      if (gate != null) {
        gate.close();
      }
      throw e;
    }
  }

  private static Api api(Deployment deployment, Services services, Listen listen, Demo demo) {
    return new Api(
        services.forApi(),
        deployment.secret(),
        () -> deployment.table().answers(),
        listen.browsers().origins(),
        listen.limiting().traffic(services.clock()),
        demo);
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

  public Services services() {
    return services;
  }

  public StreamPump pump() {
    return pump;
  }

  /// Whom browsers on this machine may be without a password: nobody, until somebody is invited.
  public Demo demo() {
    return demo;
  }

  /// The port that the contract is served on.
  public int port() {
    return http.port();
  }

  /// Where the engine answers other tools, null where it does not.
  public @Nullable String gateUrl() {
    return gate == null ? null : gate.url();
  }

  /// Ends the connections, takes no more requests, finishes those under way, and remembers how far
  /// the stream was read.
  @Override
  public void close() {
    services.audience().close();
    http.close();
    if (gate != null) {
      gate.close();
    }
    pump.close();
  }
}
