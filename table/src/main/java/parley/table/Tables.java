package parley.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import parley.store.TableAdmin.Capacity;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Whole tables: made, dropped, listed, and how they are.
public final class Tables {
  /// How many items are looked at before a table is dropped: reading them costs at most ten cents.
  private static final long PATIENCE = 1_000_000;

  private final OpenTable table;
  private final Out out;
  private final long patience;

  public Tables(OpenTable table, Out out) {
    this(table, out, PATIENCE);
  }

  Tables(OpenTable table, Out out, long patience) {
    this.patience = patience;
    this.table = table;
    this.out = out;
  }

  /// Makes the table if it is not there, and returns once it can be used.
  public void create(Capacity capacity) {
    boolean there = table.admin().describe() != null;
    TableDescription made = table.admin().ensure(capacity);
    if (out.json()) {
      out.value(Map.of("table", table.name(), "made", !there, "capacity", capacity(made)));
      return;
    }
    out.line(
        there
            ? "The table "
                + table.name()
                + " "
                + table.place()
                + " is there already, as the design says; its capacity is "
                + capacity(made)
                + ", and stays."
            : "The table "
                + table.name()
                + " is made "
                + table.place()
                + ", with the capacity "
                + capacity(made)
                + ".");
  }

  /// Why it must not be dropped is thrown; otherwise what goes with it.
  ///
  /// @throws Refused if there is none, it is protected, or not Parley's alone
  public Doomed mayDrop() {
    TableDescription there = table.description();
    List<String> differences = table.admin().differences(there);
    if (!differences.isEmpty()) {
      throw new Refused(
          "The table "
              + table.name()
              + " is not Parley's, and is left alone: "
              + String.join("; ", differences)
              + ".");
    }
    if (Boolean.TRUE.equals(there.deletionProtectionEnabled())) {
      throw new Refused(
          Refused.Why.PERMISSION,
          "The table "
              + table.name()
              + " is protected from being deleted. Lift that with the provider's console first.");
    }
    table
        .server()
        .ifPresent(url -> {
          throw new Refused(
              Refused.Why.BUSY,
              "The server at "
                  + url
                  + " is at work on the table "
                  + table.name()
                  + ", and would hear nothing of what changes in another one. Stop it first.");
        });
    Doomed seen = mustHoldNothingElse(Out.about(there));
    Doomed doomed = new Doomed(Math.max(seen.items(), Out.about(there)), seen.known());
    if (!doomed.known()) {
      out.aside(
          "Its first "
              + Out.number(seen.items())
              + " items are Parley's; those after them were not looked at.");
    }
    return doomed;
  }

  /// What goes with a table that may be dropped.
  ///
  /// @param items how many, about
  /// @param known whether all of them were looked at
  public record Doomed(long items, boolean known) {}

  /// Looks at the keys of everything, or of as much as there is patience for, and ends at the first
  /// item that is not Parley's.
  private Doomed mustHoldNothingElse(long about) {
    long looked = 0;
    Map<String, AttributeValue> from = Map.of();
    try (ProgressBar progress = out.progress("look", about)) {
      do {
        Map<String, AttributeValue> start = from;
        ScanResponse page =
            table
                .client()
                .scan(r -> {
                  r.tableName(table.name())
                      .projectionExpression(TableDesign.PK + ", " + TableDesign.SK);
                  if (!start.isEmpty()) {
                    r.exclusiveStartKey(start);
                  }
                });
        for (Map<String, AttributeValue> key : page.items()) {
          if (Ink.entity(key) == null) {
            throw new Refused(
                "The table "
                    + table.name()
                    + " also holds items that are not Parley's, such as "
                    + Ink.printable(Ink.key(key, TableDesign.PK))
                    + ", and is left alone. `parley table audit` tells how many.");
          }
        }
        looked += page.items().size();
        progress.stepTo(looked);
        from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
      } while (!from.isEmpty() && looked < patience);
    }
    return new Doomed(looked, from.isEmpty());
  }

  public void drop() {
    table.admin().drop();
    if (out.json()) {
      out.value(Map.of("table", table.name(), "dropped", true));
    } else {
      out.line("The table " + table.name() + " " + table.place() + " is dropped.");
    }
  }

  /// How the table is, and what is not as the design says.
  ///
  /// @return whether it is Parley's and can be used
  public boolean status() {
    TableDescription there = table.description();
    List<String> differences = table.admin().differences(there);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("table", table.name());
    facts.put("where", table.place());
    facts.put("state", there.tableStatusAsString());
    facts.put("capacity", capacity(there));
    facts.put("items", orZero(there.itemCount()));
    facts.put("bytes", orZero(there.tableSizeBytes()));
    there
        .globalSecondaryIndexes()
        .forEach(index -> {
          facts.put("index " + index.indexName(), String.valueOf(index.indexStatusAsString()));
          facts.put("index " + index.indexName() + " items", orZero(index.itemCount()));
          // The embedded engine says the table's size here: that would look as if all were in it.
          if (!table.isEmbedded()) {
            facts.put("index " + index.indexName() + " bytes", orZero(index.indexSizeBytes()));
          }
        });
    facts.put(
        "stream",
        there.streamSpecification() == null
            ? "none"
            : there.streamSpecification().streamViewTypeAsString());
    facts.put("protected", Boolean.TRUE.equals(there.deletionProtectionEnabled()));
    facts.put("differences", differences);
    if (out.json()) {
      out.value(facts);
    } else {
      facts.forEach((name, value) -> {
        if (!name.equals("differences")) {
          out.line(out.ink().bold(name) + " ".repeat(Math.max(1, 20 - name.length())) + value);
        }
      });
      differences.forEach(difference -> out.line("Not as the design says: " + difference + "."));
    }
    return differences.isEmpty() && "ACTIVE".equals(there.tableStatusAsString());
  }

  /// All tables where this one is, and which of them are Parley's.
  public void list() {
    List<String> names = new ArrayList<>();
    table.client().listTablesPaginator().tableNames().forEach(names::add);
    for (String name : names) {
      TableDescription there = table.client().describeTable(r -> r.tableName(name)).table();
      boolean ours = table.admin().differences(there).isEmpty();
      if (out.json()) {
        out.value(Map.of("table", name, "parley", ours, "items", orZero(there.itemCount())));
      } else {
        out.line(
            out.ink().bold(name)
                + "  "
                + (ours ? "Parley's" : "another's")
                + ", "
                + Out.count(orZero(there.itemCount()), "item"));
      }
    }
    if (!out.json()) {
      out.aside(Out.count(names.size(), "table") + " " + table.place());
    }
  }

  static String capacity(TableDescription there) {
    if (there.billingModeSummary() != null
        && there.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST) {
      return "on-demand";
    }
    ProvisionedThroughputDescription units = there.provisionedThroughput();
    return units == null
        ? "not told"
        : units.readCapacityUnits() + "/" + units.writeCapacityUnits();
  }

  /// The entity of this name, as it is called in documents or in code.
  ///
  /// @throws Refused if there is none
  public static Entity entity(String name) {
    return TableDesign.entities().stream()
        .filter(entity -> word(entity).equalsIgnoreCase(name) || entity.label().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Refused.option(
                "There is no entity "
                    + name
                    + ". Those that there are: "
                    + TableDesign.entities().stream()
                        .map(Tables::word)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  private static String word(Entity entity) {
    return entity.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
