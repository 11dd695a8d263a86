package parley.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What one walk over the whole table finds: sizes, who is in the index and why, and what should
/// not be there. Findings name keys and attributes, never what people wrote.
///
/// It keeps little in memory, however large the table is: a line for each kind of entity, the
/// largest item collections, and some hundred items of which it is not known yet whether what they
/// name is there.
final class Audit {
  /// How many of the largest item collections are told of.
  static final int LARGEST = 5;

  /// How many findings of one kind are told one by one.
  static final int TOLD = 20;

  /// How many items of one person wait for their profile before it is asked for.
  static final int UNOWNED = 100;

  static final String ORPHAN = "orphan";
  static final String BESIDE = "index beside the design";
  static final String SET_ASIDE = "set aside";
  private static final String OUTSIDE = "in the index and no inbox row";
  private static final String HALF = "half an index key";

  private static final String MOVED = "movedAt";

  /// Folder, time and conversation.
  private static final Pattern PLACE = Pattern.compile("[^#]+#[0-9]{13}#(.*)");

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

  private static final Comparator<Collection> BY_SIZE =
      Comparator.comparingLong(Collection::bytes)
          .thenComparing(Comparator.comparing(Collection::pk).reversed());

  private final Instant now;
  private final Map<@Nullable Entity, Part> parts = new HashMap<>();

  /// The smallest first, which makes room for a larger one.
  private final PriorityQueue<Collection> largest = new PriorityQueue<>(LARGEST, BY_SIZE);

  private Collection collection = new Collection("", 0, 0);

  /// The first entry of the item collection that is being read, while no head of it has come: heads
  /// come last.
  private @Nullable Map<String, AttributeValue> headless;

  private String logOf = "";

  /// Whose profile came last, and what came before it in its collection and needs it: most of a
  /// person's items do, and profiles sort after them.
  private String profileOf = "";

  private final List<Map<String, AttributeValue>> unowned = new ArrayList<>();

  private final Map<String, List<String>> findings = new HashMap<>();
  private final Map<String, Long> found = new HashMap<>();
  private final Map<String, Long> mended = new HashMap<>();
  private final Pointers pointers;
  private final @Nullable Mender mender;
  private long messages;
  private long moves;

  /// @param mender what mends as it is found, null where nothing is to be changed
  Audit(OpenTable table, Instant now, @Nullable Mender mender) {
    this.now = now;
    this.mender = mender;
    this.pointers = new Pointers(table, this::orphan);
  }

  /// Adds an item, and says what it is: null for one that is not ours.
  @Nullable Entity add(Map<String, AttributeValue> item) {
    String pk = Ink.key(item, TableDesign.PK);
    String sk = Ink.key(item, TableDesign.SK);
    Entity entity = Entity.of(pk, sk).orElse(null);
    long bytes = ItemSize.of(item);
    Part part = parts.computeIfAbsent(entity, _ -> new Part());
    part.items++;
    part.bytes += bytes;
    long indexBytes = ItemSize.inInbox(item);
    part.inIndex += indexBytes > 0 ? 1 : 0;
    part.indexBytes += indexBytes;
    collect(pk, bytes);
    if (isExpired(item)) {
      part.expired++;
    }
    if (entity != null) {
      index(entity, sk, item);
      relate(entity, pk, item);
      count(entity, item);
    }
    return entity;
  }

  /// A table hands out an item collection in one piece.
  private void collect(String pk, long bytes) {
    if (!collection.pk().equals(pk)) {
      keep();
      headed();
      owned();
      collection = new Collection(pk, 0, 0);
    }
    collection = new Collection(pk, collection.items() + 1, collection.bytes() + bytes);
  }

  /// Of a collection that has ended: only where no head came by is it asked for, and it is there if
  /// somebody made it meanwhile.
  private void headed() {
    if (headless != null) {
      Map<String, AttributeValue> entry = headless;
      headless = null;
      point(
          entry,
          Pointers.key(Ink.key(entry, TableDesign.PK), Entity.HEAD.sk("")),
          "entries without a head");
    }
  }

  /// The same for what needs a profile.
  private void owned() {
    for (Map<String, AttributeValue> item : unowned) {
      point(item, profileKey(Ink.key(item, TableDesign.PK)), "no profile");
    }
    unowned.clear();
  }

