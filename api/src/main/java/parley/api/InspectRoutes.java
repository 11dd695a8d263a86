package parley.api;

import static parley.messaging.operator.Scope.INSPECT;
import static parley.messaging.operator.Scope.TEXTS;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.operator.Operators;
import parley.messaging.operator.Scope;

/// What operators can call to look at the table: what the page `/inspect` shows.
///
/// With [Scope#INSPECT] alone, what people wrote is hidden. Whoever also has [Scope#TEXTS] may ask
/// for it, and each time they do is a line of the audit trail.
final class InspectRoutes {
  private static final String ROOT = OperatorRoutes.ROOT + "/inspect";

  /// What may be the name of an access pattern, and the trail keeps as it is.
  private static final Pattern PATTERN_NAME = Pattern.compile("[a-z0-9-]{1,60}");

  private static final Parameter<Boolean> TEXTS_TOO =
      yesOrNo("texts", "Whether what people wrote comes along.");
  private static final Parameter<Boolean> ASCENDING =
      yesOrNo("ascending", "Whether the least sort keys come first.");
  private static final Parameter<String> FROM = word("from", "Where the page before ended.", false);
  private static final Parameter<String> OF =
      word("of", "A handle, an id of an account or a conversation, or a partition key.", true);
  private static final Parameter<Long> AFTER =
      Parameter.wholeNumber(
          "after", 0, Bounds.CHANGE_MAX, 0L, "The number of the last change that is known.");
  private static final Parameter<Long> WAIT =
      Parameter.wholeNumber(
          "wait", 0, Bounds.CHANGES_WAIT_SECONDS, 0L, "How long to wait for a change, in seconds.");

  private final Inspector inspector;
  private final Operators operators;

  InspectRoutes(Inspector inspector, Operators operators) {
    this.inspector = inspector;
    this.operators = operators;
  }

  /// What the page must know of the token that it was given, and of the table's design.
  record About(List<Scope> scopes, Inspector.Design design) {}

  record NewRun(Argument pattern, List<Argument> arguments) {}

  List<OperatorRoute> all() {
    return List.of(
        OperatorRoute.of("GET", ROOT + "/design", "inspectDesign", INSPECT, this::design),
        OperatorRoute.of(
            "GET",
            ROOT + "/collections",
            "inspectCollections",
            INSPECT,
            this::collections,
            FROM,
            TEXTS_TOO),
        OperatorRoute.of(
            "GET",
            ROOT + "/collection",
            "inspectCollection",
            INSPECT,
            this::collection,
            OF,
            FROM,
            ASCENDING,
            TEXTS_TOO),
        OperatorRoute.of(
            "POST", ROOT + "/runs", "inspectRun", INSPECT, NewRun.class, this::run, TEXTS_TOO),
        OperatorRoute.of(
            "GET", ROOT + "/changes", "inspectChanges", INSPECT, this::changes, AFTER, WAIT),
        get("/units", "inspectUnits", _ -> inspector.consumed()),
        get("/weight", "inspectWeight", _ -> inspector.weighing()),
        OperatorRoute.of(
            "POST", ROOT + "/weight", "inspectWeigh", INSPECT, _ -> json(inspector.weigh())),
        OperatorRoute.of(
            "DELETE",
            ROOT + "/weight",
            "inspectStopWeighing",
            INSPECT,
            _ -> json(inspector.stopWeighing())));
  }

  private static OperatorRoute get(
      String path, String name, Function<OperatorRoute.Call, Object> answer) {
    return OperatorRoute.of("GET", ROOT + path, name, INSPECT, call -> json(answer.apply(call)));
  }

  private static Parameter<Boolean> yesOrNo(String name, String doc) {
    return new Parameter<>(
        name,
        doc,
        false,
        false,
        text ->
            switch (text) {
              case "true" -> Parsed.good(true);
              case "false" -> Parsed.good(false);
              default -> Parsed.bad("wrong_type", name + " is true or false.");
            },
        Map.of("type", "boolean"));
  }

  private static Parameter<String> word(String name, String doc, boolean required) {
    return new Parameter<>(
        name,
        doc,
        required,
        null,
        text ->
            text.isEmpty() || text.length() > Bounds.INSPECT_WORD_CHARS
                ? Parsed.bad(
                    "length", name + " has 1 to " + Bounds.INSPECT_WORD_CHARS + " characters.")
                : Parsed.good(text),
        Map.of("type", "string"));
  }

  private ApiResponse design(OperatorRoute.Call call) {
    List<Scope> scopes = call.admitted().scopes().stream().sorted().toList();
    return json(new About(scopes, inspector.design()));
  }

  private ApiResponse collections(OperatorRoute.Call call) {
    boolean texts = texts(call, "the whole table", List.of());
    return json(good("from", inspector.collections((String) value(call, FROM), texts)));
  }

  private ApiResponse collection(OperatorRoute.Call call) {
    String of = String.valueOf(value(call, OF));
    boolean texts = texts(call, "collection", List.of(of));
    boolean ascending = Boolean.TRUE.equals(value(call, ASCENDING));
    return json(
        good("of", inspector.collection(of, (String) value(call, FROM), !ascending, texts)));
  }

  private ApiResponse run(OperatorRoute.Call call, NewRun wanted) {
    List<String> arguments = wanted.arguments().stream().map(Argument::value).toList();
    if (arguments.size() > Bounds.ARGUMENTS) {
      throw Faults.of(
          "arguments",
          new Parsed.Bad<>("too_many", "No pattern takes more than " + Bounds.ARGUMENTS + "."));
    }
    String pattern = wanted.pattern().value();
    boolean texts =
        texts(
            call,
            "pattern " + (PATTERN_NAME.matcher(pattern).matches() ? pattern : "?"),
            arguments);
    try {
      return json(good("arguments", inspector.run(pattern, arguments, texts)));
    } catch (Inspector.Busy e) {
      throw Problem.of(ProblemCode.TOO_BUSY)
          .detail("Another access pattern is being run. Try again in a moment.")
          .refusal();
    }
  }

  private ApiResponse changes(OperatorRoute.Call call) {
    long after = (Long) Objects.requireNonNull(value(call, AFTER), "has a default");
    long wait = (Long) Objects.requireNonNull(value(call, WAIT), "has a default");
    return json(inspector.changes(after, Duration.ofSeconds(wait)));
  }

  /// Whether this call is told what people wrote: where it asks, has the scope, and is in the
  /// trail.
  private boolean texts(OperatorRoute.Call call, String where, List<String> words) {
    if (!Boolean.TRUE.equals(value(call, TEXTS_TOO))) {
      return false;
    }
    if (!call.admitted().scopes().contains(TEXTS)) {
      throw OperatorApi.scopeMissing(TEXTS);
    }
    operators.readsTexts(call.admitted().actor(), where, words);
    return true;
  }

  private static @Nullable Object value(OperatorRoute.Call call, Parameter<?> parameter) {
    return call.query().values().get(parameter);
  }

  private static <T> T good(String field, Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Good<T>(T value) -> value;
      case Parsed.Bad<T> bad -> throw Faults.of(field, bad);
    };
  }

  private static ApiResponse json(Object body) {
    return new ApiResponse(
        200, List.of(new Header("Content-Type", "application/json")), Json.write(body));
  }
}
