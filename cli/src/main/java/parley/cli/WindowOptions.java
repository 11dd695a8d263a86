package parley.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import parley.store.TableDesign.Entity;
import parley.table.Looking.Window;
import parley.table.Tables;
import picocli.CommandLine.Option;

/// What is shown of what is read: shared by `scan` and `query`.
final class WindowOptions {
  private static final long LIMIT = 100;

  @Option(
      names = "--entity",
      paramLabel = "NAME",
      split = ",",
      description = "Show these only, such as entry or account,handle. All are read and paid for.")
  List<String> entities = List.of();

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      description = "Show COUNT items, and say how to go on (default: " + LIMIT + ").")
  @Nullable Long limit;

  @Option(names = "--all", description = "Show all there are.")
  boolean all;

  @Option(
      names = "--from",
      paramLabel = "WORD",
      description = "Go on where a page ended, which said this word.")
  @Nullable String from;

  @Option(
      names = "--show-text",
      description = "Print what people wrote too. It is hidden otherwise.")
  boolean showText;

  Window window() {
    if (limit != null && (limit < 1 || all)) {
      throw Refused.option("--limit is 1 or more, and goes without --all.");
    }
    Set<Entity> shown = new HashSet<>();
    entities.forEach(name -> shown.add(Tables.entity(name)));
    return new Window(shown, all ? 0 : limit == null ? LIMIT : limit, from);
  }
}
