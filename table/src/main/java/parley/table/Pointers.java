package parley.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import parley.server.Refused;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/// Items that name others, until it is known whether those are there: asked a hundred at a time, so
/// no more are ever in memory.
final class Pointers {
  /// Keys in one BatchGetItem, by the service's rule.
  private static final int KEYS = 100;

  private static final int ATTEMPTS = 8;
  private static final long PAUSE_MS = 20;

  /// One item that names another.
  ///
  /// @param what is missing where the other is not there
  /// @param mends whether it is of no use to anybody without the other
  record Pointer(Map<String, AttributeValue> from, String what, boolean mends) {}

  private final OpenTable table;
  private final Consumer<Pointer> orphan;
  private final Map<Map<String, AttributeValue>, List<Pointer>> open = new LinkedHashMap<>();

  /// @param orphan is told of each pointer to nothing
  Pointers(OpenTable table, Consumer<Pointer> orphan) {
    this.table = table;
    this.orphan = orphan;
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(
        TableDesign.PK, AttributeValue.fromS(pk), TableDesign.SK, AttributeValue.fromS(sk));
  }

  void add(Map<String, AttributeValue> to, Pointer pointer) {
    open.computeIfAbsent(to, _ -> new ArrayList<>()).add(pointer);
    if (open.size() == KEYS) {
      settle();
    }
  }

  /// Asks for those that have not been asked for yet.
  void settle() {
    if (open.isEmpty()) {
      return;
    }
    Set<Map<String, AttributeValue>> there = there(table, open.keySet());
    open.forEach((to, pointers) -> {
      if (!there.contains(to)) {
        pointers.forEach(orphan);
      }
    });
    open.clear();
  }

  /// Which of at most a hundred keys there are items of.
  static Set<Map<String, AttributeValue>> there(
      OpenTable table, Set<Map<String, AttributeValue>> keys) {
    Set<Map<String, AttributeValue>> found = new HashSet<>();
    Map<String, KeysAndAttributes> left = new HashMap<>();
    left.put(
        table.name(),
        KeysAndAttributes.builder()
            .keys(keys)
            .projectionExpression(TableDesign.PK + ", " + TableDesign.SK)
            .consistentRead(true)
            .build());
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      if (attempt > 0) {
        Pace.pause(PAUSE_MS << attempt);
      }
      Map<String, KeysAndAttributes> asked = left;
      var answer = table.client().batchGetItem(r -> r.requestItems(asked));
      answer.responses().values().forEach(found::addAll);
      left = answer.unprocessedKeys();
    }
    if (!left.isEmpty()) {
      throw new Refused(
          Refused.Why.UNAVAILABLE,
          "The table does not say what it has: it has too little capacity for this. Run the same again"
              + " later: it goes on where it was.");
    }
    return found;
  }
}
