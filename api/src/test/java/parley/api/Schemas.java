package parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON Schemas of the wire records, collected under the names that [Wire] gives them.
final class Schemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> named = new TreeMap<>();
  private final Map<String, Class<?>> owners = new HashMap<>();

  ObjectNode all() {
    ObjectNode all = JSON.objectNode();
    named.forEach(all::set);
    return all;
  }

  ObjectNode request(Class<?> type) {
    return record(type, true);
  }

  ObjectNode answer(Class<?> type) {
    return record(type, false);
  }

  private ObjectNode record(Class<?> type, boolean asked) {
    Wire wire = type.getAnnotation(Wire.class);
    if (wire == null) {
      throw new IllegalStateException(type + " travels and has no @Wire");
    }
    Class<?> owner = owners.putIfAbsent(wire.name(), type);
    if (owner != null && !owner.equals(type)) {
      throw new IllegalStateException(owner + " and " + type + " are both called " + wire.name());
    }
    if (owner == null) {
      named.put(wire.name(), type.isSealed() ? oneOf(type, wire) : object(type, wire, asked));
    }
    return JSON.objectNode().put("$ref", "#/components/schemas/" + wire.name());
  }

  private ObjectNode oneOf(Class<?> type, Wire wire) {
    ObjectNode schema = JSON.objectNode().put("description", wire.doc());
    ArrayNode variants = schema.putArray("oneOf");
    ObjectNode mapping = JSON.objectNode();
    for (Class<?> variant : type.getPermittedSubclasses()) {
      ObjectNode reference = record(variant, false);
      variants.add(reference);
      mapping.set(variant.getAnnotation(JsonTypeName.class).value(), reference.get("$ref"));
    }
    schema.putObject("discriminator").put("propertyName", "kind").set("mapping", mapping);
    return schema;
  }

  private ObjectNode object(Class<?> type, Wire wire, boolean asked) {
    ObjectNode schema = JSON.objectNode().put("type", "object").put("description", wire.doc());
    ObjectNode properties = JSON.objectNode();
    ArrayNode required = JSON.arrayNode();
    JsonTypeName kind = type.getAnnotation(JsonTypeName.class);
    if (kind != null) {
      properties.putObject("kind").put("type", "string").put("const", kind.value());
      required.add("kind");
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String name = BodyReader.wireName(component);
      boolean nullable = !BodyReader.isRequired(component);
      boolean left = component.getAccessor().isAnnotationPresent(JsonInclude.class);
      ObjectNode property = value(component, component.getAnnotatedType(), asked);
      properties.set(name, !asked && nullable && !left ? orNull(property) : property);
      Doc doc = component.getAnnotation(Doc.class);
      if (doc != null) {
        ((ObjectNode) properties.get(name)).put("description", doc.value());
      }
      if (asked ? !nullable : !left) {
        required.add(name);
      }
    }
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (asked) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.has("$ref")) {
      ObjectNode either = JSON.objectNode();
      either.putArray("anyOf").add(schema).add(JSON.objectNode().put("type", "null"));
      return either;
    }
    if (schema.get("enum") instanceof ArrayNode values) {
      values.addNull();
    }
    String type = schema.get("type").stringValue();
    schema.putArray("type").add(type).add("null");
    return schema;
  }

  private ObjectNode value(RecordComponent component, AnnotatedType annotated, boolean asked) {
    if (annotated instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      ObjectNode element = value(component, arguments[arguments.length - 1], asked);
      return raw(annotated.getType()).equals(List.class)
          ? JSON.objectNode().put("type", "array").set("items", element)
          : JSON.objectNode().put("type", "object").set("additionalProperties", element);
    }
    Class<?> type = raw(annotated.getType());
    if (type.equals(long.class) || type.equals(Long.class) || type.equals(int.class)) {
      return wholeNumber(component.getAnnotation(Range.class));
    }
    if (type.equals(Boolean.class) || type.equals(boolean.class)) {
      return JSON.objectNode().put("type", "boolean");
    }
    if (type.isEnum()) {
      ObjectNode schema = JSON.objectNode().put("type", "string");
      ArrayNode values = schema.putArray("enum");
      List.of(type.getEnumConstants()).forEach(constant -> values.add(constant.toString()));
      return schema;
    }
    return type.equals(String.class) || Scalar.of(type) != null
        ? string(Scalar.of(type), asked)
        : record(type, asked);
  }

  private static ObjectNode string(@Nullable Scalar<?> scalar, boolean asked) {
    ObjectNode schema = JSON.objectNode().put("type", "string");
    if (scalar != null) {
      keywords(schema, asked ? scalar.asked() : scalar.told());
    }
    return schema;
  }

  private static ObjectNode wholeNumber(@Nullable Range range) {
    ObjectNode schema = JSON.objectNode().put("type", "integer").put("format", "int64");
    return range == null ? schema : schema.put("minimum", range.min()).put("maximum", range.max());
  }

  /// Puts JSON Schema keywords, in a stable order.
  static void keywords(ObjectNode schema, Map<String, Object> keywords) {
    new TreeMap<>(keywords).forEach(schema::putPOJO);
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalStateException(type + " cannot travel");
    };
  }
}
