package parley.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Fills a table with a [Population]. What is complete already is left alone, whatever happened to
/// it since, and what is not is written again: so a run goes on where one was broken off, and a
/// second one changes nothing.
public final class PopulationSeed {
  private static final int PEOPLE_MAX = 1_000_000;
  private static final long MESSAGES_MAX = 10_000_000L;

  /// Keys in one BatchGetItem, by the service's rule.
  private static final int KEYS = 100;

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
    Price price = new Price();
    try (ProgressBar progress = out.progress("reckon", population.items())) {
      for (int i = 0; i < size.people(); i++) {
        price.add(population.person(i));
        progress.stepBy(2);
      }
      for (Population.Talk talk : population.talks()) {
        Population.Group group = population.conversation(talk);
        price.add(group);
        progress.stepBy(group.items());
      }
    }
    if (out.json()) {
      out.value(
          Map.of(
              "items",
              population.items(),
              "bytes",
              price.bytes,
              "table",
              price.table,
              "index",
              price.index));
      return;
    }
    out.line(
        Out.count(population.items(), "item")
            + ", "
            + Out.bytes(price.bytes)
            + ": "
            + Out.number(price.table)
            + " W + "
            + Out.number(price.index)
            + " Wi. "
            + prices.total(price.table + price.index));
  }

  private static final class Price {
    private double table;
    private double index;
    private long bytes;

    void add(Population.Group group) {
      add(group.make(this::add));
    }

    private void add(Map<String, AttributeValue> item) {
      double inIndex = ItemSize.inInbox(item) > 0 ? 1 : 0;
      index += inIndex;
      table += BatchWriter.units(item) - inIndex;
      bytes += ItemSize.of(item);
    }
  }

  /// Writes what is not complete.
  ///
  /// @param capacity of a table that has to be made, null where none may be
  public void run(@Nullable Capacity capacity, Rate rate) {
    table.admin().ensure(capacity);
    if (!DeploymentItem.belongsTo(table.table(), table.secret())) {
      throw new Refused(
          "The table "
              + table.name()
              + " belongs to a deployment with another secret. Give its own, or another table.");
    }
    List<Population.Talk> talks = population.talks();
    long written;
    try (BatchWriter writer =
            new BatchWriter(table.client(), table.name(), rate.on(table, true, out));
        ProgressBar progress = out.progress("seed", population.items())) {
      write(size.people(), population::person, writer, progress);
      write(talks.size(), at -> population.conversation(talks.get(at)), writer, progress);
      written = writer.written();
    }
    tell(written);
  }

  private void tell(long written) {
    if (out.json()) {
      out.value(Map.of("items", population.items(), "written", written));
    } else {
      out.line(
          "The population has "
              + Out.count(population.items(), "item")
              + "; "
              + Out.number(written)
              + " were written now.");
    }
  }

  /// Writes groups of items whose last one says that the group is complete: a group in which it is
  /// there is left alone, and it is written when all others are.
  private void write(
      int groups, IntFunction<Population.Group> group, BatchWriter writer, ProgressBar progress) {
    for (int from = 0; from < groups; from += KEYS) {
      Map<Map<String, AttributeValue>, Population.Group> some = new LinkedHashMap<>();
      for (int i = from; i < Math.min(groups, from + KEYS); i++) {
        Population.Group next = group.apply(i);
        some.put(next.lastKey(), next);
      }
      Set<Map<String, AttributeValue>> complete = Pointers.there(table, some.keySet());
      List<Map<String, AttributeValue>> lasts = new ArrayList<>();
      some.forEach((last, items) -> {
        if (complete.contains(last)) {
          progress.stepBy(items.items());
        } else {
          lasts.add(
              items.make(item -> {
                writer.put(item);
                progress.step();
              }));
        }
      });
      if (!lasts.isEmpty()) {
        writer.flush();
        lasts.forEach(writer::put);
        writer.flush();
        progress.stepBy(lasts.size());
      }
    }
  }
}
