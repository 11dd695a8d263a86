package parley.prove;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A message as a server shows it. The `clientId` is shown to its sender alone.
record Item(long seq, String from, String text, @Nullable String clientId) {
  static Item of(JsonNode json) {
    JsonNode clientId = json.path("clientId");
    return new Item(
        json.path("seq").asLong(),
        json.path("from").asString(""),
        json.path("text").asString(""),
        clientId.isString() ? clientId.asString() : null);
  }

  /// The same, as somebody sees it who did not send it.
  Item asOthersSeeIt() {
    return new Item(seq, from, text, null);
  }
}
