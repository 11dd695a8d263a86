package parley.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import tools.jackson.databind.JsonNode;

/// Turns a JSON object into a request record, strictly, naming every fault.
///
/// The record is the one description of the request: its components are the fields, in the types of
/// the domain ([Scalar]), `long` with a [Range], or lists of those. What is not a component is
/// refused by name, for a client that sends it expects something of it.
final class BodyReader<B> {
  private final Constructor<B> constructor;
  private final List<RecordComponent> fields;
  private final String names;

  BodyReader(Class<B> type) {
    this.fields = List.of(type.getRecordComponents());
    this.names = fields.stream().map(BodyReader::wireName).collect(Collectors.joining(", "));
    try {
      this.constructor =
          type.getDeclaredConstructor(
              fields.stream().map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " is no record", e);
    }
    constructor.setAccessible(true);
  }

  /// The request, or a refusal.
  B read(JsonNode body) {
    Faults faults = new Faults();
    if (!body.isObject()) {
      faults.add("", "wrong_type", "The body must be a JSON object. Send one with " + names + ".");
      faults.refuse();
    }
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      RecordComponent field = fields.get(i);
      JsonNode value = body.get(wireName(field));
      if (value != null) {
        values[i] = value(field, field.getAnnotatedType(), wireName(field), value, faults);
      } else if (isRequired(field)) {
        faults.add(wireName(field), "missing", "This field is missing. Send it.");
      }
    }
    for (String name : body.propertyNames()) {
      if (fields.stream().noneMatch(field -> wireName(field).equals(name))) {
        faults.add(
            Faults.told(name),
            "unknown_field",
            "There is no such field here. Leave it out; the fields are " + names + ".");
      }
    }
    faults.refuse();
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot make " + constructor.getDeclaringClass().getSimpleName(), e);
    }
  }

  /// The name under which a component travels: its own, unless Java reserves it.
  static String wireName(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null ? component.getName() : named.value();
  }

  static boolean isRequired(RecordComponent field) {
    return !field.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static @Nullable Object value(
      RecordComponent field, AnnotatedType annotated, String name, JsonNode value, Faults faults) {
    if (annotated instanceof AnnotatedParameterizedType list) {
      return list(field, list.getAnnotatedActualTypeArguments()[0], name, value, faults);
    }
    Class<?> type = raw(annotated);
    if (type == long.class) {
      return wholeNumber(field.getAnnotation(Range.class), name, value, faults);
    }
    if (type == Boolean.class) {
      if (!value.isBoolean()) {
        faults.add(name, "wrong_type", "This field must be true or false. Send one.");
        return null;
      }
      return value.booleanValue();
    }
    Scalar<?> scalar = Scalar.of(type);
    Function<String, ? extends Parsed<?>> parse = scalar == null ? null : scalar.parse();
    if (parse == null) {
      throw new IllegalStateException("no request can carry a " + type);
    }
    if (!value.isString()) {
      faults.add(name, "wrong_type", "This field must be a string. Send one.");
      return null;
    }
    return switch (parse.apply(value.stringValue())) {
      case Parsed.Good<?>(var good) -> good;
      case Parsed.Bad<?>(String code, String message) -> {
        faults.add(name, code, message);
        yield null;
      }
    };
  }

  private static @Nullable Object list(
      RecordComponent field, AnnotatedType element, String name, JsonNode value, Faults faults) {
    if (!value.isArray()) {
      faults.add(name, "wrong_type", "This field must be a list. Send one.");
      return null;
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      Object one = value(field, element, name + "[" + i + "]", value.get(i), faults);
      if (one != null) {
        elements.add(one);
      }
    }
    return elements;
  }

  private static @Nullable Object wholeNumber(
      Range range, String name, JsonNode value, Faults faults) {
    if (!value.isIntegralNumber()) {
      faults.add(name, "wrong_type", "This field must be a whole number. Send one.");
      return null;
    }
    if (!value.canConvertToLong()
        || value.longValue() < range.min()
        || value.longValue() > range.max()) {
      faults.add(
          name,
          "out_of_range",
          "This number must be from " + range.min() + " to " + range.max() + ".");
      return null;
    }
    return value.longValue();
  }

  private static Class<?> raw(AnnotatedType annotated) {
    return switch (annotated.getType()) {
      case Class<?> type -> type;
      case ParameterizedType type -> (Class<?>) type.getRawType();
      default -> throw new IllegalStateException("no wire type: " + annotated);
    };
  }
}
