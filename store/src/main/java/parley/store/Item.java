package parley.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The attributes of one item, read with types. What is missing or of the wrong type is a
/// [Malformed], which names the attribute and never its value.
final class Item {
  /// An item that is not what its keys say.
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private final Map<String, AttributeValue> attributes;

  Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  Key key() {
    return new Key(string(TableDesign.PK), string(TableDesign.SK));
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  String string(String name) {
    String value = optionalString(name);
    if (value == null) {
      throw new Malformed("attribute " + name + " is missing or no string");
    }
    return value;
  }

  @Nullable String optionalString(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  long number(String name) {
    AttributeValue value = attributes.get(name);
    try {
      if (value != null && value.n() != null) {
        return Long.parseLong(value.n());
      }
    } catch (NumberFormatException e) {
      // Said below: a number, but no whole one.
    }
    throw new Malformed("attribute " + name + " is missing or no whole number");
  }

  long number(String name, long otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  Instant time(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  List<String> strings(String name) {
    AttributeValue value = attributes.get(name);
    if (value == null || !value.hasSs()) {
      throw new Malformed("attribute " + name + " is missing or no set of strings");
    }
    return value.ss();
  }

  /// A set of whole numbers; none where the attribute is missing.
  Set<Long> numbers(String name) {
    AttributeValue value = attributes.get(name);
    if (value == null) {
      return Set.of();
    }
    try {
      if (value.hasNs()) {
        return value.ns().stream().map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
      }
    } catch (NumberFormatException e) {
      // Said below: numbers, but no whole ones.
    }
    throw new Malformed("attribute " + name + " is no set of whole numbers");
  }

  Map<String, Long> counts(String name) {
    AttributeValue value = attributes.get(name);
    if (value == null || !value.hasM()) {
      throw new Malformed("attribute " + name + " is missing or no map of numbers");
    }
    Map<String, Long> counts = new HashMap<>();
    value.m().forEach((what, count) -> counts.put(what, Long.valueOf(count.n())));
    return counts;
  }

  /// A map of whole numbers; none where the attribute is missing.
  Map<String, Long> numbersByName(String name) {
    AttributeValue value = attributes.get(name);
    Map<String, Long> numbers = new HashMap<>();
    if (value != null) {
      Item inner = new Item(value.m());
      value.m().keySet().forEach(key -> numbers.put(key, inner.number(key)));
    }
    return numbers;
  }

  UserId user(String name) {
    return user(name, string(name));
  }

  Set<UserId> users(String name) {
    return strings(name).stream().map(id -> user(name, id)).collect(Collectors.toUnmodifiableSet());
  }

  private static UserId user(String name, String id) {
    if (!UserId.isId(id)) {
      throw new Malformed("attribute " + name + " is no account id");
    }
    return new UserId(id);
  }

  /// When the item expires, null for never. The service counts in seconds.
  @Nullable Instant expiresAt() {
    return has(TableDesign.TTL) ? Instant.ofEpochSecond(number(TableDesign.TTL)) : null;
  }

  /// Whether it is past its end, and only not deleted yet.
  boolean isExpiredAt(Instant now) {
    Instant expiresAt = expiresAt();
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  /// Attributes by name, for writing.
  static final class Builder {
    private final Map<String, AttributeValue> attributes = new HashMap<>();

    Builder(Key key) {
      attributes.putAll(key.item());
    }

    Builder put(String name, String value) {
      attributes.put(name, AttributeValue.fromS(value));
      return this;
    }

    Builder put(String name, long value) {
      attributes.put(name, AttributeValue.fromN(Long.toString(value)));
      return this;
    }

    Builder put(String name, boolean value) {
      attributes.put(name, AttributeValue.fromBool(value));
      return this;
    }

    Builder put(String name, Instant value) {
      return put(name, value.toEpochMilli());
    }

    Builder put(String name, List<String> values) {
      attributes.put(name, AttributeValue.fromSs(values));
      return this;
    }

    Builder put(String name, Map<String, Long> counts) {
      Map<String, AttributeValue> values = new HashMap<>();
      counts.forEach((what, count) -> values.put(what, AttributeValue.fromN(Long.toString(count))));
      attributes.put(name, AttributeValue.fromM(values));
      return this;
    }

    Builder expiresAt(@Nullable Instant at) {
      return at == null ? this : put(TableDesign.TTL, at.getEpochSecond());
    }

    Map<String, AttributeValue> build() {
      return attributes;
    }
  }
}
