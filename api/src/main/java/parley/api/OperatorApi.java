package parley.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.operator.Operators;
import parley.messaging.operator.Operators.Admitted;
import parley.messaging.operator.Scope;
import tools.jackson.databind.JsonNode;

/// What those who run a server call: on a listener of its own, with a token of theirs.
///
/// In this order: is it meant for this host, does it come from a page of somebody else's, is there
/// such a route, who calls, may they. A browser that was led here by another name (DNS rebinding)
/// or by another page gets nothing, and there is no CORS.
public final class OperatorApi implements Contract {
  private static final Pattern BEARER =
      Pattern.compile("bearer +([^ ]+) *", Pattern.CASE_INSENSITIVE);

  private final List<OperatorRoute> routes;
  private final Operators operators;
  private final Set<String> hosts;
  private final Observer observer;

  /// `hosts` are the names under which it may be called, beside those that only ever mean this
  /// machine; the port is not looked at.
  ///
  /// @param providers those who may know people again that the product makes anew
  /// @param inspector what shows the table; null for nothing, and then there are no routes to it
  public OperatorApi(
      Operators operators,
      Supplier<String> metrics,
      Providers providers,
      @Nullable Inspector inspector,
      Set<String> hosts,
      Observer observer) {
    this.routes = new ArrayList<>(new OperatorRoutes(operators, metrics).all());
    this.routes.addAll(new UserRoutes(operators.users(), providers).all());
    if (inspector != null) {
      this.routes.addAll(new InspectRoutes(inspector, operators).all());
    }
    this.operators = operators;
    this.hosts = Set.copyOf(hosts);
    this.observer = observer;
  }

  /// Every route as `METHOD path`, for whoever must know that there are no others.
  public List<String> routes() {
    return routes.stream().map(route -> route.method() + " " + route.path().text()).toList();
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    String requestId = RequestId.of(request);
    return RequestId.during(
        requestId,
        () -> {
          Sighting sighting = new Sighting(request.method());
          ApiResponse response;
          try {
            response = answer(request, sighting);
          } catch (RuntimeException e) {
            response = Api.failed(e, sighting, requestId);
          }
          observer.answered(sighting.answered(response.status(), null, requestId));
          ApiResponse shown = request.method().equals("HEAD") ? response.withoutBody() : response;
          return finished(shown, requestId);
        });
  }

  @Override
  public ApiResponse refuse(HostRefusal refusal, List<Header> headers) {
    String requestId = RequestId.of(headers);
    return finished(Problem.of(refusal.code()).response(requestId), requestId);
  }

  private ApiResponse answer(ApiRequest request, Sighting sighting) {
    if (!isForHere(request)) {
      throw Problem.of(ProblemCode.HOST_REFUSED).refusal();
    }
    if (!request.all("Origin").isEmpty() && !isFromHere(request)) {
      throw Problem.of(ProblemCode.ORIGIN_REFUSED)
          .detail(
              "This comes from a page of somebody else's, so nothing was done. Pages have no business on"
                  + " the operator's side.")
          .refusal();
    }
    List<String> segments = List.of(request.path().split("/", -1));
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    TreeSet<String> allowed = new TreeSet<>();
    for (OperatorRoute route : routes) {
      String filling = route.path().match(segments);
      if (filling != null && route.method().equals(method)) {
        sighting.reached(route.name(), route.path().text());
        return call(route, filling, request);
      }
      if (filling != null) {
        allowed.add(route.method());
      }
    }
    // Whoever is not let in learns nothing of what there is.
    Admitted _ = admitted(request);
    throw allowed.isEmpty()
        ? Problem.of(ProblemCode.ROUTE_NOT_FOUND)
            .detail("There is nothing at this address of the operator's side.")
            .refusal()
        : Problem.of(ProblemCode.METHOD_NOT_ALLOWED)
            .header("Allow", String.join(", ", allowed))
            .refusal();
  }

  private ApiResponse call(OperatorRoute route, String filling, ApiRequest request) {
    Admitted admitted = admitted(request);
    if (!admitted.scopes().contains(route.scope())) {
      throw scopeMissing(route.scope());
    }
    Query query = Query.parse(request.query(), route.parameters());
    JsonNode body = route.takesBody() ? Api.body(request) : null;
    return route.handler().handle(new OperatorRoute.Call(admitted, filling, query), body);
  }

  static Refusal scopeMissing(Scope scope) {
    return Problem.of(ProblemCode.SCOPE_MISSING)
        .detail("This needs a token with the scope " + scope + ", and this one has none such.")
        .refusal();
  }

  private Admitted admitted(ApiRequest request) {
    List<String> authorization = request.all("Authorization");
    if (authorization.isEmpty()) {
      throw Problem.of(ProblemCode.TOKEN_MISSING)
          .detail(
              "This needs an operator's token as Authorization: Bearer. Make one with `parley operator"
                  + " token create`.")
          .refusal();
    }
    Matcher bearer = BEARER.matcher(authorization.getFirst());
    Admitted admitted =
        authorization.size() == 1 && bearer.matches()
            ? operators.admit(bearer.group(1), request.method(), request.path())
            : null;
    if (admitted == null) {
      throw Problem.of(ProblemCode.TOKEN_INVALID)
          .detail(
              "This is no operator's token: it was taken back, has expired, or never was. Make another"
                  + " with `parley operator token create`.")
          .refusal();
    }
    return admitted;
  }

  /// Whether a request is meant for this host, and not led here under another name.
  public boolean isForHere(ApiRequest request) {
    String host = request.only("Host");
    Origin origin = host == null ? null : origin("http://" + host);
    return origin != null && (origin.isLoopback() || hosts.contains(origin.host()));
  }

  private static boolean isFromHere(ApiRequest request) {
    Origin origin = origin("http://" + request.only("Host"));
    return origin != null && origin.value().equals(request.only("Origin"));
  }

  private static @Nullable Origin origin(String url) {
    return Origin.parse(url) instanceof parley.messaging.Parsed.Good<Origin>(Origin origin)
        ? origin
        : null;
  }

  private static ApiResponse finished(ApiResponse response, String requestId) {
    List<Header> headers = new ArrayList<>(CommonHeaders.BASIC);
    headers.add(new Header(RequestId.HEADER, requestId));
    headers.add(new Header("Cache-Control", "no-store"));
    return response.with(headers);
  }
}
