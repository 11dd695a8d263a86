package parley.store;

import java.util.Arrays;
import java.util.List;
import parley.store.TableDesign.Entity;

/// What of the change stream wakes a function: one event filter pattern each, as event source
/// mappings take them. A record that none of them fits costs nothing.
///
/// The projection's own writes fit none: rows that it brings up to date carry another `by`,
/// messages that it rewrites carry a revision, heads are no entries. Told by key and image, as
/// [StreamDecoder] does.
public enum StreamFilter {
  /// Entries as they were appended.
  ENTRIES(
      Entity.ENTRY,
      written(),
      "\"NewImage\":{\"" + RowItems.BY + "\":{\"S\":[{\"exists\":false}]}}"),
  /// Rows that their reader wrote last.
  READ_MARKS(
      Entity.ROW,
      written(),
      "\"NewImage\":{\"" + RowItems.BY + "\":{\"S\":[\"" + RowItems.BY_READER + "\"]}}"),
  /// Accounts that came to be, or changed; not those that are only being signed up.
  ACCOUNTS(
      Entity.ACCOUNT,
      written(),
      "\"NewImage\":{\"" + TableDesign.TTL + "\":{\"N\":[{\"exists\":false}]}}"),
  /// Blocks, and their ends, for whose they are.
  BLOCKS(Entity.BLOCK, "[\"INSERT\",\"MODIFY\",\"REMOVE\"]", ""),
  /// Sessions that were ended, or ran out.
  ENDED_SESSIONS(Entity.SESSION, "[\"REMOVE\"]", "");

  private final String pattern;

  StreamFilter(Entity entity, String events, String image) {
    this.pattern =
        "{\"eventName\":%s,\"dynamodb\":{\"Keys\":{\"%s\":{\"S\":%s},\"%s\":{\"S\":%s}}%s}}"
            .formatted(
                events,
                TableDesign.PK,
                matching(entity.pkTemplate()),
                TableDesign.SK,
                matching(entity.skTemplate()),
                image.isEmpty() ? "" : "," + image);
  }

  /// Engines mark inserts and changes differently, so either is meant by both.
  private static String written() {
    return "[\"INSERT\",\"MODIFY\"]";
  }

  private static String matching(String template) {
    int open = template.indexOf('{');
    return open < 0
        ? "[\"" + template + "\"]"
        : "[{\"prefix\":\"" + template.substring(0, open) + "\"}]";
  }

  /// The pattern, in JSON.
  public String pattern() {
    return pattern;
  }

  /// All of them, as a mapping takes them: a record that fits one is let through.
  public static List<String> patterns() {
    return Arrays.stream(values()).map(StreamFilter::pattern).toList();
  }
}
