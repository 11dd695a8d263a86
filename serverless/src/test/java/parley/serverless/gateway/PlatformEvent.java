package parley.serverless.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An event with every field that the platform's documentation knows for its kind. The gateway of
/// this machine may leave fields out, for nothing reads those; it must not add any, or functions
/// would come to need what they do not get elsewhere.
final class PlatformEvent {
  /// What is in these is up to who asks, or who answered before.
  private static final Set<String> FREE =
      Set.of(
          "headers",
          "multiValueHeaders",
          "queryStringParameters",
          "multiValueQueryStringParameters",
          "pathParameters",
          "authorizer");

  static final PlatformEvent HTTP = new PlatformEvent("http-event.json");
  static final PlatformEvent SOCKET = new PlatformEvent("socket-event.json");

  private final JsonNode event;

  private PlatformEvent(String file) {
    try (InputStream in =
        Objects.requireNonNull(PlatformEvent.class.getResourceAsStream(file), file)) {
      event = JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void hasAllOf(JsonNode made) {
    hasAllOf(event, made, "");
  }

  private static void hasAllOf(JsonNode real, JsonNode made, String at) {
    made.propertyStream()
        .forEach(field -> {
          String name = at + "/" + field.getKey();
          JsonNode like = real.path(field.getKey());
          assertThat(like.getNodeType()).as(name).isEqualTo(field.getValue().getNodeType());
          if (!FREE.contains(field.getKey())) {
            hasAllOf(like, field.getValue(), name);
          }
        });
  }
}
