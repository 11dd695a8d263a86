package parley.table;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import parley.server.Refused;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Where a page ended, as one word that can be pasted into the next command.
final class Cursor {
  private Cursor() {}

  static String of(Map<String, AttributeValue> lastKey) {
    byte[] json = DynamoJson.text(DynamoJson.item(lastKey)).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /// @throws Refused if no page ended with it
  static Map<String, AttributeValue> parse(String word) {
    try {
      return DynamoJson.readItem(
          DynamoJson.parse(
              new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException | DynamoJson.NotAnItem e) {
      throw Refused.option(
          "--from is the word that the end of a page gives, and this is none. Leave it out to begin at"
              + " the beginning.");
    }
  }
}
