package parley.api;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.messaging.operator.Operators.Admitted;
import parley.messaging.operator.Scope;
import tools.jackson.databind.JsonNode;

/// One line of the table of what operators can call. Nothing can be called without a scope.
record OperatorRoute(
    String method,
    PathTemplate path,
    String name,
    Scope scope,
    List<Parameter<?>> parameters,
    boolean takesBody,
    Handler handler) {
  OperatorRoute {
    parameters = List.copyOf(parameters);
  }

  /// One call: who makes it, and what its path and query say.
  record Call(Admitted admitted, String filling, Query query) {}

  /// What it does. `body` is null where the route takes none.
  @FunctionalInterface
  interface Handler {
    ApiResponse handle(Call call, @Nullable JsonNode body);
  }

  static OperatorRoute of(
      String method,
      String path,
      String name,
      Scope scope,
      Function<Call, ApiResponse> handler,
      Parameter<?>... parameters) {
    return new OperatorRoute(
        method,
        PathTemplate.of(path),
        name,
        scope,
        List.of(parameters),
        false,
        (call, _) -> handler.apply(call));
  }

  static <B extends Record> OperatorRoute of(
      String method,
      String path,
      String name,
      Scope scope,
      Class<B> request,
      BiFunction<Call, B, ApiResponse> handler,
      Parameter<?>... parameters) {
    BodyReader<B> reader = new BodyReader<>(request);
    return new OperatorRoute(
        method,
        PathTemplate.of(path),
        name,
        scope,
        List.of(parameters),
        true,
        (call, body) -> {
          if (body == null) {
            throw new IllegalStateException(name + " takes a body and was given none");
          }
          return handler.apply(call, reader.read(body));
        });
  }
}
