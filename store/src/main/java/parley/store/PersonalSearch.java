package parley.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Looks for what is left of somebody, and changes nothing: for the offline tools.
public final class PersonalSearch {
  /// Items read in one round trip.
  private static final int PAGE = 500;

  private PersonalSearch() {}

  /// The keys of all items that name this person, whatever kind they are; but for those that may do
  /// so until their time is over, as the receipt of an erasure says.
  public static List<String> of(Table table, UserId user) {
    Traces traces = new Traces(user);
    List<String> found = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      TablePages.Page page = TablePages.read(table, cursor, PAGE);
      for (Map<String, AttributeValue> item : page.items()) {
        Key key = Key.of(item);
        Entity entity = Entity.of(key.pk(), key.sk()).orElse(null);
        if (traces.areIn(item) && (entity == null || !traces.mayStayIn(item, entity))) {
          found.add(key.pk() + " " + key.sk());
        }
      }
      cursor = page.next();
    } while (cursor != null);
    return found;
  }
}
