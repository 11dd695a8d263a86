package parley.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import parley.messaging.Ids;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;
import parley.messaging.export.Archive;
import parley.messaging.export.Download;
import parley.messaging.export.Export;
import parley.messaging.export.ExportShelf;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Archives where there is no folder for files: a table of their own, so that writing one takes
/// nothing of what the first table can do, and no backup of that holds any.
///
/// One partition says how far each is, under a keyed hash of whose it is. The archive lies in a
/// partition under that hash, in parts, and these in pieces; so all that is here of somebody is
/// found without reading more. One item leads from a place to that hash: who comes with a code has
/// two items read, however many archives there are. Everything goes by TTL if nobody removes it.
public final class ArchiveTable implements ExportShelf {
  /// The table's keys.
  public static final String PARTITION = "p";

  public static final String SORT = "s";

  /// After this time, in seconds, an item goes by itself.
  public static final String TTL = TableDesign.TTL;

  /// Where it is said how far each is. No hash is as short.
  private static final String ALL = "exports";

  /// What says at a place whose archive lies there.
  private static final String WHOSE = "whose";

  /// Bytes of one piece, below the 400 KB that an item can have.
  static final int PIECE_BYTES = 350_000;

  private final DynamoDbClient client;
  private final String name;
  private final SecretKey key;
  private final Writer writer;
  private final InstantSource clock;

  /// Who knows what an archive looks like: writes part `part`, the first being 1, to `out`.
  @FunctionalInterface
  public interface Writer {
    Archive to(OutputStream out, int part);
  }

  /// The table of this name, which is there already.
  public ArchiveTable(
      DynamoDbClient client, String name, Secret secret, Writer writer, InstantSource clock) {
    this.client = client;
    this.name = name;
    this.key = secret.permanentKey("exports");
    this.writer = writer;
    this.clock = clock;
  }

  /// The same for somebody who writes no archive.
  public static ArchiveTable toLookAt(DynamoDbClient client, String name, Secret secret) {
    return new ArchiveTable(
        client,
        name,
        secret,
        (_, _) -> {
          throw new IllegalStateException("nothing is written here");
        },
        () -> Instant.EPOCH);
  }

  private String whose(UserId user) {
    byte[] named = ("user|" + user).getBytes(StandardCharsets.US_ASCII);
    return Ids.encode("", Secret.hmac(key, named));
  }

  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public List<Export> all() {
    List<Export> all = new ArrayList<>();
    query(ALL, "", "~", false, item -> all.add(ArchiveItems.read(item)));
    return all;
  }

  @Override
  public @Nullable Export of(UserId user) {
    return said(whose(user));
  }

  private @Nullable Export said(String whose) {
    Map<String, AttributeValue> item = item(key(ALL, whose));
    return item.isEmpty() ? null : ArchiveItems.read(item);
  }

  @Override
  public @Nullable Export at(String place) {
    AttributeValue whose = item(key(place, WHOSE)).get(WHOSE);
    Export export = whose == null ? null : said(whose.s());
    return export != null && export.place().equals(place) ? export : null;
  }

  /// The first version over nothing, every other one over the one before.
  @Override
  public @Nullable Export put(Export export) {
    Export next = export.stored();
    String whose = whose(export.user());
    Map<String, AttributeValue> item = ArchiveItems.of(next);
    item.putAll(key(ALL, whose));
    if (export.version() > 0) {
      AttributeValue before = AttributeValue.fromN(Long.toString(export.version()));
      return putIf(item, "#a = :a", ArchiveItems.VERSION, before) ? next : null;
    }
    // What leads there comes first: an archive that is there can be fetched.
    Map<String, AttributeValue> leads = new HashMap<>(key(export.place(), WHOSE));
    leads.put(WHOSE, AttributeValue.fromS(whose));
    leads.put(TTL, ArchiveItems.latest(export));
    answered(() -> client.putItem(r -> r.tableName(name).item(leads)));
    if (putIf(item, "attribute_not_exists(#a)", SORT, null)) {
      return next;
    }
    delete(key(export.place(), WHOSE));
    return null;
  }

  /// Whoever was here before has left what nobody counts: it goes first.
  @Override
  public Archive begin(Export export) {
    String whose = whose(export.user());
    int part = export.parts() + 1;
    if (part == 1) {
      clear(whose, "", "~");
    } else {
      clear(whose, first(export, part), first(export, Limits.EXPORT_PARTS + 1));
    }
    return writer.to(
        new Pieces((number, bytes) ->
            putPiece(whose, first(export, part) + "%04d".formatted(number), export, bytes)),
        part);
  }

