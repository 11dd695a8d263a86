package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.TTL;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.messaging.operator.Actor;
import parley.messaging.operator.AuditEntry;
import parley.messaging.operator.AuditEntry.Action;
import parley.messaging.operator.Operator;
import parley.messaging.operator.OperatorId;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.OperatorStore;
import parley.messaging.operator.Scope;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Operators' tokens and the audit trail: one item collection, for there are few of either.
public final class OperatorItems implements OperatorStore {
  private static final String NAME = "name";
  private static final String SCOPES = "scopes";
  private static final String CREATED_AT = "createdAt";
  private static final String AT = "at";
  private static final String ACTOR = "actor";
  private static final String ACTION = "action";
  private static final String SUBJECT = "subject";

  private final Table table;

  public OperatorItems(Table table) {
    this.table = table;
  }

  @Override
  public void add(Operator operator) {
    table.put(
        AccessPattern.OPERATOR_ADD,
        new Item.Builder(Key.operator(operator.id()))
            .put(NAME, operator.name().value())
            .put(SCOPES, operator.scopes().stream().map(Scope::text).sorted().toList())
            .put(CREATED_AT, operator.createdAt())
            .expiresAt(operator.expiresAt())
            .build(),
        null);
  }

  @Override
  public @Nullable Operator operator(OperatorId id) {
    Map<String, AttributeValue> item = table.get(AccessPattern.OPERATOR_CHECK, Key.operator(id));
    return item == null ? null : read(item);
  }

  @Override
  public List<Operator> operators(int limit) {
    return table
        .beginning(
            AccessPattern.OPERATORS, Entity.OPERATOR.pk(""), Entity.OPERATOR.skPrefix(), limit)
        .stream()
        .map(OperatorItems::read)
        .toList();
  }

  @Override
  public boolean remove(OperatorId id) {
    Outcome outcome =
        table.take(
            AccessPattern.OPERATOR_REMOVE,
            Key.operator(id),
            Expression.of("attribute_exists(#pk)").name("#pk", PK));
    return outcome instanceof Outcome.Done;
  }

  @Override
  public void record(AuditEntry entry, Instant expiresAt) {
    table.put(
        AccessPattern.AUDIT,
        new Item.Builder(Key.audit(entry.key()))
            .put(AT, entry.at())
            .put(ACTOR, entry.actor().value())
            .put(ACTION, entry.action().name())
            .put(SUBJECT, entry.subject())
            .expiresAt(expiresAt)
            .build(),
        null);
  }

  @Override
  public List<AuditEntry> trail(@Nullable String key, int limit) {
    return NewestFirst.page(table, AccessPattern.AUDIT_TRAIL, Entity.AUDIT, key, limit).stream()
        .map(OperatorItems::entry)
        .toList();
  }

  private static Operator read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new Operator(
        new OperatorId(item.key().sk().substring(Entity.OPERATOR.skPrefix().length())),
        new OperatorName(item.string(NAME)),
        scopes(item.strings(SCOPES)),
        item.time(CREATED_AT),
        Instant.ofEpochSecond(item.number(TTL)));
  }

  /// A scope that only a later version knows is none here.
  private static Set<Scope> scopes(List<String> texts) {
    return Scope.grantable().stream()
        .filter(scope -> texts.contains(scope.text()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static AuditEntry entry(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    String action = item.string(ACTION);
    return new AuditEntry(
        item.key().sk().substring(Entity.AUDIT.skPrefix().length()),
        item.time(AT),
        new Actor(item.string(ACTOR)),
        Arrays.stream(Action.values())
            .filter(known -> known.name().equals(action))
            .findFirst()
            .orElse(Action.OTHER),
        item.string(SUBJECT));
  }
}
