package parley.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import parley.server.Refused;

/// What a provider charges, in dollars, from a dated file: lines of `name=number`. A price that the
/// file does not have is not known, which is said and not guessed.
public final class Prices {
  private static final String OWN = "prices-us-east-1.properties";

  private final Properties file;
  private final String name;

  private Prices(Properties file, String name) {
    this.file = file;
    this.name = name;
  }

  /// Those that this program came with.
  public static Prices own() {
    Properties file = new Properties();
    try (InputStream stream = Objects.requireNonNull(Prices.class.getResourceAsStream(OWN), OWN)) {
      file.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Prices(file, OWN);
  }

  /// Those of another file.
  ///
  /// @throws Refused if it cannot be read, has no date, or a price that is no number
  public static Prices read(Path path) {
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      file.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused(
          Refused.Why.INPUT,
          "The price file " + path + " cannot be read: it is lines of name=number.",
          e);
    }
    Prices prices = new Prices(file, path.toString());
    if (prices.date().isEmpty() || prices.region().isEmpty()) {
      throw Refused.input(
          "The price file "
              + path
              + " does not say of when and where its prices are. Give it lines date=2026-11-22 and"
              + " region=us-east-1.");
    }
    file.stringPropertyNames().stream()
        .filter(each -> !each.equals("date") && !each.equals("region"))
        .forEach(prices::of);
    return prices;
  }

  public String date() {
    return file.getProperty("date", "");
  }

  public String region() {
    return file.getProperty("region", "");
  }

  /// A price by its name, empty where it is not known.
  public OptionalDouble of(String price) {
    String text = file.getProperty(price);
    if (text == null) {
      return OptionalDouble.empty();
    }
    try {
      double dollars = Double.parseDouble(text.strip());
      if (dollars >= 0 && Double.isFinite(dollars)) {
        return OptionalDouble.of(dollars);
      }
    } catch (NumberFormatException e) {
      // Said below, as for one below nothing.
    }
    throw Refused.input(
        "The price file " + name + " has " + price + "=" + text + ", and that is no price.");
  }

  /// What a million runs of so many units cost, as a sentence.
  String perMillion(double table, double index, boolean write) {
    OptionalDouble price = of(write ? "write.million" : "read.million");
    String source = " (on-demand, " + region() + ", prices of " + date() + ")";
    return Optional.of(price)
        .filter(OptionalDouble::isPresent)
        .map(known ->
            String.format(Locale.ROOT, "$%.3f", known.getAsDouble() * (table + index))
                + " for a million of these"
                + source
                + ".")
        .orElse("What a million of these cost is not known" + source + ".");
  }

  private static String dollars(double sum) {
    return sum > 0 && sum < 0.0001
        ? "less than $0.0001"
        : String.format(Locale.ROOT, "$%,.4f", sum);
  }

  /// What so many units written cost, as a sentence.
  String total(double units) {
    OptionalDouble price = of("write.million");
    return price.isPresent()
        ? dollars(price.getAsDouble() * units / 1e6)
            + " on-demand, "
            + region()
            + ", prices of "
            + date()
            + "."
        : "What that costs is not known.";
  }
}
