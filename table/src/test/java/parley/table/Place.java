package parley.table;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import parley.messaging.Secret;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;

/// A table in memory with what was said about it.
final class Place implements AutoCloseable {
  final OpenTable table;
  private final ByteArrayOutputStream results = new ByteArrayOutputStream();
  private final ByteArrayOutputStream asides = new ByteArrayOutputStream();

  private Place(OpenTable table) {
    this.table = table;
  }

  /// One elsewhere.
  static Place at(Settings settings) {
    return new Place(OpenTable.open(settings, true));
  }

  /// One with an empty table.
  static Place fresh() {
    Place place =
        new Place(
            OpenTable.open(
                new Settings(
                    new Storage.InMemory(),
                    "parley",
                    new Capacity.OnDemand(),
                    new Secret(new byte[32])),
                true));
    place.table.admin().ensure(new Capacity.OnDemand());
    return place;
  }

  Out out(boolean json) {
    return new Out(print(results), print(asides), new Ink(false, false), json, false, false);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  /// What was printed since this was last asked.
  String said() {
    String said = results.toString(StandardCharsets.UTF_8);
    results.reset();
    return said;
  }

  /// What was said besides, since this was last asked.
  String asides() {
    String said = asides.toString(StandardCharsets.UTF_8);
    asides.reset();
    return said;
  }

  <R> R on(Function<OpenTable, R> work) {
    return work.apply(table);
  }

  @Override
  public void close() {
    table.close();
  }
}
