package parley.table;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import parley.store.AccessPattern;
import parley.store.Capabilities;
import parley.store.Table;
import parley.store.TableDesign;
import parley.store.TableMarkdown;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// One access pattern with what only its own requests tell: which keys it names, on which index,
/// and what it has to be given. Found by running it dry.
record PatternFacts(
    AccessPattern pattern, List<String> keys, @Nullable String index, List<String> arguments) {
  /// As many as one takes in at a glance.
  private static final int ALIKE = 8;

  static PatternFacts of(AccessPattern pattern) {
    Recorder recorder = Recorder.dry();
    Table table = new Table(recorder.client(), TableDesign.TABLE, Capabilities.ALL, Units.IGNORED);
    Table aside =
        new Table(Recorder.dry().client(), TableDesign.TABLE, Capabilities.ALL, Units.IGNORED);
    Given given = Given.nothing();
    InstantSource clock = () -> Scenarios.DRY_NOW;
    try {
      new Scenarios(table, aside, given, clock.instant()).run(pattern);
    } catch (RuntimeException e) {
      // A method may find nothing where it needs something: after its request, which is what
      // counts.
      if (recorder.calls().isEmpty()) {
        throw e;
      }
    }
    Set<String> keys = new LinkedHashSet<>();
    String index = null;
    for (Recorder.Call call : recorder.calls()) {
      keys.add(Given.template(key(call.request())));
      if (call.request() instanceof QueryRequest query && query.indexName() != null) {
        index = query.indexName();
      }
    }
    return new PatternFacts(pattern, List.copyOf(keys), index, given.asked());
  }

  static List<PatternFacts> all() {
    return TableDesign.patterns().stream().map(PatternFacts::of).toList();
  }

  /// As it is called on the command line: `log-end`.
  String name() {
    return name(pattern);
  }

  /// As a pattern is called on the command line.
  static String name(AccessPattern pattern) {
    return pattern.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws Refused if there is none of this name or number
  static AccessPattern named(String name) {
    return TableDesign.patterns().stream()
        .filter(each -> name(each).equals(name) || Integer.toString(each.number()).equals(name))
        .findFirst()
        .orElseThrow(() ->
            Refused.input(
                "There is no access pattern "
                    + name
                    + "."
                    + like(name)
                    + " `parley table patterns` lists them all."));
  }

  /// Those that have a word in common with what somebody asked for.
  private static String like(String name) {
    Set<String> words = Set.copyOf(List.of(name.split("-")));
    List<String> alike =
        TableDesign.patterns().stream()
            .map(PatternFacts::name)
            .filter(each -> Stream.of(each.split("-")).anyMatch(words::contains))
            .limit(ALIKE)
            .toList();
    return alike.isEmpty() ? "" : " There is " + String.join(", ", alike) + ".";
  }

  /// The words of a command that runs it.
  List<String> usage() {
    return Stream.concat(
            Stream.of(name()), arguments.stream().map(each -> each.toUpperCase(Locale.ROOT)))
        .toList();
  }

  boolean isWrite() {
    return pattern.reads() == TableDesign.Reads.NONE;
  }

  String consistency() {
    return switch (pattern.reads()) {
      case NONE -> "write";
      case STRONG -> "strong";
      case EVENTUAL -> "eventual";
    };
  }

  Map<String, Object> json() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("number", pattern.number());
    facts.put("name", name());
    facts.put("entity", pattern.entity().label());
    facts.put("request", pattern.request());
    facts.put("sentence", pattern.sentence());
    facts.put("keys", keys);
    facts.put("index", index == null ? "" : index);
    facts.put("condition", pattern.condition());
    facts.put("consistency", consistency());
    facts.put("arguments", arguments);
    facts.put(
        "price",
        Map.of(
            "read", pattern.price().read(),
            "write", pattern.price().write(),
            "indexRead", pattern.price().indexRead(),
            "indexWrite", pattern.price().indexWrite(),
            "of", pattern.unit()));
    return facts;
  }

  /// Three lines for people.
  List<String> lines(Ink ink) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(Locale.ROOT, "%3d  ", pattern.number())
            + ink.bold(name())
            + "  "
            + ink.paint(pattern.entity(), pattern.entity().label()));
    lines.add("     " + pattern.sentence());
    lines.add(
        "     "
            + pattern.request()
            + ": "
            + String.join("; ", keys)
            + (isWrite() && !pattern.condition().equals("-") ? ", if " + pattern.condition() : ""));
    lines.add(
        "     "
            + (index == null ? "table" : "index " + index)
            + ", "
            + consistency()
            + ", "
            + TableMarkdown.price(pattern.price()).replace("*", "")
            + " of "
            + pattern.unit()
            + (arguments.isEmpty() ? "" : ink.faint("; give " + String.join(" ", arguments))));
    return lines;
  }

  /// Which items a request names, with its placeholders filled in.
  static String key(DynamoDbRequest request) {
    return switch (request) {
      case QueryRequest query -> condition(query);
      case BatchGetItemRequest batch ->
          pair(batch.requestItems().values().iterator().next().keys().getFirst());
      default -> pair(Recorder.keyOf(request));
    };
  }

  private static String pair(Map<String, AttributeValue> key) {
    return TableDesign.PK
        + " = "
        + Ink.key(key, TableDesign.PK)
        + " AND "
        + TableDesign.SK
        + " = "
        + Ink.key(key, TableDesign.SK);
  }

  private static String condition(QueryRequest query) {
    Map<String, String> words = new HashMap<>(query.expressionAttributeNames());
    query.expressionAttributeValues().forEach((name, value) -> words.put(name, value.s()));
    String text = query.keyConditionExpression();
    // The longest first: `:pk` begins like `:pkMore`.
    for (String word : words.keySet().stream().sorted((a, b) -> b.length() - a.length()).toList()) {
      text = text.replace(word, words.get(word));
    }
    return text + (Boolean.FALSE.equals(query.scanIndexForward()) ? ", descending" : "");
  }
}
