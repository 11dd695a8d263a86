package parley.store;

import java.util.stream.Collectors;
import parley.store.TableDesign.Entity;
import parley.store.TableDesign.Price;

/// [TableDesign] as a document for people.
public final class TableMarkdown {
  private TableMarkdown() {}

  public static String render() {
    StringBuilder text =
        new StringBuilder(
            """
            # The table

            Generated from `TableDesign` by `./parley fix`; a test fails when it is stale.

            One table, named `%s` unless the operator says otherwise. Key: `%s` (hash), `%s` (range),
            both strings. Items with a past `%s` (seconds since 1970) go by themselves, days late, so
            readers filter. The change stream carries new images only.

            One sparse index, `%s`: hash `%s`, range `%s`, keys only. Only rows that are in a folder
            carry `%s`, so no message is ever in it. Its value is folder, time of the last move in
            milliseconds (13 digits) and conversation, parted by `#`.

            ## Entities

            | entity | %s | %s | holds |
            |---|---|---|---|
            """
                .formatted(
                    TableDesign.TABLE,
                    TableDesign.PK,
                    TableDesign.SK,
                    TableDesign.TTL,
                    TableDesign.INBOX_INDEX,
                    TableDesign.PK,
                    TableDesign.INBOX_KEY,
                    TableDesign.INBOX_KEY,
                    TableDesign.PK,
                    TableDesign.SK));
    for (Entity entity : TableDesign.entities()) {
      text.append(
          "| %s | `%s` | `%s` | %s |%n"
              .formatted(entity.label(), entity.pkTemplate(), entity.skTemplate(), entity.holds()));
    }
    text.append(
        """

        ## Access patterns

        Every way in which the table is asked. Prices are capacity units for items up to 1 KB, as a
        test measures them on the embedded engine: R read, W written, *i* on the index. A write whose
        condition fails costs as much as one that holds. Condition and consistency: *strong* reads see
        every acknowledged write and cost twice as much as *eventual* ones. What people do is made of
        several of these: [prices.md](prices.md).

        | # | entity | request | what for | condition | reads | price | of |
        |---|---|---|---|---|---|---|---|
        """);
    for (AccessPattern pattern : TableDesign.patterns()) {
      text.append(
          "| %d | %s | %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  pattern.number(),
                  pattern.entity().label(),
                  pattern.request(),
                  pattern.sentence(),
                  pattern.condition(),
                  switch (pattern.reads()) {
                    case NONE -> "-";
                    case STRONG -> "strong";
                    case EVENTUAL -> "eventual";
                  },
                  price(pattern.price()),
                  pattern.unit()));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  /// A price as documents have it, such as `1 W + 2 W*i*`.
  public static String price(Price price) {
    return java.util.stream.Stream.of(
            part(price.read(), "R"),
            part(price.write(), "W"),
            part(price.indexRead(), "R*i*"),
            part(price.indexWrite(), "W*i*"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" + "));
  }

  private static String part(double units, String name) {
    if (units == 0) {
      return "";
    }
    String number = units == Math.rint(units) ? Long.toString((long) units) : "" + units;
    return number + " " + name;
  }
}
