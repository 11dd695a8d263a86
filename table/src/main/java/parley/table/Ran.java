package parley.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import parley.store.AccessPattern;
import parley.store.AccountItems;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// One access pattern, run once on a table: what it asked, got and cost, whoever is told of it.
record Ran(PatternFacts facts, List<Measured> measured, Measured sum) {
  /// Runs it. A write is rehearsed, and changes nothing.
  ///
  /// @param name the pattern's name or number
  /// @param values its arguments, in the order in which its facts give them
  /// @throws Refused if there is no such pattern, or too few or many arguments
  static Ran on(OpenTable table, String name, List<String> values, Instant now) {
    PatternFacts facts = PatternFacts.of(PatternFacts.named(name));
    Given given = given(table, facts, values);
    try (Rehearsal rehearsal = facts.isWrite() ? new Rehearsal(table) : null) {
      Recorder recorder = Recorder.on(table.client(), rehearsal);
      Asking asking = new Asking();
      new Scenarios(table.table(recorder.client(), asking), table.table(), given, now)
          .run(facts.pattern());
      return of(facts, recorder.calls(), asking.patterns);
    }
  }

  private static Given given(OpenTable table, PatternFacts facts, List<String> values) {
    if (values.size() != facts.arguments().size()) {
      throw Refused.option(
          "The pattern "
              + facts.name()
              + " needs "
              + (facts.arguments().isEmpty()
                  ? "nothing more"
                  : String.join(" and ", facts.arguments()))
              + (facts.arguments().size() > 1 ? ", in that order" : "")
              + "; "
              + Out.count(values.size(), "argument")
              + " came. Such as: parley table pattern "
              + String.join(" ", facts.usage()));
    }
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      named.put(facts.arguments().get(i), values.get(i));
    }
    return Given.of(named, handle -> new AccountItems(table.table()).owner(handle));
  }

  private static Ran of(PatternFacts facts, List<Recorder.Call> all, List<AccessPattern> patterns) {
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      // One method may serve two patterns, as a sign-up does: the one that was asked for is told.
      if (i >= patterns.size() || patterns.get(i) == facts.pattern()) {
        measured.add(Measured.of(all.get(i), facts));
      }
    }
    if (measured.isEmpty()) {
      throw Refused.input(
          "As the table is, "
              + facts.name()
              + " is not asked: "
              + String.join(", ", patterns.stream().distinct().map(PatternFacts::name).toList())
              + " comes first, and settled it. `parley table patterns` says what each is for.");
    }
    return new Ran(facts, List.copyOf(measured), Measured.sum(measured));
  }

  /// Asks every request what it consumes, and notes whose it was.
  private static final class Asking implements Units {
    private final List<AccessPattern> patterns = new ArrayList<>();

    @Override
    public void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {
      patterns.add(pattern);
    }

    @Override
    public void refused(AccessPattern pattern) {
      patterns.add(pattern);
    }
  }
}
