package parley.store;

import static parley.store.TableDesign.INBOX_INDEX;
import static parley.store.TableDesign.INBOX_KEY;
import static parley.store.TableDesign.PK;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Choice;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxRow.Setting;
import parley.messaging.inbox.InboxStore;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.RowKey;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Inbox rows and the sparse index over them.
///
/// Every attribute has one writer: read marks and decisions are the reader's, the others the
/// projection's; `inboxKey` follows from both, so whoever writes it does so on condition that
/// neither has changed. Each write is one conditional update, so that neither ever reads to write.
public final class InboxRows implements InboxStore {
  private final Table table;

  public InboxRows(Table table) {
    this.table = table;
  }

  @Override
  public List<InboxRow> anyRows(UserId user, int limit) {
    return rows(table.beginning(AccessPattern.ROWS, Key.user(user), Entity.ROW.skPrefix(), limit));
  }

  @Override
  public List<Place> places(UserId user, String folder, @Nullable Place below, int limit) {
    // The upper end of BETWEEN is part of it, and `below` is not: one more is asked for.
    String top = below == null ? folder + "$" : RowItems.inboxKey(below);
    return table
        .query(
            AccessPattern.INBOX_PLACES,
            false,
            limit + 1,
            r ->
                r.indexName(INBOX_INDEX)
                    .keyConditionExpression("#pk = :pk AND #key BETWEEN :bottom AND :top")
                    .expressionAttributeNames(Map.of("#pk", PK, "#key", INBOX_KEY))
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(Key.user(user)),
                            ":bottom", AttributeValue.fromS(folder + "#"),
                            ":top", AttributeValue.fromS(top)))
                    .scanIndexForward(false))
        .stream()
        .map(item -> new Item(item).string(INBOX_KEY))
        .filter(key -> !key.equals(top))
        .limit(limit)
        .map(RowItems::place)
        .toList();
  }

  @Override
  public List<InboxRow> rows(UserId user, Collection<ConversationId> conversations) {
    return conversations.isEmpty()
        ? List.of()
        : rows(
            table.batchGet(
                AccessPattern.ROWS_BY_ID,
                conversations.stream().map(id -> Key.row(new RowKey(user, id))).toList()));
  }

  private static List<InboxRow> rows(List<Map<String, AttributeValue>> items) {
    return items.stream().map(RowItems::read).toList();
  }

  @Override
  public @Nullable InboxRow row(RowKey key) {
    return read(table.get(AccessPattern.ROW, Key.row(key)));
  }

  @Override
  public Marked markRead(RowKey key, Mark mark, boolean create) {
    String notBack = "(attribute_not_exists(readSeq) OR readSeq < :seq)";
    return mark(
        key,
        Expression.of("SET readSeq = :seq, readN = :n, #by = :by")
            .value(":seq", mark.seq())
            .value(":n", mark.n()),
        create
            ? Expression.of(notBack)
            : Expression.of("attribute_exists(#pk) AND " + notBack).name("#pk", PK));
  }

  @Override
  public Marked markReadToEnd(RowKey key, long seq) {
    return mark(
        key,
        Expression.of("SET readSeq = :seq, readN = lastN, #by = :by").value(":seq", seq),
        Expression.of("lastSeq = :seq AND (attribute_not_exists(readSeq) OR readSeq < :seq)"));
  }

  private Marked mark(RowKey key, Expression change, Expression condition) {
    return marked(
        table.update(
            AccessPattern.MARK_READ,
            Key.row(key),
            change.name("#by", RowItems.BY).value(":by", RowItems.BY_READER),
            condition));
  }

  private static Marked marked(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var item) -> new Marked.Set(RowItems.read(item));
      case Outcome.Refused(var there) -> new Marked.Refused(read(there));
    };
  }

  @Override
  public Advanced advance(RowKey key, Advance advance, Guard guard) {
    return advanced(
        table.update(
            pattern(advance, guard),
            Key.row(key),
            RowItems.change(advance, false),
            condition(guard)));
  }

  /// Which pattern it is, for the books: told by the entry that moves rows being the newest.
  private static AccessPattern pattern(Advance advance, Guard guard) {
    Place place = advance.place();
    if (guard instanceof Guard.First) {
      return AccessPattern.FIRST_ROW;
    }
    return place != null && place.movedAt().equals(advance.last().at())
        ? AccessPattern.MOVE_ROW
        : AccessPattern.ADVANCE_ROW;
  }

  private static Expression condition(Guard guard) {
    return switch (guard) {
      case Guard.First() ->
          Expression.of("attribute_not_exists(lastN) AND attribute_not_exists(#chosen)")
              .name("#chosen", RowItems.CHOSEN);
      case Guard.Continues(long firstN) ->
          Expression.of("lastN >= :joins AND lastSeq < :seq AND begins_with(inboxKey, :folder)")
              .value(":joins", firstN - 1)
              .value(":folder", Place.INBOX + "#");
      case Guard.Unchanged(InboxRow seen) -> unchanged(seen);
    };
  }

  private static Expression unchanged(@Nullable InboxRow seen) {
    Last last = seen == null ? null : seen.last();
    Place place = seen == null ? null : seen.place();
    long chosen = seen == null ? 0 : seen.choice().version();
    Expression condition =
        Expression.of(
                (last == null ? "attribute_not_exists(lastSeq)" : "lastSeq = :seen")
                    + (place == null
                        ? " AND attribute_not_exists(inboxKey)"
                        : " AND inboxKey = :place")
                    + (chosen == 0
                        ? " AND attribute_not_exists(#chosen)"
                        : " AND #chosen = :before"))
            .name("#chosen", RowItems.CHOSEN);
    condition = last == null ? condition : condition.value(":seen", last.seq());
    condition = place == null ? condition : condition.value(":place", RowItems.inboxKey(place));
    return chosen == 0 ? condition : condition.value(":before", chosen);
  }

  @Override
  public Marked choose(InboxRow seen, Choice choice, @Nullable Place place) {
    return marked(
        table.update(
            AccessPattern.CHOOSE,
            Key.row(seen.key()),
            RowItems.change(choice, place),
            unchanged(seen)));
  }

  @Override
  public Advanced amend(RowKey key, long seq, @Nullable String preview, long rev) {
    Expression change =
        preview == null
            ? Expression.of("SET #rev = :rev, #by = :by REMOVE preview")
            : Expression.of("SET #rev = :rev, #by = :by, preview = :preview")
                .value(":preview", preview);
    return advanced(
        table.update(
            AccessPattern.AMEND_ROW,
            Key.row(key),
            change
                .name("#rev", RowItems.REV)
                .name("#by", RowItems.BY)
                .value(":rev", rev)
                .value(":by", RowItems.BY_PROJECTION),
            Expression.of("lastSeq = :seq AND #rev < :rev").value(":seq", seq)));
  }

  @Override
  public Advanced retain(RowKey key, Setting setting) {
    return advanced(
        table.update(
            AccessPattern.RETAIN_ROW,
            Key.row(key),
            RowItems.change(setting),
            Expression.of(
                "attribute_exists(lastN)"
                    + " AND (attribute_not_exists(keepSeq) OR keepSeq < :keepSeq)")));
  }

  @Override
  public void remove(RowKey key) {
    table.delete(AccessPattern.REMOVE_ROW, Key.row(key));
  }

  @Override
  public void repair(InboxRow row) {
    Last last = row.last();
    if (last == null) {
      return;
    }
    // Without a condition: whoever repairs has compared with the log, and says what is right.
    table.update(AccessPattern.ADVANCE_ROW, Key.row(row.key()), RowItems.repaired(row, last), null);
  }

  private static Advanced advanced(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var item) -> new Advanced.Done(RowItems.read(item));
      case Outcome.Refused(var there) -> new Advanced.Refused(read(there));
    };
  }

  private static @Nullable InboxRow read(@Nullable Map<String, AttributeValue> item) {
    return item == null ? null : RowItems.read(item);
  }
}
