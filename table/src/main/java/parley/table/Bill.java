package parley.table;

import static parley.table.Assumption.BATCH;
import static parley.table.Assumption.BLOCK;
import static parley.table.Assumption.CALL_GB;
import static parley.table.Assumption.CALL_S;
import static parley.table.Assumption.HOURS;
import static parley.table.Assumption.RECORDS;
import static parley.table.Assumption.USE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import parley.table.Workload.Consumed;

/// A month's bill for a [Workload], line by line. A line whose price is not known says so, and then
/// no sum is given that would leave it out.
public final class Bill {
  private static final double MILLION = 1e6;
  private static final double SECONDS = HOURS.value() * 3600;

  /// What reserved capacity costs: by the price file alone, for it is bought in terms of years.
  private static final String RESERVED = ".hour.reserved";

  private final Workload work;
  private final Prices prices;

  public Bill(Workload work, Prices prices) {
    this.work = work;
    this.prices = prices;
  }

  /// One line: what for, how much of it, dollars if they are known.
  record Line(String what, String howMuch, OptionalDouble dollars) {}

  /// What the table's capacity costs in one of the ways to pay for it.
  record Way(String name, List<Line> lines) {
    OptionalDouble sum() {
      return Bill.sum(lines);
    }
  }

  static OptionalDouble sum(List<Line> lines) {
    return lines.stream().allMatch(line -> line.dollars().isPresent())
        ? OptionalDouble.of(lines.stream().mapToDouble(l -> l.dollars().getAsDouble()).sum())
        : OptionalDouble.empty();
  }

  private Line line(String what, String howMuch, String price, double times) {
    OptionalDouble each = prices.of(price);
    return new Line(
        what,
        howMuch,
        each.isPresent() ? OptionalDouble.of(each.getAsDouble() * times) : OptionalDouble.empty());
  }

  private Line units(String what, String price, double units) {
    return line(what, Out.number(Math.rint(units)) + " units", price + ".million", units / MILLION);
  }

  private Line provisioned(String what, String price, double units) {
    double there = Math.max(1, Math.ceil(units / SECONDS / USE.value()));
    return line(what, Out.number(there) + " a second", price, there * HOURS.value());
  }

  /// Reserved capacity comes in blocks, and is paid for whether it is used or not.
  private Line reserved(String what, String kind, double units) {
    double there =
        Math.ceil(Math.max(1, units / SECONDS / USE.value()) / BLOCK.value()) * BLOCK.value();
    return line(what, Out.number(there) + " a second", kind + RESERVED, there * HOURS.value());
  }

  List<Way> ways() {
    Consumed all = work.consumed();
    return List.of(
        new Way(
            "on-demand",
            List.of(
                units("table, writes", "write", all.write()),
                units("table, reads", "read", all.read()),
                units("index, writes", "write", all.indexWrite()),
                units("index, reads", "read", all.indexRead()))),
        new Way(
            "provisioned, autoscaling",
            List.of(
                provisioned("table, writes", "write.hour", all.write()),
                provisioned("table, reads", "read.hour", all.read()),
                provisioned("index, writes", "write.hour", all.indexWrite()),
                provisioned("index, reads", "read.hour", all.indexRead()))),
        new Way(
            "provisioned, reserved",
            List.of(
                reserved("table, writes", "write", all.write()),
                reserved("table, reads", "read", all.read()),
                reserved("index, writes", "write", all.indexWrite()),
                reserved("index, reads", "read", all.indexRead()))));
  }

  /// What is paid besides, whichever way the capacity is.
  List<Line> besides() {
    double gb = work.tableGb() + work.indexGb();
    OptionalDouble free = prices.of("storage.free.gb");
    double paid = Math.max(0, gb - free.orElse(0));
    double index = gb == 0 ? 0 : paid * work.indexGb() / gb;
    double calls = work.requestsAMonth() + work.messagesAMonth() * RECORDS.value() / BATCH.value();
    List<Line> lines = new ArrayList<>();
    lines.add(line("storage, table", gb(work.tableGb()), "storage.gb", paid - index));
    lines.add(line("storage, index", gb(work.indexGb()), "storage.gb", index));
    lines.add(line("backups, continuous", gb(work.tableGb()), "backup.gb", work.tableGb()));
    lines.add(
        line("Lambda, requests", Out.number(Math.rint(calls)), "lambda.million", calls / MILLION));
    lines.add(
        line(
            "Lambda, time",
            Out.number(Math.rint(calls * CALL_S.value() * CALL_GB.value())) + " GB-s",
            "lambda.gb.second",
            calls * CALL_S.value() * CALL_GB.value()));
    lines.add(
        line(
            "API Gateway, HTTP",
            Out.number(Math.rint(work.requestsAMonth())),
            "gateway.http.million",
            work.requestsAMonth() / MILLION));
    lines.add(
        line(
            "API Gateway, events",
            Out.number(Math.rint(work.framesAMonth())),
            "gateway.socket.million",
            work.framesAMonth() / MILLION));
    lines.add(
        line(
            "API Gateway, connections",
            Out.number(Math.rint(work.connectedMinutesAMonth())) + " min",
            "gateway.minutes.million",
            work.connectedMinutesAMonth() / MILLION));
    return lines;
  }

