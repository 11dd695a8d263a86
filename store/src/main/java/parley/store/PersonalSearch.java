package parley.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Looks for what is left of somebody, and changes nothing: for the offline tools.
public final class PersonalSearch {
  /// Items read in one round trip.
  private static final int PAGE = 500;

  private PersonalSearch() {}

  /// The keys of all items that name this person, whatever kind they are.
  public static List<String> of(Table table, UserId user) {
    Traces traces = new Traces(user);
    List<String> found = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      TablePages.Page page = TablePages.read(table, cursor, PAGE);
      for (Map<String, AttributeValue> item : page.items()) {
        if (traces.areIn(item)) {
          Key key = Key.of(item);
          found.add(key.pk() + " " + key.sk());
        }
      }
      cursor = page.next();
    } while (cursor != null);
    return found;
  }
}
