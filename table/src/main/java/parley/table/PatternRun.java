package parley.table;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parley.server.Refused;
import parley.store.TableMarkdown;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Runs one access pattern on the table as it is, and tells what it asked, got and cost.
///
/// Reads are run on the table. Writes are rehearsed on a copy of the items that they concern, so
/// that looking changes nothing.
public final class PatternRun {
  private static final double MS = 1e6;

  private final OpenTable table;
  private final Out out;
  private final Prices prices;

  public PatternRun(OpenTable table, Out out, Prices prices) {
    this.table = table;
    this.out = out;
    this.prices = prices;
  }

  /// All patterns, for people or programs.
  public static void list(Out out) {
    if (!out.json()) {
      out.line(
          """
          Every question that is asked of the table, each by one look at one place: PK says where an item
          lies, SK orders what lies together. Under each question: the request with its keys, then whether it
          reads the table or an index, and its price. R is a read unit (4 KB read strongly; half of one
          where an older answer does), W a write unit (1 KB written), Ri and Wi the same of the index.
          `parley table pattern NAME` runs one, with what stands behind "give".
          """);
    }
    for (PatternFacts facts : PatternFacts.all()) {
      if (out.json()) {
        out.value(facts.json());
      } else {
        facts.lines(out.ink()).forEach(out::line);
      }
    }
  }

  /// Runs one, and tells of it.
  ///
  /// @param name the pattern's name or number
  /// @param values its arguments, in the order in which `patterns` gives them
  /// @throws Refused if there is no such pattern, or too few or many arguments
  public void run(String name, List<String> values, Instant now) {
    table.description();
    tell(Ran.on(table, name, values, now));
  }

  private void tell(Ran ran) {
    PatternFacts facts = ran.facts();
    List<Measured> measured = ran.measured();
    Measured sum = ran.sum();
    if (out.json()) {
      json(facts, measured, sum);
      return;
    }
    facts.lines(out.ink()).forEach(out::line);
    if (facts.isWrite()) {
      out.line("");
      out.line(
          "A write: tried on a copy in memory of the item that it concerns. Nothing is changed.");
    }
    for (Measured each : measured) {
      out.line("");
      out.line(
          out.ink().bold(each.call().operation()) + "  " + PatternFacts.key(each.call().request()));
      out.line(DynamoJson.lines(request(each)));
      if (each.call().refusal() instanceof ConditionalCheckFailedException) {
        out.line(
            "Refused: its condition does not hold. A refused write is billed like one that holds.");
      }
      each.items().forEach(item -> out.line(out.ink().line(item)));
    }
    out.line("");
    out.line(
        Out.count(measured.size(), "round trip")
            + ", "
            + Out.count(sum.evaluated(), "item")
            + " evaluated, "
            + Out.number(sum.returned())
            + " returned, "
            + String.format(Locale.ROOT, "%.1f ms", sum.took_ns() / MS));
    out.line(
        "Measured "
            + sum.units(facts)
            + "; predicted "
            + predicted(facts, sum)
            + "; by design "
            + TableMarkdown.price(facts.pattern().price()).replace("*", "")
            + " of "
            + facts.pattern().unit()
            + ".");
    out.line(prices.perMillion(sum.table(), sum.index(), facts.isWrite()));
  }

  /// What its units should be by what is known of its items.
  static String predicted(PatternFacts facts, Measured sum) {
    return sum.predicted(facts);
  }

  private void json(PatternFacts facts, List<Measured> measured, Measured sum) {
    Map<String, Object> told = new LinkedHashMap<>(facts.json());
    told.put("requests", measured.stream().map(PatternRun::request).toList());
    told.put("evaluated", sum.evaluated());
    told.put("returned", sum.returned());
    told.put("ms", sum.took_ns() / MS);
    told.put("measured", Map.of("table", sum.table(), "index", sum.index()));
    told.put("predicted", sum.bySize());
    told.put("predictedInIndex", sum.bySizeInIndex());
    told.put("bytes", sum.bytes());
    told.put("refused", measured.stream().anyMatch(each -> each.call().refusal() != null));
    out.value(told);
  }

  /// A request as it goes over the wire.
  static Map<String, Object> request(Measured each) {
    Object plain = DynamoJson.plain(each.call().request());
    Map<String, Object> fields = new LinkedHashMap<>();
    if (plain instanceof Map<?, ?> map) {
      map.forEach((name, value) -> fields.put(String.valueOf(name), value));
    }
    return fields;
  }
}