  /// Only over nothing or over its own: of two who work at the same time, no part has pieces of
  /// both.
  private void putPiece(String whose, String sort, Export export, byte[] bytes) {
    Map<String, AttributeValue> item = new HashMap<>(key(whose, sort));
    AttributeValue by = AttributeValue.fromN(Long.toString(export.version()));
    item.put(ArchiveItems.VERSION, by);
    item.put(ArchiveItems.BYTES, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)));
    item.put(TTL, ArchiveItems.latest(export));
    if (!putIf(item, "attribute_not_exists(#a) OR #a = :a", ArchiveItems.VERSION, by)) {
      throw new StoreUnavailable(
          "somebody else writes the same part of an archive", new IllegalStateException(sort));
    }
  }

  /// What all pieces of a part begin with.
  private static String first(Export export, int part) {
    return export.place() + "/%04d/".formatted(part);
  }

  @Override
  public boolean finish(Export next) {
    if (put(next) != null) {
      return true;
    }
    // Somebody else may go on with it: then it is wanted, and what was written here is not.
    Export there = of(next.user());
    return there != null && there.place().equals(next.place());
  }

  @Override
  public void remove(Export export) {
    Export there = of(export.user());
    if (there == null || there.place().equals(export.place())) {
      forget(export.user());
    } else {
      clear(whose(export.user()), export.place(), export.place() + "~");
    }
  }

  @Override
  public void tidy() {
    // What belongs to no export goes when its person asks again or is erased, or by TTL.
  }

  @Override
  public long forget(UserId user) {
    String whose = whose(user);
    Export export = said(whose);
    if (export != null) {
      delete(key(export.place(), WHOSE));
    }
    // First what lets somebody write more of it, and find it.
    boolean was = delete(key(ALL, whose));
    boolean had = clear(whose, "", "~");
    return was || had ? 1 : 0;
  }

  /// Whether anything lies here of this person.
  public boolean holds(UserId user) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    query(whose(user), "", "~", true, keys::add);
    return !keys.isEmpty() || of(user) != null;
  }

  private boolean clear(String partition, String from, String to) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    query(partition, from, to, true, keys::add);
    keys.forEach(this::delete);
    return !keys.isEmpty();
  }

  /// Whether it was there.
  private boolean delete(Map<String, AttributeValue> key) {
    return !answered(
            () -> client.deleteItem(r -> r.tableName(name).key(key).returnValues("ALL_OLD")))
        .attributes()
        .isEmpty();
  }

  private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
    return answered(() -> client.getItem(r -> r.tableName(name).key(key).consistentRead(true)))
        .item();
  }

  @Override
  public @Nullable Download archive(Export export, int part) {
    if (part < 1 || part > export.parts()) {
      return null;
    }
    String first = first(export, part);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    query(
        whose(export.user()),
        first,
        first + "~",
        false,
        item -> whole.writeBytes(ArchiveItems.bytes(item)));
    return whole.size() == 0 ? null : new Given(export, part, whole.toByteArray());
  }

  /// What is handed out, by somebody who does not hear whether it arrived.
  private final class Given implements Download {
    private final Export export;
    private final int part;
    private final byte[] bytes;

    Given(Export export, int part, byte[] bytes) {
      this.export = export;
      this.part = part;
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public int part() {
      return part;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }

    /// What another request wrote meanwhile says the same.
    @Override
    public void end(boolean whole) {
      Export next = export.handedOut(clock.instant());
      if (whole && !next.end().equals(export.end())) {
        var _ = put(next);
      }
    }
  }

  private static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of(PARTITION, AttributeValue.fromS(partition), SORT, AttributeValue.fromS(sort));
  }

  /// Everything of a partition between two keys; `keys` for their keys alone.
  private void query(
      String partition,
      String from,
      String to,
      boolean keys,
      Consumer<Map<String, AttributeValue>> each) {
    Map<String, String> names = Map.of("#p", PARTITION, "#s", SORT);
    Map<String, AttributeValue> values =
        Map.of(
            ":p", AttributeValue.fromS(partition),
            ":from", AttributeValue.fromS(from.isEmpty() ? " " : from),
            ":to", AttributeValue.fromS(to));
    Map<String, AttributeValue> start = Map.of();
    do {
      Map<String, AttributeValue> begin = start;
      var page =
          answered(() ->
              client.query(r -> {
                r.tableName(name)
                    .consistentRead(true)
                    .keyConditionExpression("#p = :p AND #s BETWEEN :from AND :to")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values);
                if (keys) {
                  r.projectionExpression("#p, #s");
                }
                if (!begin.isEmpty()) {
                  r.exclusiveStartKey(begin);
                }
              }));
      page.items().forEach(each);
      start = page.lastEvaluatedKey();
    } while (!start.isEmpty());
  }

  private boolean putIf(
      Map<String, AttributeValue> item,
      String condition,
      String named,
      @Nullable AttributeValue value) {
    return answered(() -> {
      try {
        client.putItem(r -> {
          r.tableName(name)
              .item(item)
              .conditionExpression(condition)
              .expressionAttributeNames(Map.of("#a", named));
          if (value != null) {
            r.expressionAttributeValues(Map.of(":a", value));
          }
        });
        return true;
      } catch (ConditionalCheckFailedException e) {
        return false;
      }
    });
  }

  private static <T> T answered(Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw new StoreUnavailable("the table of archives does not answer", e);
    }
  }
}
