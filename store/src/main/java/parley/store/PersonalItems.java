package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.SK;
import static parley.store.TableDesign.TTL;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.PersonalData;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry;
import parley.messaging.message.Log;
import parley.messaging.message.Messages;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Everything that the table holds of one person, and its removal: [Fate] says what becomes of each
/// kind of item.
public final class PersonalItems implements PersonalData {
  /// Tries to take somebody out of a row that a projection changes at the same time. The last sweep
  /// finds what is left.
  private static final int ROW_ATTEMPTS = 4;

  private final Table table;
  private final MessageLog log;
  private final InstantSource clock;

  public PersonalItems(Table table, InstantSource clock) {
    this.table = table;
    this.log = new MessageLog(table);
    this.clock = clock;
  }

  @Override
  public boolean announce(UserId user, @Nullable Instant at) {
    Expression there =
        Expression.of(
                "attribute_exists(#pk) AND attribute_not_exists(#ttl) AND"
                    + " attribute_not_exists(#erasing)"
                    + (at == null
                        ? " AND attribute_exists(#at)"
                        : " AND attribute_not_exists(#at)"))
            .name("#pk", PK)
            .name("#ttl", TTL)
            .name("#erasing", AccountItems.ERASING);
    Expression change =
        at == null
            ? Expression.of("REMOVE #at")
            : Expression.of("SET #at = :at").value(":at", at.toEpochMilli());
    Outcome outcome =
        table.update(
            AccessPattern.ANNOUNCE_ERASURE,
            Key.account(user),
            change.name("#at", AccountItems.ERASED_AT),
            there);
    return switch (outcome) {
      case Outcome.Done _ -> true;
      // Its own, whose answer was lost.
      case Outcome.Refused(var item) ->
          at != null
              && item != null
              && item.containsKey(AccountItems.ERASED_AT)
              && new Item(item).time(AccountItems.ERASED_AT).equals(at);
    };
  }

  @Override
  public boolean close(UserId user, @Nullable Instant at) {
    Expression asAnnounced =
        at == null
            ? Expression.of("attribute_exists(#pk)").name("#pk", PK)
            : Expression.of("attribute_exists(#erasing) OR #at = :at")
                .name("#at", AccountItems.ERASED_AT)
                .value(":at", at.toEpochMilli());
    Outcome outcome =
        table.update(
            AccessPattern.CLOSE_ACCOUNT,
            Key.account(user),
            Expression.of("SET #erasing = :yes")
                .name("#erasing", AccountItems.ERASING)
                .value(":yes", AttributeValue.fromBool(true)),
            asAnnounced);
    if (outcome instanceof Outcome.Refused) {
      return false;
    }
    table.delete(AccessPattern.CLOSE_ACCOUNT, Key.credential(user));
    return true;
  }

  @Override
  public List<ConversationId> conversations(UserId user, int limit) {
    return items(user, Entity.ROW.skPrefix(), limit).stream()
        .map(item -> RowItems.key(Key.of(item)).conversation())
        .toList();
  }

