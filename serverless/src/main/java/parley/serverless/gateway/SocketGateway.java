package parley.serverless.gateway;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.server.live.Upgrader.Decision;
import parley.serverless.gateway.SocketEvents.Caller;
import parley.serverless.runtime.Outcome;
import parley.serverless.template.ApiSettings;
import parley.serverless.template.ApiSettings.Authorizer;
import parley.serverless.template.ApiSettings.Route;
import parley.serverless.template.Template.Unusable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A WebSocket API: connections are let in by the authorizer, kept here, and every message of
/// theirs is an event. Functions write to them by their ids ([Management]).
final class SocketGateway implements AutoCloseable {
  static final String CONNECT = "$connect";
  static final String DEFAULT = "$default";
  static final String DISCONNECT = "$disconnect";

  /// The words by which a function refuses with 401.
  private static final String UNAUTHORIZED = "Unauthorized";

  private static final String IN_HEADER = "route.request.header.";
  private static final int ID_BYTES = 10;

  /// The status that a WebSocket is closed with when its machine goes away.
  private static final int GOING_AWAY = 1001;

  /// How long functions may take to hear of all connections' ends when the gateway closes.
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final ApiSettings settings;
  private final SocketEvents events;
  private final Invoker invoker;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, GatewaySocket> open = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread looking;

  SocketGateway(ApiSettings settings, Invoker invoker, InstantSource clock) {
    this.settings = settings;
    this.events = new SocketEvents(settings, clock);
    this.invoker = invoker;
    this.clock = clock;
    this.looking = Thread.ofVirtual().name("gateway-look").start(this::look);
  }

  InstantSource clock() {
    return clock;
  }

  private @Nullable Route route(String key) {
    return settings.routes().stream()
        .filter(route -> route.key().equals(key))
        .findFirst()
        .orElse(null);
  }

  // Coming.

  /// Asks the authorizer, and then the function of `$connect`.
  Decision connect(ApiRequest request) throws InterruptedException {
    Route route = route(CONNECT);
    if (route == null) {
      throw new Unusable("its WebSocket API has no route " + CONNECT);
    }
    Caller caller =
        new Caller(
            id(),
            clock.instant(),
            request.peer(),
            header(request, "Host"),
            JsonNodeFactory.instance.objectNode());
    Authorizer authorizer = route.authorizer();
    if (authorizer != null) {
      if (!authorizer.identity().stream().allMatch(source -> isThere(request, source))) {
        return refused(401, UNAUTHORIZED);
      }
      Outcome said =
          invoker.invoke(authorizer.function(), events.question(request, caller).toString());
      if (said instanceof Outcome.Failed(_, String message) && message.equals(UNAUTHORIZED)) {
        return refused(401, UNAUTHORIZED);
      }
      JsonNode policy = answer(said);
      if (policy == null) {
        return refused(500, "Internal server error");
      }
      if (!allows(policy)) {
        return refused(403, "User is not authorized to access this resource");
      }
      caller =
          new Caller(
              caller.id(), caller.connectedAt(), caller.sourceIp(), caller.host(), context(policy));
    }
    JsonNode answer =
        answer(invoker.invoke(route.function(), events.connect(request, caller).toString()));
    int status = answer == null ? 502 : answer.path("statusCode").asInt(200);
    if (answer == null || status / 100 != 2) {
      return refused(status, "Forbidden");
    }
    String subprotocol =
        answer
            .path("headers")
            .propertyStream()
            .filter(each -> each.getKey().equalsIgnoreCase("Sec-WebSocket-Protocol"))
            .map(each -> each.getValue().asString())
            .findFirst()
            .orElse(null);
    GatewaySocket socket = new GatewaySocket(this, caller);
    open.put(caller.id(), socket);
    return new Decision.Accepted(subprotocol, socket);
  }

  private String id() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    // With the padding that the service's ids have: whoever does not encode it finds out.
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  private static Decision refused(int status, String words) {
    ApiResponse response = HttpGateway.message(status, words);
    return new Decision.Refused(response);
  }

  private static boolean isThere(ApiRequest request, String source) {
    return source.startsWith(IN_HEADER)
        && !header(request, source.substring(IN_HEADER.length())).isEmpty();
  }

  private static String header(ApiRequest request, String name) {
    List<String> all = request.all(name);
    return all.isEmpty() ? "" : all.getFirst();
  }

  private static @Nullable JsonNode answer(Outcome outcome) {
    if (!(outcome instanceof Outcome.Answered(String payload))) {
      return null;
    }
    try {
      return HttpGateway.JSON.readTree(payload);
    } catch (JacksonException e) {
      return null;
    }
  }

  /// Whether a policy allows the route: one statement does, and none denies.
  private boolean allows(JsonNode policy) {
    List<String> effects =
        policy
            .path("policyDocument")
            .path("Statement")
            .valueStream()
            .filter(each -> covers(each.path("Resource").asString("")))
            .map(each -> each.path("Effect").asString("").toLowerCase(Locale.ROOT))
            .toList();
    return effects.contains("allow") && !effects.contains("deny");
  }

  private boolean covers(String resource) {
    return resource.equals(events.methodArn())
        || resource.endsWith("*")
            && events.methodArn().startsWith(resource.substring(0, resource.length() - 1));
  }

  private static JsonNode context(JsonNode policy) {
    var context = JsonNodeFactory.instance.objectNode();
    policy
        .path("context")
        .propertyStream()
        .forEach(each -> context.set(each.getKey(), each.getValue()));
    context.put("principalId", policy.path("principalId").asString(""));
    return context;
  }

  // Being there.

  /// It speaks now.
  void opened(GatewaySocket socket) {
    if (closing.getCount() == 0) {
      socket.end(GOING_AWAY, "Going away");
    }
  }

  /// Null for one that is gone, or never was.
  @Nullable GatewaySocket socket(String id) {
    return open.get(id);
  }

  /// Hands on what a client said. Null where nothing goes back.
  @Nullable String said(Caller caller, byte[] body, boolean binary) throws InterruptedException {
    Route route = route(DEFAULT);
    if (route == null) {
      return null;
    }
    JsonNode answer =
        answer(
            invoker.invoke(
                route.function(), events.message(DEFAULT, body, binary, caller).toString()));
    if (answer == null) {
      var words = JsonNodeFactory.instance.objectNode();
      words.put("message", "Internal server error");
      words.put("connectionId", caller.id());
      return words.toString();
    }
    return route.answers() && answer.has("body") ? answer.path("body").asString() : null;
  }

  /// Tells the function that one is over. Nobody waits for it.
  void gone(GatewaySocket socket, int code, String reason) {
    if (!open.remove(socket.caller().id(), socket)) {
      return;
    }
    Route route = route(DISCONNECT);
    if (route != null) {
      String event = events.disconnect(code, reason, socket.caller()).toString();
      Thread.ofVirtual()
          .name("gateway-gone")
          .start(() -> {
            try {
              var _ = invoker.invoke(route.function(), event);
            } catch (InterruptedException | IllegalStateException e) {
              // The functions are being closed. As on the service, nobody is promised this event.
            }
          });
    }
  }

  /// Ends connections whose time is over.
  private void look() {
    try {
      while (!closing.await(GatewayBounds.LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        open.values().forEach(GatewaySocket::endIfOver);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends all connections, and lets the functions hear of it for a few seconds.
  @Override
  public void close() {
    closing.countDown();
    looking.interrupt();
    open.values().forEach(socket -> socket.end(GOING_AWAY, "Going away"));
    long until = System.nanoTime() + FAREWELL.toNanos();
    try {
      while (!open.isEmpty() && System.nanoTime() < until) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
