package parley.store;

import static parley.store.TableDesign.PK;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Text;
import parley.messaging.report.Reason;
import parley.messaging.report.ReportStore;
import parley.messaging.report.ReportedMessage;
import parley.store.Table.Expression;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Copies of reported messages, an item each, in one item collection: there are few, and operators
/// read them newest first.
public final class ReportItems implements ReportStore {
  /// Who reported it: out of this an erasure takes them, while what they reported stays.
  static final String REPORTER = "reporter";

  private static final String AT = "at";
  private static final String REASON = "reason";
  private static final String CONVERSATION = "conversation";
  private static final String TARGET = "target";
  private static final String REPORTED = "reported";
  private static final String SEQ = "seq";
  private static final String SENT_AT = "sentAt";
  private static final String TEXT = "text";

  private final Table table;

  public ReportItems(Table table) {
    this.table = table;
  }

  @Override
  public void keep(ReportedMessage message) {
    table.put(
        AccessPattern.REPORT,
        new Item.Builder(Key.report(message.key()))
            .put(AT, message.at())
            .put(REPORTER, message.reporter().value())
            .put(REASON, message.reason().toString())
            .put(CONVERSATION, message.conversation().value())
            .put(TARGET, message.target())
            .put(REPORTED, message.from().value())
            .put(SEQ, message.seq())
            .put(SENT_AT, message.sentAt())
            .put(TEXT, message.text().value())
            .expiresAt(message.expiresAt())
            .build(),
        Expression.of("attribute_not_exists(#pk)").name("#pk", PK));
  }

  @Override
  public List<ReportedMessage> reported(@Nullable String key, int limit) {
    return NewestFirst.page(table, AccessPattern.REPORTS, Entity.REPORT, key, limit).stream()
        .map(ReportItems::read)
        .toList();
  }

  private static ReportedMessage read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new ReportedMessage(
        item.key().sk().substring(Entity.REPORT.skPrefix().length()),
        item.time(AT),
        item.user(REPORTER),
        reason(item.string(REASON)),
        new ConversationId(item.string(CONVERSATION)),
        item.number(TARGET),
        item.user(REPORTED),
        item.number(SEQ),
        item.time(SENT_AT),
        new Text(item.string(TEXT)));
  }

  /// A reason that only a later version knows is some other one here.
  private static Reason reason(String text) {
    return Reason.parse(text) instanceof Parsed.Good<Reason>(Reason known) ? known : Reason.OTHER;
  }
}