  @Override
  public Piece blank(UserId user, ConversationId id, long rev, @Nullable String cursor) {
    Traces traces = new Traces(user);
    Counts counts = new Counts();
    String from = cursor == null ? Entity.ENTRY.skPrefix() : cursor;
    List<Map<String, AttributeValue>> entries =
        table.query(
            AccessPattern.LOG_AFTER,
            true,
            Limits.ERASURE_PIECE,
            r ->
                r.keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :last")
                    .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(Key.conversation(id)),
                            ":from", AttributeValue.fromS(from),
                            ":last", AttributeValue.fromS(Entity.ENTRY.sk("~")))));
    for (Map<String, AttributeValue> entry : entries) {
      blank(traces, entry, Entity.ENTRY, rev, counts);
    }
    if (entries.size() == Limits.ERASURE_PIECE) {
      return counts.piece(Key.of(entries.getLast()).sk());
    }
    leave(traces, user, id, counts);
    return counts.piece(null);
  }

  private void blank(
      Traces traces, Map<String, AttributeValue> item, Entity entity, long rev, Counts counts) {
    Expression change = traces.without(item, entity, rev);
    if (change != null && blank(Key.of(item), change, exists())) {
      counts.add(traces.called(item, entity));
    }
  }

  private boolean blank(Key key, Expression change, Expression condition) {
    return table.update(AccessPattern.BLANK, key, change, condition) instanceof Outcome.Done;
  }

  /// Takes one person out of one item that stays; false if they are not in it, or it is gone. One
  /// write.
  public boolean blank(UserId user, Map<String, AttributeValue> item, long rev) {
    Key key = Key.of(item);
    Entity entity = Entity.of(key.pk(), key.sk()).orElse(Entity.ENTRY);
    Expression change = new Traces(user).without(item, entity, rev);
    return change != null && blank(key, change, exists());
  }

  /// Removes one item. One write.
  public void remove(Key key) {
    table.delete(AccessPattern.ERASE, key);
  }

  /// When the log is clean: the rows of those who are in it, and the row of who has left.
  private void leave(Traces traces, UserId user, ConversationId id, Counts counts) {
    Log.End end = log.end(id, Limits.TAIL_ENTRIES, Log.Consistency.STRONG);
    Set<UserId> others =
        end == null ? new HashSet<>() : new HashSet<>(Messages.membersOf(log, id, end));
    others.remove(user);
    others.remove(UserId.NOBODY);
    for (UserId other : others) {
      leave(traces, Key.row(new RowKey(other, id)), counts);
    }
    Key own = Key.row(new RowKey(user, id));
    if (table.get(AccessPattern.ROW, own) != null) {
      table.delete(AccessPattern.REMOVE_ROW, own);
      counts.add(Entity.ROW.label());
    }
  }

  /// Takes them out of somebody else's row, which then says what the log says.
  private void leave(Traces traces, Key key, Counts counts) {
    for (int attempt = 0; attempt < ROW_ATTEMPTS; attempt++) {
      Map<String, AttributeValue> row = table.get(AccessPattern.ROW, key);
      Expression change = row == null ? null : traces.without(row, Entity.ROW, revisionShown(row));
      if (row == null || change == null) {
        return;
      }
      AttributeValue shown = row.get("lastSeq");
      Expression unchanged =
          shown == null ? exists() : Expression.of("lastSeq = :shown").value(":shown", shown);
      if (blank(key, change, unchanged)) {
        counts.add("inbox row of another account");
        return;
      }
    }
  }

  /// The revision of the message that a row shows, as the log has it now.
  private long revisionShown(Map<String, AttributeValue> row) {
    Item item = new Item(row);
    long seq = item.number("lastSeq", 0);
    return seq > 0
            && log.entry(RowItems.key(item.key()).conversation(), seq)
                instanceof Entry.Message message
        ? message.rev()
        : item.number(RowItems.REV, 0);
  }

  @Override
  public Piece own(UserId user) {
    Traces traces = new Traces(user);
    Counts counts = new Counts();
    Key account = Key.account(user);
    List<Map<String, AttributeValue>> items = items(user, "", Limits.ERASURE_PIECE);
    for (Map<String, AttributeValue> item : items) {
      Key key = Key.of(item);
      Entity entity = Entity.of(key.pk(), key.sk()).orElse(null);
      if (!key.equals(account) && entity != Entity.ROW) {
        removeMirror(key, entity);
        remove(key);
        counts.add(traces.called(item, entity));
      }
    }
    if (items.size() == Limits.ERASURE_PIECE) {
      // Where it begins again is always the beginning: what was there is gone.
      return counts.piece("");
    }
    for (Map<String, AttributeValue> profile : items) {
      if (Key.of(profile).equals(account)) {
        // The handles first, as long as the profile says which they are.
        for (Handle handle : AccountItems.handles(new Item(profile))) {
          if (release(user, handle)) {
            counts.add(Entity.HANDLE.label());
          }
        }
        remove(account);
        counts.add(Entity.ACCOUNT.label());
      }
    }
    return counts.piece(null);
  }

  /// A block goes with its mirror, whichever of the two people goes.
  private void removeMirror(Key key, @Nullable Entity entity) {
    UserId owner = new UserId(key.pk().substring(Entity.ACCOUNT.pk("").length()));
    if (entity == Entity.BLOCK) {
      remove(Key.blockedBy(new UserId(key.sk().substring(entity.skPrefix().length())), owner));
    } else if (entity == Entity.BLOCKED_BY) {
      remove(Key.block(new UserId(key.sk().substring(entity.skPrefix().length())), owner));
    }
  }

  /// A handle that has become somebody else's stays theirs.
  public boolean release(UserId user, Handle handle) {
    return release(user, Key.handle(handle));
  }

  private boolean release(UserId user, Key key) {
    Outcome outcome =
        table.take(
            AccessPattern.FREE_HANDLE,
            key,
            Expression.of("#user = :user").name("#user", "user").value(":user", user.value()));
    return outcome instanceof Outcome.Done;
  }

  @Override
  public Piece sweep(
      UserId user, ToLongFunction<ConversationId> departed, @Nullable String cursor) {
    Traces traces = new Traces(user);
    Counts counts = new Counts();
    TablePages.Page page = TablePages.read(table, cursor, Limits.ERASURE_PAGE);
    for (Map<String, AttributeValue> item : page.items()) {
      Key key = Key.of(item);
      Entity entity = Entity.of(key.pk(), key.sk()).orElse(null);
      if (entity != null && Fate.goesWhenExpired(entity) && isOver(item)) {
        remove(key);
      } else if (traces.areIn(item)) {
        found(traces, user, item, entity, departed, counts);
      }
    }
    return counts.piece(page.next());
  }

  private void found(
      Traces traces,
      UserId user,
      Map<String, AttributeValue> item,
      @Nullable Entity entity,
      ToLongFunction<ConversationId> departed,
      Counts counts) {
    Key key = Key.of(item);
    if (entity == null || traces.areInKeys(item) && Fate.of(entity) != Fate.OUTLIVES) {
      remove(key);
      counts.add(traces.called(item, entity));
      return;
    }
    switch (Fate.of(entity)) {
      case OUTLIVES -> {
        // The job that is being done.
      }
      case REMOVED -> {
        if (entity == Entity.HANDLE || entity == Entity.IDENTITY) {
          release(user, key);
        } else {
          remove(key);
        }
        counts.add(traces.called(item, entity));
      }
      case KEPT -> {
        if (!traces.mayStayIn(item, entity)) {
          blank(traces, item, entity, 0, counts);
        }
      }
      case REMOVED_OR_BLANKED -> leave(traces, key, counts);
      case NOBODYS -> blank(traces, item, entity, 0, counts);
      case BLANKED -> {
        if (entity == Entity.HEAD && isOver(item)) {
          remove(key);
          counts.add(entity.label());
          return;
        }
        boolean inLog = entity == Entity.HEAD || entity == Entity.ENTRY;
        long rev = inLog ? departed.applyAsLong(conversation(key)) : 0;
        // A head is brought up to date by the departure, if it was behind.
        Map<String, AttributeValue> now =
            entity == Entity.HEAD ? table.get(AccessPattern.LOG_ENTRY, key) : item;
        if (now == null || !traces.areIn(now)) {
          counts.add(entity.label());
        } else {
          blank(traces, now, entity, rev, counts);
        }
      }
    }
  }

  private static ConversationId conversation(Key key) {
    return new ConversationId(key.pk().substring(Entity.HEAD.pk("").length()));
  }

  private boolean isOver(Map<String, AttributeValue> item) {
    try {
      // By clocks that are behind, too.
      return new Item(item).isExpiredAt(clock.instant().minus(Limits.SERVER_CLOCK_ALLOWANCE));
    } catch (Item.Malformed e) {
      return false;
    }
  }

  private List<Map<String, AttributeValue>> items(UserId user, String prefix, int limit) {
    return table.query(
        AccessPattern.OWN_ITEMS,
        true,
        limit,
        r ->
            r.keyConditionExpression(
                    prefix.isEmpty() ? "#pk = :pk" : "#pk = :pk AND begins_with(#sk, :prefix)")
                .expressionAttributeNames(
                    prefix.isEmpty() ? Map.of("#pk", PK) : Map.of("#pk", PK, "#sk", SK))
                .expressionAttributeValues(
                    prefix.isEmpty()
                        ? Map.of(":pk", AttributeValue.fromS(Key.user(user)))
                        : Map.of(
                            ":pk", AttributeValue.fromS(Key.user(user)),
                            ":prefix", AttributeValue.fromS(prefix))));
  }

  private static Expression exists() {
    return Expression.of("attribute_exists(#pk)").name("#pk", PK);
  }

  /// How many of what were removed or blanked.
  private static final class Counts {
    private final Map<String, Long> counts = new TreeMap<>();

    void add(String what) {
      counts.merge(what, 1L, Long::sum);
    }

    Piece piece(@Nullable String next) {
      return new Piece(counts, next);
    }
  }
}
