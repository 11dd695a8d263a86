package parley.lambda;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// An object of an event as Lambda hands it over: strings, [BigDecimal]s, booleans, lists, and
/// further [Fields].
///
/// Read token by token: binding to classes would load several hundred of the library's first.
record Fields(Map<String, @Nullable Object> values) {
  /// No fields.
  static final Fields NONE = new Fields(Map.of());

  /// An event is at most 6 MB, which Lambda sees to; a body is one of its strings.
  private static final int STRING_CHARS = 8 * 1024 * 1024;

  private static final int DEPTH = 64;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(STRING_CHARS)
                  .build())
          .build();

  /// The one object that an event is.
  ///
  /// @throws IllegalArgumentException if it is anything else
  static Fields read(InputStream in) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("an event is a JSON object, and this one is not");
      }
      return object(parser);
    }
  }

  /// The same of bytes that are there already.
  static Fields read(byte[] bytes) {
    return read(new ByteArrayInputStream(bytes));
  }

  private static Fields object(JsonParser parser) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      values.put(name, value(parser));
    }
    return new Fields(values);
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalArgumentException("an event holds no " + parser.currentToken());
    };
  }

  /// The string of this name, null if there is none.
  @Nullable String text(String name) {
    return values.get(name) instanceof String text ? text : null;
  }

  /// The string of this name.
  ///
  /// @throws IllegalArgumentException if there is none
  String required(String name) {
    String text = text(name);
    if (text == null) {
      throw new IllegalArgumentException("the event has no " + name);
    }
    return text;
  }

  /// The number of this name, null if there is none.
  @Nullable BigDecimal number(String name) {
    return values.get(name) instanceof BigDecimal number ? number : null;
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /// The object of this name, without any fields if there is none.
  Fields object(String name) {
    return values.get(name) instanceof Fields fields ? fields : NONE;
  }

  /// The objects of a list, in its order.
  List<Fields> objects(String name) {
    return list(name, Fields.class);
  }

  /// The strings of a list, in its order.
  List<String> texts(String name) {
    return list(name, String.class);
  }

  private <T> List<T> list(String name, Class<T> kind) {
    List<T> found = new ArrayList<>();
    if (values.get(name) instanceof List<?> items) {
      for (Object item : items) {
        found.add(kind.cast(item));
      }
    }
    return found;
  }

  /// Tokens, addresses and what people wrote are in events.
  @Override
  public String toString() {
    return "Fields" + values.keySet();
  }
}
