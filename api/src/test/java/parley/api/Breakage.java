package parley.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/// What in a newer OpenAPI document would break a client that was written for an older one.
///
/// Clients pass over fields, kinds and problem codes that they do not know, so more of those in an
/// answer breaks nobody. Requests are strict, so a field that is no longer known is refused.
final class Breakage {
  private final JsonNode older;
  private final JsonNode newer;
  private final List<String> found = new ArrayList<>();

  private Breakage(JsonNode older, JsonNode newer) {
    this.older = older;
    this.newer = newer;
  }

  /// One line for each, empty if there is none.
  static List<String> between(JsonNode older, JsonNode newer) {
    Breakage breakage = new Breakage(older, newer);
    breakage.paths();
    return breakage.found;
  }

  private void paths() {
    for (String path : older.path("paths").propertyNames()) {
      JsonNode before = older.path("paths").path(path);
      JsonNode after = newer.path("paths").path(path);
      if (after.isMissingNode()) {
        found.add(path + " is gone");
        continue;
      }
      for (String method : before.propertyNames()) {
        String where = method.toUpperCase(Locale.ROOT) + " " + path;
        if (after.has(method)) {
          operation(where, before.path(method), after.path(method));
        } else {
          found.add(where + " is gone");
        }
      }
    }
  }

  private void operation(String where, JsonNode before, JsonNode after) {
    if (!before.path("operationId").equals(after.path("operationId"))) {
      found.add(where + ": another operationId, which generated clients call it by");
    }
    if (before.path("security").isEmpty() && !after.path("security").isEmpty()) {
      found.add(where + " now needs a session");
    }
    parameters(where, before.path("parameters"), after.path("parameters"));
    body(where + " request", before.path("requestBody"), after.path("requestBody"));
    for (String status : before.path("responses").propertyNames()) {
      JsonNode was = resolved(older, before.path("responses").path(status));
      JsonNode is = resolved(newer, after.path("responses").path(status));
      if (is.isMissingNode()) {
        found.add(where + " no longer answers " + status);
      } else {
        content(where + " " + status, was.path("content"), is.path("content"), false);
      }
    }
  }

  private void parameters(String where, JsonNode before, JsonNode after) {
    for (JsonNode was : before) {
      JsonNode is = named(after, was);
      String name = where + " ?" + was.path("name").asString();
      if (is.isMissingNode()) {
        found.add(name + " is gone");
        continue;
      }
      if (!was.path("required").asBoolean(false) && is.path("required").asBoolean(false)) {
        found.add(name + " is now required");
      }
      schema(name, was.path("schema"), is.path("schema"), true);
      if (was.path("schema").has("default")
          && !was.path("schema").path("default").equals(is.path("schema").path("default"))) {
        found.add(name + " has another default");
      }
    }
    for (JsonNode is : after) {
      if (is.path("required").asBoolean(false) && named(before, is).isMissingNode()) {
        found.add(where + " ?" + is.path("name").asString() + " is new and required");
      }
    }
  }

  private static JsonNode named(JsonNode parameters, JsonNode wanted) {
    for (JsonNode one : parameters) {
      if (one.path("name").equals(wanted.path("name"))
          && one.path("in").equals(wanted.path("in"))) {
        return one;
      }
    }
    return MissingNode.getInstance();
  }

  private void body(String where, JsonNode before, JsonNode after) {
    if (before.isMissingNode() && after.path("required").asBoolean(false)) {
      found.add(where + " now needs a body");
    } else if (!before.isMissingNode()) {
      if (!before.path("required").asBoolean(false) && after.path("required").asBoolean(false)) {
        found.add(where + " now needs a body");
      }
      content(where, before.path("content"), after.path("content"), true);
    }
  }

  private void content(String where, JsonNode before, JsonNode after, boolean asked) {
    for (String mediaType : before.propertyNames()) {
      if (after.has(mediaType)) {
        schema(
            where,
            before.path(mediaType).path("schema"),
            after.path(mediaType).path("schema"),
            asked);
      } else {
        found.add(where + ": no more " + mediaType);
      }
    }
  }

  /// `asked` schemas may only grow wider, told ones only narrower.
  private void schema(String where, JsonNode old, JsonNode now, boolean asked) {
    JsonNode before = resolved(older, old);
    JsonNode after = resolved(newer, now);
    types(where, before, after, asked);
    if (asked) {
      values(where, before, after);
      limits(where, before, after);
    } else if (!before.path("const").equals(after.path("const"))) {
      found.add(where + " is another constant");
    }
    for (String keyword : new String[] {"format", "pattern"}) {
      // A tighter pattern of an answer breaks nobody, and none can be compared with another.
      boolean matters =
          asked ? after.has(keyword) : keyword.equals("format") && before.has(keyword);
      if (matters && !before.path(keyword).equals(after.path(keyword))) {
        found.add(where + " has another " + keyword);
      }
    }
    properties(where, before, after, asked);
    for (String keyword : new String[] {"items", "additionalProperties"}) {
      if (before.path(keyword).isObject() && after.path(keyword).isObject()) {
        String inside = keyword.equals("items") ? "[]" : "{}";
        schema(where + inside, before.path(keyword), after.path(keyword), asked);
      }
    }
    alternatives(where, before, after, asked);
    for (int i = 0; i < before.path("allOf").size(); i++) {
      schema(where, before.path("allOf").path(i), after.path("allOf").path(i), asked);
    }
  }

