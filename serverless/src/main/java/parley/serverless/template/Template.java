package parley.serverless.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A synthesised template, and what its references mean here.
public final class Template {
  static final JsonMapper JSON = JsonMapper.builder().build();

  /// The resource of a name of this machine, such as `arn:aws:lambda:local-1:…:function:Http`.
  private static final Pattern NAMED =
      Pattern.compile("arn:aws:[a-z0-9-]+:[^:]*:\\d*:(?:function:)?([A-Za-z0-9]+).*");

  private final JsonNode resources;
  private final Values values;

  private Template(JsonNode root, String region, Map<String, String> parameters) {
    this.resources = root.path("Resources");
    this.values = new Values(root, region, parameters);
  }

  /// A template that cannot be run here, and why: a sentence for a person.
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unusable(String sentence) {
      super(sentence);
    }
  }

  /// One resource; `properties` has no references left.
  public record Resource(String id, String type, JsonNode properties) {
    /// Text at a path such as `DestinationConfig.OnFailure.Destination`, null for none.
    public @Nullable String text(String path) {
      JsonNode found = at(path);
      return found.isMissingNode() || found.isNull() ? null : found.asString();
    }

    /// The same where it must be there.
    ///
    /// @throws Unusable if it is not
    public String required(String path) {
      String found = text(path);
      if (found == null) {
        throw new Unusable("the resource " + id + " (" + type + ") has no " + path);
      }
      return found;
    }

    public int number(String path, int otherwise) {
      JsonNode found = at(path);
      return found.isMissingNode() ? otherwise : found.asInt();
    }

    public boolean isTrue(String path) {
      return at(path).asBoolean(false);
    }

    public JsonNode at(String path) {
      JsonNode found = properties;
      for (String name : path.split("\\.", -1)) {
        found = found.path(name);
      }
      return found;
    }
  }

  /// Reads a template; parameters that are not given have their defaults.
  ///
  /// @throws Unusable if the file cannot be read, or is no template
  public static Template read(Path file, String region, Map<String, String> parameters) {
    try {
      return parse(Files.readString(file), region, parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same of a text.
  public static Template parse(String text, String region, Map<String, String> parameters) {
    try {
      JsonNode root = JSON.readTree(text);
      if (!root.path("Resources").isObject()) {
        throw new Unusable("it is no CloudFormation template: it has no Resources");
      }
      return new Template(root, region, parameters);
    } catch (JacksonException e) {
      throw new Unusable("it is no CloudFormation template: " + e.getOriginalMessage());
    }
  }

  /// All resources of a type, in their order; those whose condition does not hold are not there.
  public List<Resource> all(String type) {
    List<Resource> found = new ArrayList<>();
    resources
        .propertyStream()
        .forEach(entry -> {
          JsonNode resource = entry.getValue();
          if (resource.path("Type").asString("").equals(type) && values.isThere(resource)) {
            found.add(
                new Resource(entry.getKey(), type, values.resolved(resource.path("Properties"))));
          }
        });
    return found;
  }

  /// The resource that a resolved reference names.
  ///
  /// @throws Unusable if there is none
  public Resource named(String reference) {
    Matcher arn = NAMED.matcher(reference);
    String id = arn.matches() ? arn.group(1) : reference;
    JsonNode resource = resources.path(id);
    if (resource.isMissingNode()) {
      throw new Unusable("it has no resource " + reference);
    }
    return new Resource(
        id, resource.path("Type").asString(""), values.resolved(resource.path("Properties")));
  }

  /// The function that a reference means, by its ARN, an alias, or within the address that a
  /// gateway calls it by.
  public Resource function(String reference) {
    int begins = reference.indexOf("/functions/");
    return named(begins < 0 ? reference : reference.substring(begins + "/functions/".length()));
  }
}
