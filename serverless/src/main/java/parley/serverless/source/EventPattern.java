package parley.serverless.source;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A filter pattern by the rules of AWS Lambda: every field that it names must match, each by any
/// of its conditions; `$or` is any of several patterns. A list in a record matches if any of its
/// elements does.
public final class EventPattern {
  /// How long a pattern may be.
  static final int CHARS = 4_096;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String OR = "$or";

  private final Predicate<JsonNode> pattern;

  private EventPattern(Predicate<JsonNode> pattern) {
    this.pattern = pattern;
  }

  /// Reads a pattern.
  ///
  /// @throws IllegalArgumentException if it is none, or one of rules that Lambda has not
  public static EventPattern parse(String text) {
    if (text.length() > CHARS) {
      throw wrong("it is longer than " + CHARS + " characters");
    }
    try {
      return new EventPattern(fields(JSON.readTree(text)));
    } catch (JacksonException e) {
      throw wrong("it is no JSON");
    }
  }

  public boolean matches(JsonNode event) {
    return pattern.test(event);
  }

  private static Predicate<JsonNode> fields(JsonNode pattern) {
    if (!pattern.isObject() || pattern.isEmpty()) {
      throw wrong("a pattern, and each part of it, is an object of fields");
    }
    List<Predicate<JsonNode>> all = new ArrayList<>();
    pattern
        .propertyStream()
        .forEach(field -> {
          String name = field.getKey();
          JsonNode value = field.getValue();
          if (name.equals(OR)) {
            all.add(anyOf(value));
          } else if (value.isArray()) {
            Predicate<JsonNode> any = conditions(value);
            all.add(event -> any.test(event.path(name)));
          } else {
            Predicate<JsonNode> within = fields(value);
            all.add(event -> within.test(event.path(name)));
          }
        });
    return event -> all.stream().allMatch(each -> each.test(event));
  }

  private static Predicate<JsonNode> anyOf(JsonNode patterns) {
    if (!patterns.isArray() || patterns.size() < 2) {
      throw wrong("$or is a list of two patterns or more");
    }
    List<Predicate<JsonNode>> any = patterns.valueStream().map(EventPattern::fields).toList();
    return event -> any.stream().anyMatch(each -> each.test(event));
  }

  private static Predicate<JsonNode> conditions(JsonNode conditions) {
    if (conditions.isEmpty()) {
      throw wrong("a list of conditions is not empty");
    }
    List<Predicate<JsonNode>> any = conditions.valueStream().map(EventPattern::condition).toList();
    return value -> any.stream().anyMatch(each -> each.test(value));
  }

  private static Predicate<JsonNode> condition(JsonNode condition) {
    if (!condition.isObject()) {
      return leaf(value -> same(condition, value));
    }
    if (condition.size() != 1) {
      throw wrong("a condition has one comparison");
    }
    var only = condition.properties().iterator().next();
    JsonNode operand = only.getValue();
    return switch (only.getKey()) {
      case "exists" -> exists(operand);
      case "prefix" -> text(operand, String::startsWith);
      case "suffix" -> text(operand, String::endsWith);
      case "equals-ignore-case" -> text(operand, String::equalsIgnoreCase);
      case "anything-but" -> anythingBut(operand);
      case "numeric" -> numeric(operand);
      default -> throw wrong("Lambda has no comparison " + only.getKey());
    };
  }

  /// Of a value, never of an object; a field that is not there matches nothing.
  private static Predicate<JsonNode> leaf(Predicate<JsonNode> single) {
    return value ->
        value.isArray()
            ? value.valueStream().anyMatch(each -> each.isValueNode() && single.test(each))
            : value.isValueNode() && single.test(value);
  }

  private static boolean same(JsonNode wanted, JsonNode value) {
    if (wanted.isNumber() && value.isNumber()) {
      return wanted.decimalValue().compareTo(value.decimalValue()) == 0;
    }
    return wanted.equals(value);
  }

  private static Predicate<JsonNode> exists(JsonNode operand) {
    if (!operand.isBoolean()) {
      throw wrong("exists is true or false");
    }
    // Only leaves exist: an object is none.
    return operand.booleanValue()
        ? value -> value.isValueNode() || value.isArray()
        : value -> !(value.isValueNode() || value.isArray());
  }

  private static Predicate<JsonNode> text(JsonNode operand, BiPredicate<String, String> rule) {
    if (!operand.isString()) {
      throw wrong("prefix, suffix and equals-ignore-case are texts");
    }
    String wanted = operand.stringValue();
    return leaf(value -> value.isString() && rule.test(value.stringValue(), wanted));
  }

  private static Predicate<JsonNode> anythingBut(JsonNode operand) {
    if (operand.isObject()) {
      Predicate<JsonNode> but = condition(operand);
      return leaf(value -> !but.test(value));
    }
    List<JsonNode> but = operand.isArray() ? operand.valueStream().toList() : List.of(operand);
    if (but.isEmpty() || !but.stream().allMatch(each -> each.isString() || each.isNumber())) {
      throw wrong("anything-but is a text, a number or a list of them");
    }
    return leaf(value -> but.stream().noneMatch(each -> same(each, value)));
  }

  private static Predicate<JsonNode> numeric(JsonNode operand) {
    if (!operand.isArray() || operand.isEmpty() || operand.size() % 2 != 0 || operand.size() > 4) {
      throw wrong("numeric is one comparison with a number, or two");
    }
    List<Predicate<BigDecimal>> all = new ArrayList<>();
    for (int i = 0; i < operand.size(); i += 2) {
      if (!operand.path(i + 1).isNumber()) {
        throw wrong("numeric compares with numbers");
      }
      all.add(comparison(operand.path(i).asString(""), operand.path(i + 1).decimalValue()));
    }
    return leaf(value ->
        value.isNumber() && all.stream().allMatch(each -> each.test(value.decimalValue())));
  }

  private static Predicate<BigDecimal> comparison(String sign, BigDecimal with) {
    return switch (sign) {
      case "=" -> value -> value.compareTo(with) == 0;
      case ">" -> value -> value.compareTo(with) > 0;
      case ">=" -> value -> value.compareTo(with) >= 0;
      case "<" -> value -> value.compareTo(with) < 0;
      case "<=" -> value -> value.compareTo(with) <= 0;
      default -> throw wrong("numeric has no comparison " + sign);
    };
  }

  private static IllegalArgumentException wrong(String sentence) {
    return new IllegalArgumentException("a filter pattern cannot be used: " + sentence);
  }
}