  private static String gb(double gb) {
    return String.format(Locale.ROOT, "%,.2f GB", gb);
  }

  /// The way whose sum is known and lowest.
  Way cheapest() {
    return ways().stream()
        .filter(way -> way.sum().isPresent())
        .min((a, b) -> Double.compare(a.sum().orElseThrow(), b.sum().orElseThrow()))
        .orElseThrow(() ->
            parley.server.Refused.input(
                "The price file knows neither of on-demand nor of provisioned capacity. Give it lines"
                    + " write.million and read.million, or write.hour and read.hour."));
  }

  /// Prints it.
  public void print(Out out) {
    Way cheapest = cheapest();
    if (out.json()) {
      json(out, cheapest);
      return;
    }
    out.line(
        "A month of "
            + Out.number(work.people())
            + " people, "
            + Out.number(Math.rint(work.messagesAMonth()))
            + " messages; "
            + prices.region()
            + ", prices of "
            + prices.date()
            + ".");
    Line sum = new Line("in all, " + cheapest.name(), "", sum(month(cheapest)));
    int[] widths = widths(sum);
    for (Way way : ways()) {
      out.line("");
      out.line(
          out.ink().bold("capacity, " + way.name())
              + (way.name().equals(cheapest.name()) ? "  <- the cheapest" : ""));
      way.lines().forEach(line -> print(out, line, widths));
      print(out, new Line("in all", "", way.sum()), widths);
    }
    out.line("");
    out.line(out.ink().bold("besides"));
    besides().forEach(line -> print(out, line, widths));
    out.line("");
    print(out, sum, widths);
    out.line("");
    breakEven()
        .ifPresent(use ->
            out.line(
                String.format(
                    Locale.ROOT,
                    "Provisioned is cheaper than on-demand where more than %.0f %% of it is used on the"
                        + " average.",
                    use * 100)));
    if (ways().getLast().sum().isEmpty()) {
      out.line(
          "What reserved capacity costs is not known: give --prices a file with lines write"
              + RESERVED
              + " and read"
              + RESERVED
              + ", what a unit costs for an hour with the payment at the beginning spread over the"
              + " term.");
    }
    out.line("");
    out.line(out.ink().bold("taken for granted"));
    for (Assumption each : Assumption.values()) {
      out.line("  " + each.sentence());
    }
    out.line(
        "Capacity is reckoned from the prices of the access patterns; with servers instead of Lambda and"
            + " API Gateway, those lines fall away, and the servers come in their place.");
  }

  private List<Line> month(Way way) {
    List<Line> all = new ArrayList<>(way.lines());
    all.addAll(besides());
    return all;
  }

  /// The use of provisioned writes at which both ways cost the same.
  OptionalDouble breakEven() {
    OptionalDouble million = prices.of("write.million");
    OptionalDouble hour = prices.of("write.hour");
    return million.isPresent() && hour.isPresent() && million.getAsDouble() > 0
        ? OptionalDouble.of(hour.getAsDouble() / (million.getAsDouble() * 3600 / MILLION))
        : OptionalDouble.empty();
  }

  /// In columns as wide as what is in them.
  private static void print(Out out, Line line, int[] widths) {
    out.line(
        "  "
            + padded(line.what(), -32)
            + padded(line.howMuch(), widths[0])
            + padded(dollars(line), widths[1]));
  }

  /// To this width, on the left for one above 0.
  private static String padded(String text, int width) {
    String gap = " ".repeat(Math.max(0, Math.abs(width) - text.length()));
    return width < 0 ? text + gap : gap + text;
  }

  private static String dollars(Line line) {
    return line.dollars().isPresent()
        ? String.format(Locale.ROOT, "$%,.2f", line.dollars().getAsDouble())
        : "not known";
  }

  private int[] widths(Line sum) {
    List<Line> all = new ArrayList<>(besides());
    ways().forEach(way -> all.addAll(way.lines()));
    all.add(sum);
    return new int[] {
      all.stream().mapToInt(line -> line.howMuch().length()).max().orElse(0) + 1,
      all.stream().mapToInt(line -> dollars(line).length()).max().orElse(0) + 2
    };
  }

  private void json(Out out, Way cheapest) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("region", prices.region());
    told.put("date", prices.date());
    Map<String, Object> capacity = new LinkedHashMap<>();
    ways().forEach(way -> capacity.put(way.name(), lines(way.lines())));
    told.put("capacity", capacity);
    told.put("cheapest", cheapest.name());
    told.put("besides", lines(besides()));
    told.put("month", dollars(sum(month(cheapest))));
    told.put("assumptions", Assumption.all());
    out.value(told);
  }

  /// Dollars by line; "not known" where they are not.
  private static Map<String, Object> lines(List<Line> lines) {
    Map<String, Object> dollars = new LinkedHashMap<>();
    lines.forEach(line -> dollars.put(line.what(), dollars(line.dollars())));
    return dollars;
  }

  /// To a hundredth of a cent; below that nothing is known.
  private static Object dollars(OptionalDouble sum) {
    return sum.isPresent() ? (Object) (Math.rint(sum.getAsDouble() * 1e4) / 1e4) : "not known";
  }
}
