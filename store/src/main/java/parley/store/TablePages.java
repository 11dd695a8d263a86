package parley.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// The whole table a page at a time, for the sweeps of erasures and retention: in the background,
/// never for a request.
final class TablePages {
  private TablePages() {}

  /// Items, and where the next page begins; null at the end.
  record Page(List<Map<String, AttributeValue>> items, @Nullable String next) {}

  /// The page that begins where `cursor` says; null for the first.
  static Page read(Table table, @Nullable String cursor, int limit) {
    return read(table, cursor, limit, true);
  }

  /// The same at half the price, where it does no harm to miss the last second.
  static Page readAbout(Table table, @Nullable String cursor, int limit) {
    return read(table, cursor, limit, false);
  }

  private static Page read(Table table, @Nullable String cursor, int limit, boolean strong) {
    ScanResponse page =
        table.guarded(() ->
            table
                .client()
                .scan(r -> {
                  r.tableName(table.name()).consistentRead(strong).limit(limit);
                  if (cursor != null) {
                    r.exclusiveStartKey(key(cursor).item());
                  }
                }));
    return new Page(
        page.items(), page.hasLastEvaluatedKey() ? cursor(Key.of(page.lastEvaluatedKey())) : null);
  }

  /// The length of the first key tells where the second begins, whatever is in them.
  private static String cursor(Key key) {
    return key.pk().length() + ":" + key.pk() + key.sk();
  }

  private static Key key(String cursor) {
    int colon = cursor.indexOf(':');
    int end = colon + 1 + Integer.parseInt(cursor.substring(0, colon));
    return new Key(cursor.substring(colon + 1, end), cursor.substring(end));
  }
}