  private void types(String where, JsonNode before, JsonNode after, boolean asked) {
    Set<String> was = types(before);
    Set<String> is = types(after);
    Set<String> narrower = asked ? is : was;
    Set<String> wider = asked ? was : is;
    if (!narrower.containsAll(wider)) {
      found.add(where + " was " + was + " and is " + is);
    }
  }

  /// What it can be; "a reference or null" counts its null.
  private static Set<String> types(JsonNode schema) {
    Set<String> types = new TreeSet<>();
    JsonNode type = schema.path("type");
    if (type.isString()) {
      types.add(type.stringValue());
    }
    type.forEach(one -> types.add(one.asString()));
    schema.path("anyOf").forEach(one -> types.add(one.path("type").asString("object")));
    return types;
  }

  private void values(String where, JsonNode before, JsonNode after) {
    Set<JsonNode> allowed = new HashSet<>();
    after.path("enum").forEach(allowed::add);
    if (after.has("enum") && !before.has("enum")) {
      found.add(where + " allows only certain values now");
    }
    for (JsonNode value : before.path("enum")) {
      if (after.has("enum") && !allowed.contains(value)) {
        found.add(where + " no longer allows " + value.asString());
      }
    }
    if (before.path("additionalProperties").asBoolean(true)
        && !after.path("additionalProperties").asBoolean(true)) {
      found.add(where + " now refuses unknown fields");
    }
  }

  private void limits(String where, JsonNode before, JsonNode after) {
    for (String keyword : new String[] {"minLength", "minimum", "minItems"}) {
      Long is = number(after, keyword);
      Long was = number(before, keyword);
      if (is != null && (was == null || is > was)) {
        found.add(where + ": " + keyword + " is higher");
      }
    }
    for (String keyword : new String[] {"maxLength", "maximum", "maxItems"}) {
      Long is = number(after, keyword);
      Long was = number(before, keyword);
      if (is != null && (was == null || is < was)) {
        found.add(where + ": " + keyword + " is lower");
      }
    }
  }

  private static @Nullable Long number(JsonNode schema, String keyword) {
    return schema.has(keyword) ? Long.valueOf(schema.path(keyword).asLong()) : null;
  }

  private void properties(String where, JsonNode before, JsonNode after, boolean asked) {
    Set<String> wasRequired = names(before);
    Set<String> isRequired = names(after);
    for (String name : before.path("properties").propertyNames()) {
      String field = where + " ." + name;
      JsonNode is = after.path("properties").path(name);
      if (is.isMissingNode()) {
        found.add(field + " is gone");
        continue;
      }
      if (!asked && wasRequired.contains(name) && !isRequired.contains(name)) {
        found.add(field + " may be left out now");
      }
      schema(field, before.path("properties").path(name), is, asked);
    }
    for (String name : isRequired) {
      if (asked && !wasRequired.contains(name)) {
        found.add(where + " ." + name + " is now required");
      }
    }
  }

  private static Set<String> names(JsonNode schema) {
    Set<String> names = new TreeSet<>();
    schema.path("required").forEach(name -> names.add(name.asString()));
    return names;
  }

  private void alternatives(String where, JsonNode before, JsonNode after, boolean asked) {
    for (String keyword : new String[] {"oneOf", "anyOf"}) {
      for (JsonNode was : before.path(keyword)) {
        JsonNode is = JsonNodeFactory.instance.missingNode();
        for (JsonNode candidate : after.path(keyword)) {
          if (candidate.path("$ref").equals(was.path("$ref"))
              && candidate.path("type").equals(was.path("type"))) {
            is = candidate;
          }
        }
        if (!is.isMissingNode()) {
          schema(where + "/" + last(was), was, is, asked);
        } else if (!was.path("type").asString("").equals("null")) {
          found.add(where + " can no longer be " + last(was));
        }
      }
    }
  }

  private static String last(JsonNode reference) {
    String path = reference.path("$ref").asString("");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static JsonNode resolved(JsonNode document, JsonNode schema) {
    JsonNode reference = schema.path("$ref");
    return reference.isString() ? document.at(reference.stringValue().substring(1)) : schema;
  }
}
