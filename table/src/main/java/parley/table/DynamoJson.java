package parley.table;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// DynamoDB JSON, as the service's own protocol and its exports have it: `{"PK":{"S":"U#…"}}`.
///
/// Attributes come in the order of their names and sets in the order of their members, so that one
/// item is always the same text.
final class DynamoJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private DynamoJson() {}

  /// A text that is no item.
  static final class NotAnItem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAnItem(String message) {
      super(message);
    }
  }

  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /// The same over several lines, for people.
  static String lines(Object value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  static Map<String, Object> item(Map<String, AttributeValue> item) {
    Map<String, Object> plain = new TreeMap<>();
    item.forEach((name, value) -> plain.put(name, value(value)));
    return plain;
  }

  /// The text of `item(item)`, written straight: with a whole table's worth of items it is half of
  /// what an export takes.
  static String itemText(Map<String, AttributeValue> item) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = MAPPER.createGenerator(text)) {
      write(item, json);
    }
    return text.toString();
  }

  private static void write(Map<String, AttributeValue> item, JsonGenerator json) {
    List<Map.Entry<String, AttributeValue>> attributes = new ArrayList<>(item.entrySet());
    attributes.sort(Map.Entry.comparingByKey());
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : attributes) {
      AttributeValue value = attribute.getValue();
      json.writeName(attribute.getKey());
      switch (value.type()) {
        case S -> only(json, "S", value.s());
        case N -> only(json, "N", value.n());
        // The rest is rare.
        default -> json.writePOJO(value(value));
      }
    }
    json.writeEndObject();
  }

  private static void only(JsonGenerator json, String type, String value) {
    json.writeStartObject();
    json.writeStringProperty(type, value);
    json.writeEndObject();
  }

  static Map<String, Object> value(AttributeValue value) {
    return switch (value.type()) {
      case S -> Map.of("S", value.s());
      case N -> Map.of("N", value.n());
      case B -> Map.of("B", base64(value.b()));
      case BOOL -> Map.of("BOOL", value.bool());
      case NUL -> Map.of("NULL", true);
      case SS -> Map.of("SS", value.ss().stream().sorted().toList());
      case NS -> Map.of("NS", value.ns().stream().sorted().toList());
      case BS -> Map.of("BS", value.bs().stream().map(DynamoJson::base64).sorted().toList());
      case L -> Map.of("L", value.l().stream().map(DynamoJson::value).toList());
      case M -> Map.of("M", item(value.m()));
      case UNKNOWN_TO_SDK_VERSION ->
          throw new NotAnItem("an attribute has a type that this version does not know");
    };
  }

  /// A request or an answer as it goes over the wire, with nothing in it that was not said.
  static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case SdkAutoConstructMap<?, ?> _ -> null;
      case SdkAutoConstructList<?> _ -> null;
      case AttributeValue attribute -> value(attribute);
      case SdkBytes bytes -> base64(bytes);
      case SdkPojo pojo -> {
        Map<String, Object> fields = new TreeMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
          Object plain = plain(field.getValueOrDefault(pojo));
          if (plain != null) {
            fields.put(field.memberName(), plain);
          }
        }
        yield fields;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        map.forEach((name, each) -> fields.put(String.valueOf(name), plain(each)));
        yield fields;
      }
      case Collection<?> all -> {
        List<@Nullable Object> values = new ArrayList<>();
        all.forEach(each -> values.add(plain(each)));
        yield values;
      }
      default -> value;
    };
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new NotAnItem("not JSON");
    }
  }

  static Map<String, AttributeValue> readItem(JsonNode node) {
    if (!node.isObject()) {
      throw new NotAnItem("not a map of attributes");
    }
    Map<String, AttributeValue> item = new HashMap<>();
    node.properties().forEach(field -> item.put(field.getKey(), readValue(field.getValue())));
    return item;
  }

  private static AttributeValue readValue(JsonNode node) {
    if (!node.isObject() || node.size() != 1) {
      throw new NotAnItem("an attribute is no value with its type");
    }
    Map.Entry<String, JsonNode> only = node.properties().iterator().next();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "S" -> AttributeValue.fromS(value.asString());
      case "N" -> AttributeValue.fromN(value.asString());
      case "B" -> AttributeValue.fromB(bytes(value));
      case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
      case "NULL" -> AttributeValue.fromNul(true);
      case "SS" -> AttributeValue.fromSs(all(value).map(JsonNode::asString).toList());
      case "NS" -> AttributeValue.fromNs(all(value).map(JsonNode::asString).toList());
      case "BS" -> AttributeValue.fromBs(all(value).map(DynamoJson::bytes).toList());
      case "L" -> AttributeValue.fromL(all(value).map(DynamoJson::readValue).toList());
      case "M" -> AttributeValue.fromM(readItem(value));
      default -> throw new NotAnItem("an attribute has the unknown type " + only.getKey());
    };
  }

  private static java.util.stream.Stream<JsonNode> all(JsonNode list) {
    if (!list.isArray()) {
      throw new NotAnItem("a list or set is no list");
    }
    return list.valueStream();
  }

  private static SdkBytes bytes(JsonNode value) {
    try {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(value.asString()));
    } catch (IllegalArgumentException e) {
      throw new NotAnItem("bytes are no base64");
    }
  }
}
