package parley.table;

import java.util.Locale;
import parley.server.Refused;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// How much of a table somebody may take, as they ask for it: `500` units a second, or `25%` of
/// what the table has, so that those who use it keep the rest.
public sealed interface Rate {
  /// Units a second, by the service's quota, that a table on demand takes unless it has a maximum
  /// of its own. It has no capacity that a share could be of.
  long ON_DEMAND = 40_000;

  /// As fast as it goes.
  record Unbounded() implements Rate {}

  /// So many units a second.
  record Units(double aSecond) implements Rate {}

  /// So much of a hundred of the table's capacity.
  record Share(double percent) implements Rate {}

  /// What somebody asked for.
  ///
  /// @param text `500`, `25%`, or nothing for as fast as it goes
  /// @throws Refused if it is none
  static Rate parse(String text) {
    boolean share = text.endsWith("%");
    String number = share ? text.substring(0, text.length() - 1) : text;
    if (text.isEmpty()) {
      return new Unbounded();
    }
    try {
      double value = Double.parseDouble(number);
      if (value > 0 && Double.isFinite(value) && (!share || value <= 100)) {
        return share ? new Share(value) : new Units(value);
      }
    } catch (NumberFormatException e) {
      // Said below, as for one that is out of bounds.
    }
    throw Refused.option(
        "--rate is units a second above 0, such as 500, or a share of the table's capacity up to 100%,"
            + " such as 25%; not "
            + text
            + ".");
  }

  /// The pace that it comes to on this table, which is said where somebody asked for a share.
  default Pace on(OpenTable table, boolean writes, Out out) {
    return switch (this) {
      case Unbounded() -> Pace.unbounded();
      case Units(double aSecond) -> Pace.of(aSecond);
      case Share(double percent) -> {
        TableDescription there = table.description();
        double all = capacity(there, writes);
        double units = all * percent / 100;
        out.aside(
            String.format(
                Locale.ROOT,
                "At most %s units a second: %s %% of %s%s.",
                Out.number(units),
                Out.number(percent),
                Out.number(all),
                isOnDemand(there)
                    ? ", which is what a table on demand takes at most"
                    : ", which is the table's capacity for " + (writes ? "writes" : "reads")));
        yield Pace.of(units);
      }
    };
  }

  private static boolean isOnDemand(TableDescription there) {
    return there.billingModeSummary() != null
        && there.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
  }

  private static double capacity(TableDescription there, boolean writes) {
    if (isOnDemand(there)) {
      OnDemandThroughput most = there.onDemandThroughput();
      Long own =
          most == null ? null : writes ? most.maxWriteRequestUnits() : most.maxReadRequestUnits();
      // The service says -1 for none.
      return own == null || own < 1 ? ON_DEMAND : own;
    }
    ProvisionedThroughputDescription units = there.provisionedThroughput();
    Long own =
        units == null ? null : writes ? units.writeCapacityUnits() : units.readCapacityUnits();
    if (own == null || own < 1) {
      throw Refused.option(
          "The table does not tell its capacity, so there is no share of it. Give --rate in units a"
              + " second.");
    }
    return own;
  }
}