  private void keep() {
    if (collection.items() > 0) {
      largest.add(collection);
      if (largest.size() > LARGEST) {
        largest.poll();
      }
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
  private void index(Entity entity, String sk, Map<String, AttributeValue> item) {
    AttributeValue place = item.get(TableDesign.INBOX_KEY);
    if (entity != Entity.ROW) {
      if (place != null) {
        finding(
            OUTSIDE,
            item,
            "it carries " + TableDesign.INBOX_KEY,
            mender != null && mender.takeOut(item));
      }
      return;
    }
    String id = sk.substring(Entity.ROW.skPrefix().length());
    boolean shows = item.containsKey("lastN");
    if (place == null && shows && !isDeleted(item)) {
      // The rebuild that follows puts it where its log says.
      finding(HALF, item, "it shows a message and has no " + TableDesign.INBOX_KEY, mender != null);
    } else if (place != null && !shows) {
      finding(
          HALF,
          item,
          "it is in a folder and shows no message",
          mender != null && mender.takeOut(item));
    } else if (place != null && !isPlaceOf(place.s(), id)) {
      finding(
          HALF,
          item,
          TableDesign.INBOX_KEY + " is not folder, time and conversation",
          mender != null && mender.takeOut(item));
    }
  }

  private static boolean isPlaceOf(@Nullable String place, String id) {
    if (place == null) {
      return false;
    }
    Matcher parts = PLACE.matcher(place);
    return parts.matches() && parts.group(1).equals(id);
  }

  /// Whether its person deleted all that a row shows: then it is in no folder.
  private static boolean isDeleted(Map<String, AttributeValue> item) {
    long cleared = number(item, "clearedSeq");
    return cleared > 0 && cleared >= number(item, "lastSeq");
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    try {
      return value == null || value.n() == null ? 0 : Long.parseLong(value.n());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void relate(Entity entity, String pk, Map<String, AttributeValue> item) {
    switch (entity) {
      case ACCOUNT -> {
        profileOf = pk;
        unowned.clear();
        if (!item.containsKey(TableDesign.TTL)) {
          point(item, handleKey(Ink.key(item, "handle")), "a handle that is not there");
        }
      }
      case CREDENTIAL, BLOCK, BLOCKED_BY -> {
        if (!profileOf.equals(pk)) {
          unowned.add(item);
        }
        if (unowned.size() == UNOWNED) {
          owned();
        }
      }
      case HANDLE, SESSION, CONNECTION, SESSION_CONNECTION, IDENTITY, RELINK ->
          point(item, profileKey(Entity.ACCOUNT.pk(Ink.key(item, "user"))), "no account");
      case HEAD -> {
        logOf = pk;
        headless = null;
      }
      case ENTRY -> {
        if (!logOf.equals(pk)) {
          // Once for the whole conversation.
          logOf = pk;
          headless = item;
        }
      }
      case ROW,
          APPROACHES,
          TICKET,
          FAILURES,
          DEPLOYMENT,
          LEDGER,
          SWEEP,
          OPERATOR,
          AUDIT,
          REPORT,
          ERASURE,
          RECEIPT,
          CHECKPOINT,
          SET_ASIDE -> {
        // Rows are compared with their logs; the others stand for themselves.
      }
    }
  }

  private void point(
      Map<String, AttributeValue> from, Map<String, AttributeValue> to, String what) {
    pointers.add(to, new Pointers.Pointer(from, what, Ink.entity(from) == Entity.SESSION));
  }

  private static Map<String, AttributeValue> handleKey(String handle) {
    return Pointers.key(
        Entity.HANDLE.pk(handle.substring(0, Math.min(2, handle.length()))),
        // No key is empty; nobody has this one.
        handle.isEmpty() ? "-" : Entity.HANDLE.sk(handle));
  }

  private static Map<String, AttributeValue> profileKey(String pk) {
    return Pointers.key(pk, Entity.ACCOUNT.sk(""));
  }

  private void orphan(Pointers.Pointer pointer) {
    boolean done = mender != null && pointer.mends() && mender.endSession(pointer.from());
    boolean log = Ink.entity(pointer.from()) == Entity.ENTRY;
    String from = log ? Ink.key(pointer.from(), TableDesign.PK) : key(pointer.from());
    finding(ORPHAN, from + ": " + pointer.what(), done);
  }

  private void count(Entity entity, Map<String, AttributeValue> item) {
    if (entity == Entity.ENTRY && "message".equals(Ink.key(item, "kind"))) {
      messages++;
      AttributeValue at = item.get("at");
      moves += at != null && at.equals(item.get(MOVED)) ? 1 : 0;
    }
    if (entity == Entity.SET_ASIDE) {
      finding(
          SET_ASIDE,
          item,
          "a record that could not be projected: " + Ink.key(item, "cause"),
          false);
    }
  }

  private void finding(String kind, Map<String, AttributeValue> item, String what, boolean done) {
    finding(kind, key(item) + ": " + what, done);
  }

  private void finding(String kind, String sentence, boolean done) {
    if (found.merge(kind, 1L, Long::sum) <= TOLD) {
      findings
          .computeIfAbsent(kind, _ -> new ArrayList<>())
          .add(sentence + (done ? " (mended)" : ""));
    }
    mended.merge(kind, done ? 1L : 0L, Long::sum);
  }

  private static String key(Map<String, AttributeValue> item) {
    return Ink.key(item, TableDesign.PK) + " " + Ink.key(item, TableDesign.SK);
  }

  /// After the last item.
  void end() {
    keep();
    headed();
    owned();
    pointers.settle();
    collection = new Collection("", 0, 0);
  }

  /// Says of an index that the design does not have how much of the table is in it.
  void foreignIndex(String name, long items) {
    finding(
        BESIDE,
        name
            + ": "
            + Out.count(items, "item")
            + " in it, and each of their writes is paid for twice",
        false);
  }

  Map<@Nullable Entity, Part> parts() {
    return parts;
  }

  List<Collection> largest() {
    return largest.stream().sorted(BY_SIZE.reversed()).toList();
  }

  /// Findings by kind; of many, the first ones.
  Map<String, List<String>> findings() {
    return findings;
  }

  /// How many there were of a kind.
  long found(String kind) {
    return found.getOrDefault(kind, 0L);
  }

  /// How many of them are as they should be now.
  long mended(String kind) {
    return mended.getOrDefault(kind, 0L);
  }

  /// Whether nothing is left that should not be there.
  boolean isWell() {
    return found.keySet().stream().allMatch(kind -> found(kind) == mended(kind));
  }

  long messages() {
    return messages;
  }

  /// Messages that moved rows in the index.
  long moves() {
    return moves;
  }
}
