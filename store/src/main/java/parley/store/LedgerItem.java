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

  /// Items read in one round trip.
  private static final int PAGE = 500;

  private final Table table;

  public LedgerItem(Table table) {
    this.table = table;
  }

  /// The state that was applied; empty for none.
  public String seen() {
    Map<String, AttributeValue> item = table.get(AccessPattern.LEDGER_SEEN, Key.ledger());
    return item == null ? "" : requireNonNullElse(new Item(item).optionalString(STATE), "");
  }

  public void see(String state) {
    table.put(
        AccessPattern.SEE_LEDGER, new Item.Builder(Key.ledger()).put(STATE, state).build(), null);
  }

  /// Everybody of whom there is anything in the table, by the keys that hold an account's id; some
  /// several times. It reads the whole table.
  public void people(Consumer<UserId> visitor) {
    String prefix = Entity.ACCOUNT.pk("");
    @Nullable String cursor = null;
    do {
      TablePages.Page page = TablePages.read(table, cursor, PAGE);
      for (Map<String, AttributeValue> item : page.items()) {
        String pk = Key.of(item).pk();
        if (pk.startsWith(prefix) && UserId.isId(pk.substring(prefix.length()))) {
          visitor.accept(new UserId(pk.substring(prefix.length())));
        }
      }
      cursor = page.next();
    } while (cursor != null);
  }
}
