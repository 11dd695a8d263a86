package parley.serverless.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.websocket.WsSession;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.serverless.gateway.SocketEvents.Caller;
import parley.serverless.runtime.Outcome;
import parley.serverless.template.ApiSettings;
import parley.serverless.template.Template.Resource;
import parley.store.TestClock;
import tools.jackson.databind.node.JsonNodeFactory;

/// How long a connection may take to be open, and from when that counts.
class GatewaySocketTest {
  private final TestClock clock = new TestClock();
  private final SocketGateway gateway =
      new SocketGateway(
          new ApiSettings(
              new Resource("Events", "", JsonNodeFactory.instance.objectNode()), "live", List.of()),
          (_, _) -> new Outcome.Answered("{}"),
          clock);

  @AfterEach
  void close() {
    gateway.close();
  }

  /// One that has just been let in, and began to ask for it at this time.
  private GatewaySocket letIn(Instant asked) {
    return new GatewaySocket(
        gateway,
        new Caller("L0SM9cOFvHcCIhw=", asked, "", "", JsonNodeFactory.instance.objectNode()));
  }

  /// A line that takes everything.
  private static WsSession line() {
    return (WsSession)
        Proxy.newProxyInstance(
            GatewaySocketTest.class.getClassLoader(),
            new Class<?>[] {WsSession.class},
            (line, _, _) -> line);
  }

  @Test
  void whoeverWasAskedAboutForLongHasAsMuchTimeToBeOpen() {
    GatewaySocket socket = letIn(clock.instant().minus(GatewayBounds.OPEN.multipliedBy(3)));
    clock.advance(GatewayBounds.OPEN);
    socket.endIfOver();
    socket.onOpen(line());
    assertThat(socket.send("news")).isTrue();
  }

  @Test
  void whoeverIsNotOpenByThenIsGone() {
    GatewaySocket socket = letIn(clock.instant());
    clock.advance(GatewayBounds.OPEN.plus(Duration.ofMillis(1)));
    socket.endIfOver();
    socket.onOpen(line());
    assertThat(socket.send("news")).isFalse();
  }
}
