package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.SK;
import static parley.store.TableDesign.TTL;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.ConversationStore;
import parley.messaging.conversation.Head;
import parley.messaging.message.Entry;
import parley.messaging.message.Log;
import parley.messaging.message.Text;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Logs and their heads. The item collection of a conversation, in key order:
///
/// ```
/// C#c-…   M#000000000001   entry
///         M#000000000002   entry
///         ~HEAD            head: last in order, so one descending Query reads it with the newest entries
/// ```
public final class MessageLog implements Log, ConversationStore {
  private final Table table;

  public MessageLog(Table table) {
    this.table = table;
  }

  @Override
  public Opened open(Head head, Instant now) {
    Expression condition =
        Expression.of("attribute_not_exists(#pk) OR #ttl <= :now")
            .name("#pk", PK)
            .name("#ttl", TTL)
            .value(":now", now.getEpochSecond());
    return switch (table.put(AccessPattern.OPEN, EntryItems.head(head), condition)) {
      case Outcome.Done _ -> new Opened.Created();
      case Outcome.Refused(var there) when there != null ->
          new Opened.Existing(EntryItems.readHead(head.id(), new Item(there)));
      // It vanished between the refusal and the look: as good as expired, so put it again.
      case Outcome.Refused _ -> open(head, now);
    };
  }

  @Override
  public void renew(ConversationId id, Instant expiresAt) {
    table.update(
        AccessPattern.RENEW_HEAD,
        Key.head(id),
        Expression.of("SET #ttl = :until")
            .name("#ttl", TTL)
            .value(":until", expiresAt.getEpochSecond()),
        Expression.of("attribute_exists(#ttl)").name("#ttl", TTL));
  }

  @Override
  public @Nullable End end(ConversationId id, int entries, Consistency consistency) {
    List<Map<String, AttributeValue>> items =
        table.query(
            AccessPattern.LOG_END,
            consistency == Consistency.STRONG,
            entries + 1,
            r ->
                r.keyConditionExpression("#pk = :pk")
                    .expressionAttributeNames(Map.of("#pk", PK))
                    .expressionAttributeValues(
                        Map.of(":pk", AttributeValue.fromS(Key.conversation(id))))
                    .scanIndexForward(false));
    if (items.isEmpty() || !Key.of(items.getFirst()).equals(Key.head(id))) {
      return null;
    }
    List<Entry> newest = new ArrayList<>();
    for (Map<String, AttributeValue> item : items.subList(1, items.size()).reversed()) {
      newest.add(EntryItems.read(item));
    }
    return new End(EntryItems.readHead(id, new Item(items.getFirst())), newest);
  }

  @Override
  public List<Entry> after(ConversationId id, long seq, int limit, Consistency consistency) {
    return range(AccessPattern.LOG_AFTER, id, seq + 1, MAX_SEQ, true, limit, consistency);
  }

  @Override
  public List<Entry> before(ConversationId id, long seq, int limit, Consistency consistency) {
    return range(AccessPattern.LOG_BEFORE, id, 0, seq - 1, false, limit, consistency).reversed();
  }

  private static final long MAX_SEQ = 999_999_999_999L;

