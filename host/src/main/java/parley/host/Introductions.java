package parley.host;

import java.security.SecureRandom;
import java.time.InstantSource;
import parley.messaging.account.Identities;
import parley.store.AccountItems;
import parley.store.IdentityItems;
import parley.store.Table;

/// The accounts of people whom identity providers introduce.
public final class Introductions {
  private Introductions() {}

  /// On a table.
  public static Identities on(Table table, InstantSource clock) {
    return new Identities(
        new IdentityItems(table), new AccountItems(table), clock, new SecureRandom());
  }
}
