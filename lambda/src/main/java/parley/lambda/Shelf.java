package parley.lambda;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Port: short texts under names, each for some time, that several processes find. Whatever goes
/// wrong is thrown.
interface Shelf extends AutoCloseable {
  /// One for each name, in their order; null where there is none.
  List<@Nullable String> get(List<String> names);

  /// Keeps those under whose names nothing is.
  void putIfAbsent(Map<String, String> texts, Duration life);

  /// Puts one text under each of the names, whatever was there.
  void put(Collection<String> names, String text, Duration life);

  @Override
  void close();
}
