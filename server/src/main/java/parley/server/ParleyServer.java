package parley.server;

import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import parley.api.Api;
import parley.api.Demo;
import parley.api.Inspector;
import parley.api.Providers;
import parley.engine.Gate;
import parley.host.Services;
import parley.messaging.account.UserId;
import parley.server.http.HttpHost;
import parley.server.webhook.Webhooks;
import parley.store.StreamPump;

/// One server: the contract over HTTP, the operator's side, and the pump that follows the stream.
public final class ParleyServer implements AutoCloseable {
  /// How long the projection may take to catch up at a stop. What it leaves, the next one does.
  private static final Duration FLUSH = Duration.ofSeconds(5);

  private final Feed feed;
  private final Duration stopDelay;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Demo demo = new Demo();

  /// What has to be ended, the last first.
  private final Deque<Runnable> endings = new ArrayDeque<>();

  private @Nullable Gate gate;
  private @Nullable HttpHost http;
  private @Nullable HttpHost operator;

  private ParleyServer(Feed feed, Listen listen) {
    this.feed = feed;
    this.stopDelay = listen.stopDelay();
  }

  /// Starts on an open deployment, which stays the caller's to close. Nobody is shown its table.
  public static ParleyServer start(Deployment deployment, Listen listen, InstantSource clock)
      throws UnknownHostException {
    return start(deployment, listen, clock, null);
  }

  /// The same, with what shows operators the table, which ends with the server.
  public static ParleyServer start(
      Deployment deployment, Listen listen, InstantSource clock, @Nullable Inspector inspector)
      throws UnknownHostException {
    Feed feed = Feed.on(deployment, clock, inspector, listen.limiting().strangersADay());
    ParleyServer server = new ParleyServer(feed, listen);
    try {
      server.open(deployment, listen);
      return server;
    } catch (RuntimeException | UnknownHostException e) {
      server.end();
      throw e;
    }
  }

  private void open(Deployment deployment, Listen listen) throws UnknownHostException {
    Services services = feed.services();
    ErasedFile erased = deployment.erased();
    if (erased != null) {
      // Before anybody is served.
      erased.keepOut(deployment.table(), services.erasures());
    }
    AtomicBoolean pumping = new AtomicBoolean();
    endings.push(() -> {
      if (pumping.get()) {
        feed.pump().awaitCaughtUp(FLUSH);
      }
      feed.pump().close();
    });
    Gate opened = deployment.openGate(listen.gatePort());
    gate = opened;
    if (opened != null) {
      endings.push(opened::close);
    }
    Providers providers = Contracts.providers(deployment, services, listen);
    OperatorSide side = OperatorSide.start(deployment, feed, providers, listen.operator());
    operator = side.listener();
    endings.push(side::close);
    Api api = Contracts.of(deployment, services, listen, providers, demo, () -> !stopping.get());
    api.tell(side.metrics().and(new AccessLog()));
    HttpHost serving = HttpHost.start(listen.host(), listen.port(), api, services.audience());
    endings.push(serving::close);
    http = serving;
    Webhooks webhooks = Telling.start(deployment, services, listen.webhooks(), side.metrics());
    endings.push(webhooks::close);
    services.audience().start();
    endings.push(services.audience()::close);
    feed.pump().start();
    pumping.set(true);
    Worker.startAll(services).forEach(worker -> endings.push(worker::close));
    deployment.announce("url", Listen.url(listen.host(), serving.port()));
    side.announce(deployment, listen.operator());
  }

  public Services services() {
    return feed.services();
  }

  public StreamPump pump() {
    return feed.pump();
  }

  /// From here on, browsers on this machine may be these people without a password.
  public void invite(List<UserId> people) {
    demo.invite(people);
  }

  /// The port that the contract is served on.
  public int port() {
    return http == null ? -1 : http.port();
  }

  /// The port of the operator's side, -1 where there is none.
  public int operatorPort() {
    return operator == null ? -1 : operator.port();
  }

  /// Where the engine answers other tools, null where it does not.
  public @Nullable String gateUrl() {
    return gate == null ? null : gate.url();
  }

  /// Says that it is not ready, ends the connections, takes no more requests, finishes those under
  /// way, and lets the inboxes catch up with what was sent.
  @Override
  public void close() {
    stopping.set(true);
    try {
      Thread.sleep(stopDelay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  private void end() {
    while (!endings.isEmpty()) {
      endings.pop().run();
    }
  }
}
