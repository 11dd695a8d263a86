package parley.serverless.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.serverless.template.Template.Unusable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The functions of a template's values (`Ref`, `Fn::GetAtt` and their like), evaluated. What a
/// resource would be called on AWS, it is called here by its name in the template.
final class Values {
  /// Of an account that is nobody's.
  private static final String ACCOUNT = "000000000000";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!][^}]*)}");

  /// Of these, references give the whole ARN and not a name.
  private static final List<String> BY_ARN =
      List.of(
          "AWS::Lambda::Alias",
          "AWS::Lambda::Version",
          "AWS::SecretsManager::Secret",
          "AWS::SNS::Topic");

  private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

  private final JsonNode root;
  private final Map<String, String> known = new HashMap<>();
  private final String region;

  Values(JsonNode root, String region, Map<String, String> parameters) {
    this.root = root;
    this.region = region;
    known.put("AWS::Region", region);
    known.put("AWS::AccountId", ACCOUNT);
    known.put("AWS::Partition", "aws");
    known.put("AWS::URLSuffix", "amazonaws.com");
    known.put("AWS::StackName", "Parley");
    known.put(
        "AWS::StackId", "arn:aws:cloudformation:" + region + ":" + ACCOUNT + ":stack/Parley/1");
    root.path("Parameters")
        .propertyStream()
        .forEach(entry -> known.put(entry.getKey(), entry.getValue().path("Default").asString("")));
    known.putAll(parameters);
  }

  /// Whether a resource is made at all.
  boolean isThere(JsonNode resource) {
    JsonNode condition = resource.path("Condition");
    return condition.isMissingNode() || holds(condition.asString());
  }

  private boolean holds(String condition) {
    return resolved(root.path("Conditions").path(condition)).asBoolean(false);
  }

  /// The value without functions; properties that come to `AWS::NoValue` are left out.
  JsonNode resolved(JsonNode value) {
    if (value.isArray()) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      value.forEach(each -> {
        JsonNode is = resolved(each);
        if (!is.isMissingNode()) {
          all.add(is);
        }
      });
      return all;
    }
    if (!value.isObject()) {
      return value;
    }
    if (value.size() == 1) {
      Map.Entry<String, JsonNode> only = value.properties().iterator().next();
      JsonNode result = function(only.getKey(), only.getValue());
      if (result != null) {
        return result;
      }
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    value
        .propertyStream()
        .forEach(entry -> {
          JsonNode is = resolved(entry.getValue());
          if (!is.isMissingNode()) {
            all.set(entry.getKey(), is);
          }
        });
    return all;
  }

  /// Null for an object that is no function.
  private @Nullable JsonNode function(String name, JsonNode argument) {
    return switch (name) {
      case "Ref" ->
          argument.asString().equals("AWS::NoValue")
              ? NOTHING
              : text(reference(argument.asString()));
      case "Condition" -> argument.isString() ? truth(holds(argument.asString())) : null;
      case "Fn::GetAtt" -> {
        List<String> path = texts(argument.isArray() ? argument : split(argument.asString(), "."));
        yield text(attribute(path.getFirst(), String.join(".", path.subList(1, path.size()))));
      }
      case "Fn::Join" ->
          text(String.join(argument.path(0).asString(), texts(resolved(argument.path(1)))));
      case "Fn::Split" -> split(resolved(argument.path(1)).asString(), argument.path(0).asString());
      case "Fn::Select" -> resolved(argument.path(1)).path(argument.path(0).asInt());
      case "Fn::Sub" -> text(substituted(argument));
      case "Fn::If" -> resolved(argument.path(holds(argument.path(0).asString()) ? 1 : 2));
      case "Fn::Equals" -> truth(resolved(argument.path(0)).equals(resolved(argument.path(1))));
      case "Fn::Not" -> truth(!resolved(argument.path(0)).asBoolean(false));
      case "Fn::And" -> truth(argument.valueStream().allMatch(e -> resolved(e).asBoolean(false)));
      case "Fn::Or" -> truth(argument.valueStream().anyMatch(e -> resolved(e).asBoolean(false)));
      default -> {
        if (name.startsWith("Fn::")) {
          throw new Unusable("it uses " + name + ", which is not understood here");
        }
        yield null;
      }
    };
  }

  private String substituted(JsonNode argument) {
    String pattern = argument.isArray() ? argument.path(0).asString() : argument.asString();
    JsonNode own = argument.isArray() ? resolved(argument.path(1)) : NOTHING;
    Matcher variables = VARIABLE.matcher(pattern);
    StringBuilder text = new StringBuilder();
    while (variables.find()) {
      String name = variables.group(1);
      int dot = name.indexOf('.');
      String value;
      if (own.has(name)) {
        value = own.path(name).asString();
      } else if (dot < 0) {
        value = reference(name);
      } else {
        value = attribute(name.substring(0, dot), name.substring(dot + 1));
      }
      variables.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    variables.appendTail(text);
    return text.toString().replace("${!", "${");
  }

  private String reference(String name) {
    String value = known.get(name);
    if (value != null) {
      return value;
    }
    String type = type(name);
    if (!BY_ARN.contains(type)) {
      return name;
    }
    // Whoever calls an alias or a version calls the function that it is of.
    JsonNode of = root.path("Resources").path(name).path("Properties").path("FunctionName");
    return of.isMissingNode() ? arn(name) : function(resolved(of).asString()) + ":live";
  }

  private String attribute(String name, String attribute) {
    return switch (attribute) {
      case "Arn", "FunctionArn", "TopicArn", "AliasArn", "LogGroupArn" -> arn(name);
      case "StreamArn" -> arn(name) + "/stream/local";
      default -> name + "." + attribute;
    };
  }

  private String arn(String name) {
    String type = type(name);
    if (type.equals("AWS::Lambda::Function")) {
      return function(name);
    }
    String service = type.split("::", -1)[1].toLowerCase(Locale.ROOT);
    return "arn:aws:" + service + ":" + region + ":" + ACCOUNT + ":" + name;
  }

  private String function(String name) {
    return name.startsWith("arn:")
        ? name
        : "arn:aws:lambda:" + region + ":" + ACCOUNT + ":function:" + name;
  }

  private String type(String resource) {
    JsonNode type = root.path("Resources").path(resource).path("Type");
    if (type.isMissingNode()) {
      throw new Unusable("it refers to " + resource + ", which is not in it");
    }
    return type.asString();
  }

  private static JsonNode text(String text) {
    return StringNode.valueOf(text);
  }

  private static JsonNode truth(boolean truth) {
    return JsonNodeFactory.instance.booleanNode(truth);
  }

  private static JsonNode split(String text, String at) {
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    for (String part : text.split(Pattern.quote(at), -1)) {
      parts.add(part);
    }
    return parts;
  }

  private static List<String> texts(JsonNode values) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.asString()));
    return texts;
  }
}