  private List<Entry> range(
      AccessPattern pattern,
      ConversationId id,
      long from,
      long to,
      boolean ascending,
      int limit,
      Consistency consistency) {
    if (from > to) {
      return List.of();
    }
    return table
        .query(
            pattern,
            consistency == Consistency.STRONG,
            limit,
            r ->
                r.keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
                    .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(Key.conversation(id)),
                            ":from", AttributeValue.fromS(Key.entry(id, from).sk()),
                            ":to", AttributeValue.fromS(Key.entry(id, to).sk())))
                    .scanIndexForward(ascending))
        .stream()
        .map(EntryItems::read)
        .toList();
  }

  @Override
  public @Nullable Entry entry(ConversationId id, long seq) {
    Map<String, AttributeValue> item = table.get(AccessPattern.LOG_ENTRY, Key.entry(id, seq));
    return item == null ? null : EntryItems.read(item);
  }

  @Override
  public Appended append(ConversationId id, Entry.Authored entry) {
    Expression condition = Expression.of("attribute_not_exists(#pk)").name("#pk", PK);
    return switch (table.put(AccessPattern.APPEND, EntryItems.write(id, entry), condition)) {
      case Outcome.Done _ -> new Appended.Stored();
      case Outcome.Refused(var there) when there != null ->
          new Appended.Occupied(EntryItems.read(there));
      // Entries are never deleted, so one that refused the put and is not there does not exist.
      case Outcome.Refused _ ->
          throw new IllegalStateException(id + ": entry " + entry.seq() + " vanished");
    };
  }

  @Override
  public @Nullable Rewritten rewrite(
      ConversationId id, long target, @Nullable Text text, long rev, Set<Long> edits) {
    Expression change =
        text == null
            ? Expression.of(
                    "SET #by = :by, rev = :rev REMOVE #text, #aside, #asideRev" + adding(edits))
                .name("#aside", EntryItems.ASIDE_TEXT)
                .name("#asideRev", EntryItems.ASIDE_REV)
            : Expression.of("SET #by = :by, rev = :rev, #text = :text" + adding(edits))
                .value(":text", text.value());
    Outcome outcome =
        table.update(
            AccessPattern.REWRITE,
            Key.entry(id, target),
            with(edits, again(change.name("#text", EntryItems.TEXT).value(":rev", rev))),
            text == null ? olderThan(rev, "") : olderThan(rev, NOT_VANISHED));
    return switch (outcome) {
      case Outcome.Done(var item) -> rewritten(item);
      case Outcome.Refused(var there) when there == null -> null;
      case Outcome.Refused(var there) when text != null && there.containsKey(EntryItems.VANISHED) ->
          withoutText(id, target, rewritten(there), rev, edits);
      case Outcome.Refused(var there) -> noted(id, target, rewritten(there), edits);
    };
  }

  private static final String NOT_VANISHED = " AND attribute_not_exists(vanished)";

  private static Expression olderThan(long rev, String more) {
    return Expression.of(
            "attribute_exists(#pk) AND (attribute_not_exists(rev) OR rev < :rev)" + more)
        .name("#pk", PK)
        .value(":rev", rev);
  }

  /// A message that has vanished does not get its text back by an edit that comes by late.
  private Rewritten withoutText(
      ConversationId id, long target, Rewritten there, long rev, Set<Long> edits) {
    Outcome outcome =
        table.update(
            AccessPattern.REWRITE,
            Key.entry(id, target),
            with(
                edits,
                again(
                    Expression.of("SET #by = :by, rev = :rev" + adding(edits)).value(":rev", rev))),
            olderThan(rev, ""));
    return outcome instanceof Outcome.Done(var item) ? rewritten(item) : there;
  }

  @Override
  public @Nullable Rewritten rewriteAside(ConversationId id, long target, Text text, long rev) {
    Set<Long> edits = Set.of(rev);
    Outcome outcome =
        table.update(
            AccessPattern.REWRITE,
            Key.entry(id, target),
            with(
                edits,
                again(
                    Expression.of("SET #by = :by, #aside = :text, #asideRev = :rev" + adding(edits))
                        .name("#aside", EntryItems.ASIDE_TEXT)
                        .name("#asideRev", EntryItems.ASIDE_REV)
                        .value(":text", text.value())
                        .value(":rev", rev))),
            Expression.of(
                    "attribute_exists(#text)"
                        + " AND (attribute_not_exists(#asideRev) OR #asideRev < :rev)")
                .name("#text", EntryItems.TEXT));
    return switch (outcome) {
      case Outcome.Done(var item) -> rewritten(item);
      case Outcome.Refused(var there) when there == null -> null;
      case Outcome.Refused(var there) -> noted(id, target, rewritten(there), edits);
    };
  }

  /// A message that is further on already remembers these edits too: it may be unsent yet, and by
  /// what it remembers their texts are found.
  private @Nullable Rewritten noted(
      ConversationId id, long target, Rewritten there, Set<Long> edits) {
    if (there.unsent() || there.edits().containsAll(edits)) {
      return there;
    }
    Outcome outcome =
        table.update(
            AccessPattern.REWRITE,
            Key.entry(id, target),
            with(edits, again(Expression.of("SET #by = :by" + adding(edits)))),
            Expression.of("attribute_exists(#pk)").name("#pk", PK));
    return outcome instanceof Outcome.Done(var item) ? rewritten(item) : null;
  }

  /// A change of an entry that is there says so, in `by`: on the stream it is none that was
  /// appended, and wakes nobody ([StreamFilter]).
  private static Expression again(Expression change) {
    return change.name("#by", RowItems.BY).value(":by", RowItems.BY_PROJECTION);
  }

  private static String adding(Set<Long> edits) {
    return edits.isEmpty() ? "" : " ADD #edits :edits";
  }

  private static Expression with(Set<Long> edits, Expression change) {
    return edits.isEmpty()
        ? change
        : change
            .name("#edits", EntryItems.EDITS)
            .value(
                ":edits",
                AttributeValue.fromNs(edits.stream().sorted().map(String::valueOf).toList()));
  }

  private static Rewritten rewritten(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new Rewritten(!item.has(EntryItems.TEXT), item.numbers(EntryItems.EDITS));
  }

  @Override
  public void blank(ConversationId id, long seq) {
    table.update(
        AccessPattern.BLANK_EDIT,
        Key.entry(id, seq),
        again(Expression.of("SET #by = :by REMOVE #text").name("#text", EntryItems.TEXT)),
        Expression.of("attribute_exists(#text)").name("#text", EntryItems.TEXT));
  }

  @Override
  public void settle(ConversationId id) {
    table.update(
        AccessPattern.SETTLE_HEAD,
        Key.head(id),
        Expression.of("REMOVE #ttl").name("#ttl", TTL),
        Expression.of("attribute_exists(#ttl)").name("#ttl", TTL));
  }

  @Override
  public void reflect(ConversationId id, long stateSeq, Set<UserId> members) {
    List<String> ids = members.stream().map(UserId::value).sorted().toList();
    table.update(
        AccessPattern.REFLECT_STATE,
        Key.head(id),
        Expression.of("SET #members = :members, stateSeq = :seq")
            .name("#members", EntryItems.MEMBERS)
            .value(":members", AttributeValue.fromSs(ids))
            .value(":seq", stateSeq),
        Expression.of("attribute_exists(#pk) AND stateSeq < :seq")
            .name("#pk", PK)
            .value(":seq", stateSeq));
  }
}
