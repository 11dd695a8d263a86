package parley.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What one walk over the whole table finds: sizes, who is in the index and why, and what should
/// not be there. Findings name keys and attributes, never what people wrote.
///
/// It keeps in memory one line for each partition and each account: a hundred bytes or so.
final class Audit {
  /// How many of the largest item collections are told of.
  static final int LARGEST = 5;

  /// How many findings of one kind are told one by one.
  static final int TOLD = 20;

  /// Beyond so many, pointers whose end has been seen are dropped.
  private static final int POINTERS_KEPT = 200_000;

  private static final String MOVED = "movedAt";

  /// One entity's part of the table.
  static final class Part {
    long items;
    long bytes;
    long inIndex;
    long indexBytes;
    long expired;
  }

  /// An item collection.
  record Collection(String pk, long items, long bytes) {}

  private final Instant now;
  private final Map<@Nullable Entity, Part> parts = new HashMap<>();
  private final Map<String, long[]> collections = new HashMap<>();
  private final Set<String> accounts = new HashSet<>();

  /// Partitions of heads, and keys of handles.
  private final Set<String> ends = new HashSet<>();

  private final Map<String, List<String>> findings = new HashMap<>();
  private final Map<String, Long> found = new HashMap<>();

  /// What points where, until all there is has been seen: what it is, and the partition.
  private record Pointer(String from, String what, String to) {}

  private final List<Pointer> pointers = new ArrayList<>();
  private long messages;
  private long moves;

  Audit(Instant now) {
    this.now = now;
  }

  void add(Map<String, AttributeValue> item) {
    Entity entity = Ink.entity(item);
    String pk = Ink.key(item, TableDesign.PK);
    long bytes = ItemSize.of(item);
    Part part = parts.computeIfAbsent(entity, _ -> new Part());
    part.items++;
    part.bytes += bytes;
    long indexBytes = ItemSize.inInbox(item);
    part.inIndex += indexBytes > 0 ? 1 : 0;
    part.indexBytes += indexBytes;
    long[] collection = collections.computeIfAbsent(pk, _ -> new long[2]);
    collection[0]++;
    collection[1] += bytes;
    if (isExpired(item)) {
      part.expired++;
    }
    if (entity != null) {
      index(entity, item);
      relate(entity, item);
      count(entity, item);
    }
  }

