package parley.store;

import static java.util.Objects.requireNonNullElse;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What a table knows of the ledger of erased accounts: which state of it was applied. One that was
/// restored or imported knows an older one, or none.
public final class LedgerItem {
  private static final String STATE = "state";
  private static final String APPLYING = "applying";
  private static final String FROM = "from";

  /// Items read in one round trip.
  private static final int PAGE = 500;

  private final Table table;

  public LedgerItem(Table table) {
    this.table = table;
  }

  /// What is known: the state that was applied, empty for none; the one that is being applied, if
  /// one is; and what the table's page begins with that is read for it next.
  public record Known(String seen, @Nullable String applying, @Nullable String from) {
    /// Nothing is being applied.
    public static Known of(String seen) {
      return new Known(seen, null, null);
    }
  }

  /// The state that was applied; empty for none.
  public String seen() {
    return known().seen();
  }

  public Known known() {
    Map<String, AttributeValue> item = table.get(AccessPattern.LEDGER_SEEN, Key.ledger());
    if (item == null) {
      return Known.of("");
    }
    Item known = new Item(item);
    return new Known(
        requireNonNullElse(known.optionalString(STATE), ""),
        known.optionalString(APPLYING),
        known.optionalString(FROM));
  }

  public void see(String state) {
    know(Known.of(state));
  }

  public void know(Known known) {
    Item.Builder item = new Item.Builder(Key.ledger()).put(STATE, known.seen());
    if (known.applying() != null && known.from() != null) {
      item.put(APPLYING, known.applying()).put(FROM, known.from());
    }
    table.put(AccessPattern.SEE_LEDGER, item.build(), null);
  }

  /// Says that nobody knows: whoever comes next applies the ledger, whatever it says.
  public void forget() {
    see("");
  }

  /// Everybody of whom there is anything on a page of the table, by the keys that hold an account's
  /// id; some twice, where two pages meet. The first page begins with null; null is behind the
  /// last.
  public @Nullable String people(@Nullable String from, Consumer<UserId> visitor) {
    String prefix = Entity.ACCOUNT.pk("");
    TablePages.Page page = TablePages.read(table, from, PAGE);
    String last = "";
    for (Map<String, AttributeValue> item : page.items()) {
      String pk = Key.of(item).pk();
      boolean another = !pk.equals(last);
      last = pk;
      if (another && pk.startsWith(prefix) && UserId.isId(pk.substring(prefix.length()))) {
        visitor.accept(new UserId(pk.substring(prefix.length())));
      }
    }
    return page.next();
  }
}
