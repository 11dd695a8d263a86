package parley.serverless.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.serverless.template.ApiSettings.Route;
import parley.serverless.template.Template.Resource;
import tools.jackson.databind.node.JsonNodeFactory;

/// Of several routes that a request could take, it takes the most exact one.
class HttpRoutesTest {
  private static final List<String> KEYS =
      List.of(
          "ANY /api/{proxy+}",
          "GET /api/me",
          "ANY /api/me",
          "GET /api/people/{id}",
          "GET /health/{proxy+}",
          "GET /openapi.json");

  private static HttpRoutes routes(Stream<String> keys) {
    Resource function = new Resource("F", "", JsonNodeFactory.instance.objectNode());
    return new HttpRoutes(keys.map(key -> new Route(key, function, null, false)).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/me, GET /api/me",
    "PUT, /api/me, ANY /api/me",
    "GET, /api/people/ann, GET /api/people/{id}",
    "GET, /api/people/ann/more, ANY /api/{proxy+}",
    "POST, /api/people/ann, ANY /api/{proxy+}",
    "GET, /health/live, GET /health/{proxy+}",
    "GET, /openapi.json, GET /openapi.json",
    "POST, /openapi.json, none",
    "GET, /api, none",
    "GET, /health, none",
    "GET, /, none",
  })
  void itTakesTheMostExact(String method, String path, String key) {
    HttpRoutes.Taken taken = routes(KEYS.stream()).of(method, path);
    assertThat(taken == null ? "none" : taken.route().key()).isEqualTo(key);
    HttpRoutes.Taken otherwise =
        routes(Stream.concat(KEYS.stream(), Stream.of("$default"))).of(method, path);
    assertThat(otherwise).isNotNull();
    assertThat(otherwise.route().key()).isEqualTo(key.equals("none") ? "$default" : key);
  }
}