  private boolean isExpired(Map<String, AttributeValue> item) {
    AttributeValue ttl = item.get(TableDesign.TTL);
    try {
      return ttl != null && ttl.n() != null && Long.parseLong(ttl.n()) <= now.getEpochSecond();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /// Only rows belong into the index: a row with a message all of them, at a place that is one.
  private void index(Entity entity, Map<String, AttributeValue> item) {
    AttributeValue place = item.get(TableDesign.INBOX_KEY);
    if (entity != Entity.ROW) {
      if (place != null) {
        finding("in the index and no inbox row", item, "it carries " + TableDesign.INBOX_KEY);
      }
      return;
    }
    String id = Ink.key(item, TableDesign.SK).substring(Entity.ROW.skPrefix().length());
    boolean shows = item.containsKey("lastN");
    if (place == null && shows) {
      finding("half an index key", item, "it shows a message and has no " + TableDesign.INBOX_KEY);
    } else if (place != null && !shows) {
      finding("half an index key", item, "it is in a folder and shows no message");
    } else if (place != null
        && (place.s() == null || !place.s().matches("[^#]+#[0-9]{13}#" + Pattern.quote(id)))) {
      finding(
          "half an index key",
          item,
          TableDesign.INBOX_KEY + " is not folder, time and conversation");
    }
  }

  private void relate(Entity entity, Map<String, AttributeValue> item) {
    String pk = Ink.key(item, TableDesign.PK);
    switch (entity) {
      case ACCOUNT -> {
        accounts.add(pk);
        if (!item.containsKey(TableDesign.TTL)) {
          String handle = Ink.key(item, "handle");
          pointers.add(new Pointer(key(item), "a handle that is not there", handleKey(handle)));
        }
      }
      case CREDENTIAL -> pointers.add(new Pointer(key(item), "no profile", pk));
      case HANDLE -> {
        ends.add(key(item));
        pointers.add(new Pointer(key(item), "no account", userKey(item)));
      }
      case SESSION, CONNECTION, SESSION_CONNECTION ->
          pointers.add(new Pointer(key(item), "no account", userKey(item)));
      case HEAD -> ends.add(pk);
      case ENTRY -> pointers.add(new Pointer(pk, "entries without a head", pk));
      case ROW -> pointers.add(new Pointer(key(item), "no conversation", conversationKey(item)));
      case TICKET, FAILURES, DEPLOYMENT, OPERATOR, AUDIT, CHECKPOINT, SET_ASIDE -> {
        // They stand for themselves.
      }
    }
    if (pointers.size() >= POINTERS_KEPT) {
      settlePointers();
    }
  }

  private void settlePointers() {
    Set<Pointer> open = new LinkedHashSet<>(pointers);
    open.removeIf(pointer -> accounts.contains(pointer.to()) || ends.contains(pointer.to()));
    pointers.clear();
    pointers.addAll(open);
  }

  private static String handleKey(String handle) {
    return handle.length() < 2
        ? handle
        : Entity.HANDLE.pk(handle.substring(0, 2)) + " " + Entity.HANDLE.sk(handle);
  }

  private static String userKey(Map<String, AttributeValue> item) {
    return Entity.ACCOUNT.pk(Ink.key(item, "user"));
  }

  private static String conversationKey(Map<String, AttributeValue> item) {
    return Entity.HEAD.pk(Ink.key(item, TableDesign.SK).substring(Entity.ROW.skPrefix().length()));
  }

  private void count(Entity entity, Map<String, AttributeValue> item) {
    if (entity == Entity.ENTRY && "message".equals(Ink.key(item, "kind"))) {
      messages++;
      AttributeValue at = item.get("at");
      moves += at != null && at.equals(item.get(MOVED)) ? 1 : 0;
    }
    if (entity == Entity.SET_ASIDE) {
      finding("set aside", item, "a record that could not be projected: " + Ink.key(item, "cause"));
    }
  }

  private void finding(String kind, Map<String, AttributeValue> item, String what) {
    finding(kind, key(item) + ": " + what);
  }

  private void finding(String kind, String sentence) {
    if (found.merge(kind, 1L, Long::sum) <= TOLD) {
      findings.computeIfAbsent(kind, _ -> new ArrayList<>()).add(sentence);
    }
  }

  private static String key(Map<String, AttributeValue> item) {
    return Ink.key(item, TableDesign.PK) + " " + Ink.key(item, TableDesign.SK);
  }

  /// After the last item: what points nowhere is an orphan.
  void end() {
    settlePointers();
    for (Pointer pointer : pointers) {
      finding("orphan", pointer.from() + ": " + pointer.what());
    }
    pointers.clear();
  }

  /// Says of an index that the design does not have how much of the table is in it.
  void foreignIndex(String name, long items) {
    finding(
        "index beside the design",
        name
            + ": "
            + Out.count(items, "item")
            + " in it, and each of their writes is paid for twice");
  }

  Map<@Nullable Entity, Part> parts() {
    return parts;
  }

  List<Collection> largest() {
    return collections.entrySet().stream()
        .map(each -> new Collection(each.getKey(), each.getValue()[0], each.getValue()[1]))
        .sorted(
            Comparator.comparingLong(Collection::bytes).reversed().thenComparing(Collection::pk))
        .limit(LARGEST)
        .toList();
  }

  /// Findings by kind; of many, the first ones.
  Map<String, List<String>> findings() {
    return findings;
  }

  /// How many there were of a kind.
  long found(String kind) {
    return found.getOrDefault(kind, 0L);
  }

  long messages() {
    return messages;
  }

  /// Messages that moved rows in the index.
  long moves() {
    return moves;
  }
}
