package parley.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import parley.messaging.conversation.PairIds;
import parley.server.Refused;
import parley.store.DeploymentItem;
import parley.store.TableAdmin.Capacity;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/// Fills a table with a [Population]. What is complete already is left alone, whatever happened to
/// it since, and what is not is written again: so a run goes on where one was broken off, and a
/// second one changes nothing.
public final class PopulationSeed {
  private static final int PEOPLE_MAX = 1_000_000;
  private static final long MESSAGES_MAX = 10_000_000L;

  /// Keys in one BatchGetItem, by the service's rule.
  private static final int KEYS = 100;

  private static final int ATTEMPTS = 8;

  private final OpenTable table;
  private final Out out;
  private final Population population;
  private final Population.Size size;

  /// What is made, and how fast.
  ///
  /// @param seed what everything is made from
  public record Wanted(int people, int conversations, long messages, long seed) {
    public Wanted {
      if (people < 2 || people > PEOPLE_MAX) {
        throw Refused.option("--people is 2 to " + PEOPLE_MAX + "; not " + people + ".");
      }
      // So that pairs are found without looking for long: at most a quarter of all there are.
      long pairs = Math.max(1, (long) people * (people - 1) / 8);
      if (conversations < 1 || conversations > pairs) {
        throw Refused.option(
            "--conversations is 1 to " + pairs + " for so many people; not " + conversations + ".");
      }
      if (messages < conversations || messages > MESSAGES_MAX) {
        throw Refused.option(
            "--messages is one for each conversation to "
                + MESSAGES_MAX
                + "; not "
                + messages
                + ".");
      }
    }
  }

  public PopulationSeed(OpenTable table, Out out, Wanted wanted) {
    this.table = table;
    this.out = out;
    this.size =
        new Population.Size(
            wanted.people(), wanted.conversations(), wanted.messages(), wanted.seed());
    this.population = new Population(size, new PairIds(table.secret()));
  }

  /// Says what it would write, and what that would cost.
  public void price(Prices prices) {
    double table = 0;
    double index = 0;
    long bytes = 0;
    for (int i = 0; i < size.people(); i++) {
      for (Map<String, AttributeValue> item : population.person(i)) {
        table += BatchWriter.units(item);
        bytes += ItemSize.of(item);
      }
    }
    for (Population.Talk talk : population.talks()) {
      for (Map<String, AttributeValue> item : population.items(talk)) {
        double inIndex = ItemSize.inInbox(item) > 0 ? 1 : 0;
        index += inIndex;
        table += BatchWriter.units(item) - inIndex;
        bytes += ItemSize.of(item);
      }
    }
    if (out.json()) {
      out.value(
          Map.of("items", population.items(), "bytes", bytes, "table", table, "index", index));
      return;
    }
    out.line(
        Out.count(population.items(), "item")
            + ", "
            + Out.bytes(bytes)
            + ": "
            + Out.number(table)
            + " W + "
            + Out.number(index)
            + " Wi. "
            + prices.total(table + index));
  }

  /// Writes what is not complete.
  ///
  /// @param capacity of a table that has to be made, null where none may be
  /// @param rate units a second, 0 for as fast as it goes
  public void run(@Nullable Capacity capacity, double rate) {
    table.admin().ensure(capacity);
    if (!DeploymentItem.belongsTo(table.table(), table.secret())) {
      throw new Refused(
          "The table "
              + table.name()
              + " belongs to a deployment with another secret. Give its own, or another table.");
    }
    BatchWriter writer =
        new BatchWriter(table.client(), table.name(), rate == 0 ? Pace.unbounded() : Pace.of(rate));
    List<Population.Talk> talks = population.talks();
    try (ProgressBar progress = out.progress("seed", population.items())) {
      write(size.people(), population::person, writer, progress);
      write(talks.size(), at -> population.items(talks.get(at)), writer, progress);
    }
    if (out.json()) {
      out.value(Map.of("items", population.items(), "written", writer.written()));
    } else {
      out.line(
          "The population has "
              + Out.count(population.items(), "item")
              + "; "
              + Out.number(writer.written())
              + " were written now.");
    }
  }

  /// Writes groups of items whose last one says that the group is complete: a group in which it is
  /// there is left alone, and it is written when all others are.
  private void write(
      int groups,
      IntFunction<List<Map<String, AttributeValue>>> group,
      BatchWriter writer,
      ProgressBar progress) {
    for (int from = 0; from < groups; from += KEYS) {
      Map<Map<String, AttributeValue>, List<Map<String, AttributeValue>>> some = new HashMap<>();
      for (int i = from; i < Math.min(groups, from + KEYS); i++) {
        List<Map<String, AttributeValue>> items = group.apply(i);
        some.put(key(items.getLast()), items);
      }
      Set<Map<String, AttributeValue>> complete = there(some.keySet());
      some.forEach((last, items) -> {
        if (!complete.contains(last)) {
          items.subList(0, items.size() - 1).forEach(writer::put);
        }
        progress.stepBy(items.size());
      });
      writer.flush();
      some.forEach((last, items) -> {
        if (!complete.contains(last)) {
          writer.put(items.getLast());
        }
      });
      writer.flush();
    }
  }

  private Set<Map<String, AttributeValue>> there(Set<Map<String, AttributeValue>> keys) {
    Set<Map<String, AttributeValue>> found = new HashSet<>();
    Map<String, KeysAndAttributes> left =
        Map.of(table.name(), KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      Map<String, KeysAndAttributes> asked = left;
      var answer = table.client().batchGetItem(r -> r.requestItems(asked));
      answer.responses().values().forEach(items -> items.forEach(item -> found.add(key(item))));
      left = answer.unprocessedKeys();
    }
    if (!left.isEmpty()) {
      throw new Refused(
          Refused.Why.UNAVAILABLE,
          "The table does not say what it has: it has too little capacity for this. Run the same again"
              + " later: it goes on where it was.");
    }
    return found;
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Map.of(
        TableDesign.PK, item.get(TableDesign.PK), TableDesign.SK, item.get(TableDesign.SK));
  }
}
