package parley.table;

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
  private static final double HOURS = 730;
  private static final double SECONDS = HOURS * 3600;

  /// What autoscaling aims at, as the service has it unless told otherwise.
  private static final double USE = 0.7;

  /// Lambda: a request takes so long with so much memory; the stream comes in batches of so many.
  private static final double LAMBDA_S = 0.02;

  private static final double LAMBDA_GB = 1;
  private static final double BATCH = 10;

  /// Stream records of a message: the entry itself and two rows.
  private static final double RECORDS = 3;

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
    double there = Math.max(1, Math.ceil(units / SECONDS / USE));
    return line(what, Out.number(there) + " a second", price, there * HOURS);
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
                provisioned("table, writes", "write.hour.reserved", all.write()),
                provisioned("table, reads", "read.hour.reserved", all.read()),
                provisioned("index, writes", "write.hour.reserved", all.indexWrite()),
                provisioned("index, reads", "read.hour.reserved", all.indexRead()))));
  }

  /// What is paid besides, whichever way the capacity is.
  List<Line> besides() {
    double gb = work.tableGb() + work.indexGb();
    OptionalDouble free = prices.of("storage.free.gb");
    double paid = Math.max(0, gb - free.orElse(0));
    double index = gb == 0 ? 0 : paid * work.indexGb() / gb;
    double calls = work.requestsAMonth() + work.messagesAMonth() * RECORDS / BATCH;
    List<Line> lines = new ArrayList<>();
    lines.add(line("storage, table", gb(work.tableGb()), "storage.gb", paid - index));
    lines.add(line("storage, index", gb(work.indexGb()), "storage.gb", index));
    lines.add(line("backups, continuous", gb(work.tableGb()), "backup.gb", work.tableGb()));
    lines.add(
        line("Lambda, requests", Out.number(Math.rint(calls)), "lambda.million", calls / MILLION));
    lines.add(
        line(
            "Lambda, time",
            Out.number(Math.rint(calls * LAMBDA_S * LAMBDA_GB)) + " GB-s",
            "lambda.gb.second",
            calls * LAMBDA_S * LAMBDA_GB));
    lines.add(
        line(
            "API Gateway, HTTP",
            Out.number(Math.rint(work.requestsAMonth())),
            "gateway.http.million",
            work.requestsAMonth() / MILLION));
    return lines;
  }

  private static String gb(double gb) {
    return String.format(Locale.ROOT, "%.2f GB", gb);
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
    for (Way way : ways()) {
      out.line("");
      out.line(
          out.ink().bold("capacity, " + way.name())
              + (way.name().equals(cheapest.name()) ? "  <- the cheapest" : ""));
      way.lines().forEach(line -> print(out, line));
      print(out, new Line("in all", "", way.sum()));
    }
    out.line("");
    out.line(out.ink().bold("besides"));
    besides().forEach(line -> print(out, line));
    List<Line> all = new ArrayList<>(cheapest.lines());
    all.addAll(besides());
    out.line("");
    print(out, new Line("in all, " + cheapest.name(), "", sum(all)));
    breakEven()
        .ifPresent(use ->
            out.line(
                String.format(
                    Locale.ROOT,
                    "Provisioned is cheaper than on-demand where more than %.0f %% of it is used on the"
                        + " average.",
                    use * 100)));
    out.line(
        "Capacity is reckoned from the prices of the access patterns; with servers instead of Lambda and"
            + " API Gateway, those lines fall away, and the servers come in their place.");
  }

  /// The use of provisioned writes at which both ways cost the same.
  OptionalDouble breakEven() {
    OptionalDouble million = prices.of("write.million");
    OptionalDouble hour = prices.of("write.hour");
    return million.isPresent() && hour.isPresent() && million.getAsDouble() > 0
        ? OptionalDouble.of(hour.getAsDouble() / (million.getAsDouble() * 3600 / MILLION))
        : OptionalDouble.empty();
  }

  private static void print(Out out, Line line) {
    out.line(
        String.format(
            Locale.ROOT,
            "  %-32s %18s %12s",
            line.what(),
            line.howMuch(),
            line.dollars().isPresent()
                ? String.format(Locale.ROOT, "$%,.2f", line.dollars().getAsDouble())
                : "not known"));
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
    out.value(told);
  }

  /// Dollars by line; "not known" where they are not.
  private static Map<String, Object> lines(List<Line> lines) {
    Map<String, Object> dollars = new LinkedHashMap<>();
    lines.forEach(line ->
        dollars.put(
            line.what(),
            line.dollars().isPresent() ? (Object) line.dollars().getAsDouble() : "not known"));
    return dollars;
  }
}
