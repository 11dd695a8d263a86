package parley.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.message.ClientId;
import parley.store.Table.Expression;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What of one person is in an item, and the update that takes it out.
///
/// People are named by their id alone, wherever that stands. What somebody else wrote is theirs,
/// whatever it says: words are not looked into, but go where the person is their author.
final class Traces {
  private static final String FROM = "from";
  private static final String KIND = "kind";

  private final UserId user;
  private final String id;

  Traces(UserId user) {
    this.user = user;
    this.id = user.value();
  }

  /// Whether an item names them.
  boolean areIn(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .anyMatch(attribute ->
            !TableDesign.WORDS.contains(attribute.getKey()) && isIn(attribute.getValue()));
  }

  private boolean isIn(AttributeValue value) {
    if (value.s() != null) {
      return value.s().contains(id);
    }
    if (value.hasSs()) {
      return value.ss().stream().anyMatch(each -> each.contains(id));
    }
    if (value.hasL()) {
      return value.l().stream().anyMatch(this::isIn);
    }
    return value.hasM()
        && value.m().entrySet().stream()
            .anyMatch(each -> each.getKey().contains(id) || isIn(each.getValue()));
  }

  /// Whether an item that names them may go on doing so until its time is over: what others
  /// reported of them.
  boolean mayStayIn(Map<String, AttributeValue> item, Entity entity) {
    return Fate.of(entity) == Fate.KEPT
        && !id.equals(new Item(item).optionalString(ReportItems.REPORTER));
  }

  /// Whether its keys do: then it cannot stay at all.
  boolean areInKeys(Map<String, AttributeValue> item) {
    Key key = Key.of(item);
    return key.pk().contains(id) || key.sk().contains(id);
  }

  /// The update that takes them out of an item that stays; `rev` is the entry that what they wrote
  /// comes to reflect. Null where they are not in it.
  @Nullable Expression without(Map<String, AttributeValue> item, Entity entity, long rev) {
    if (!areIn(item)) {
      return null;
    }
    List<String> sets = new ArrayList<>();
    List<String> removes = new ArrayList<>();
    Expression change = Expression.of("");
    int number = 0;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      if (!TableDesign.WORDS.contains(attribute.getKey()) && isIn(attribute.getValue())) {
        number++;
        sets.add("#a" + number + " = :a" + number);
        change =
            change
                .name("#a" + number, attribute.getKey())
                .value(":a" + number, without(attribute.getValue()));
      }
    }
    boolean wrote = id.equals(new Item(item).optionalString(FROM));
    boolean shown = id.equals(new Item(item).optionalString("lastFrom"));
    if (wrote || shown) {
      for (String words : TableDesign.WORDS) {
        removes.add("#" + words);
        change = change.name("#" + words, words);
      }
    }
    if (shown || wrote && isMessage(item)) {
      sets.add("#rev = :rev");
      change = change.name("#rev", RowItems.REV).value(":rev", rev);
    }
    if (wrote && entity == Entity.ENTRY) {
      change = anonymous(item, sets, change);
    }
    if (entity == Entity.ROW || entity == Entity.ENTRY) {
      // Nobody's mark, and no entry that was appended: it wakes no function.
      sets.add("#by = :by");
      change = change.name("#by", RowItems.BY).value(":by", RowItems.BY_PROJECTION);
    }
    String text =
        "SET "
            + String.join(", ", sets)
            + (removes.isEmpty() ? "" : " REMOVE " + String.join(", ", removes));
    return new Expression(text, change.names(), change.values());
  }

  private static boolean isMessage(Map<String, AttributeValue> item) {
    return EntryItems.MESSAGE.equals(new Item(item).optionalString(KIND));
  }

  /// An entry of theirs says when it was written, and neither by whom nor from where. An edit has
  /// lost its text, and so has the message that it changed: together they are an unsend.
  private static Expression anonymous(
      Map<String, AttributeValue> item, List<String> sets, Expression change) {
    sets.add("#clientId = :clientId");
    Expression anonymous =
        change.name("#clientId", "clientId").value(":clientId", nobodys(item.get("at")));
    if (EntryItems.EDIT.equals(new Item(item).optionalString(KIND))) {
      sets.add("#kind = :kind");
      anonymous = anonymous.name("#kind", KIND).value(":kind", EntryItems.UNSEND);
    }
    return anonymous;
  }

  private static String nobodys(@Nullable AttributeValue at) {
    String millis = at == null || at.n() == null ? "" : at.n();
    Instant time =
        millis.matches("[0-9]{1,13}")
            ? Instant.ofEpochMilli(Long.parseLong(millis))
            : Instant.EPOCH;
    return ClientId.of(time, 0, 0).toString();
  }

  private AttributeValue without(AttributeValue value) {
    if (value.s() != null) {
      return AttributeValue.fromS(value.s().replace(id, UserId.NOBODY.value()));
    }
    if (value.hasSs()) {
      // A set may come to hold one person the less: two who are gone are the same nobody.
      TreeSet<String> rest = new TreeSet<>();
      value.ss().forEach(each -> rest.add(each.replace(id, UserId.NOBODY.value())));
      return AttributeValue.fromSs(List.copyOf(rest));
    }
    if (value.hasL()) {
      return AttributeValue.fromL(value.l().stream().map(this::without).toList());
    }
    if (value.hasM()) {
      Map<String, AttributeValue> rest = new HashMap<>();
      value
          .m()
          .forEach(
              (name, each) -> rest.put(name.replace(id, UserId.NOBODY.value()), without(each)));
      return AttributeValue.fromM(rest);
    }
    return Objects.requireNonNull(value);
  }

  /// What an item is called in the counts of a receipt.
  String called(Map<String, AttributeValue> item, @Nullable Entity entity) {
    if (entity == null) {
      return "unknown item";
    }
    if (entity == Entity.ENTRY) {
      String kind = new Item(item).optionalString(KIND);
      return id.equals(new Item(item).optionalString(FROM)) && kind != null
          ? "entry of kind " + kind
          : "entry that named the account";
    }
    boolean own = Key.of(item).pk().equals(Key.user(user));
    return entity == Entity.ROW && !own ? "inbox row of another account" : entity.label();
  }
}
