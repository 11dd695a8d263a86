package parley.server;

import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.messaging.message.Vanishing;
import parley.store.TableAdmin.Capacity;

/// How a deployment is opened. `capacity` is that of a table that is made, null where none may be;
/// `secret` is null where the data folder keeps it; `leaving` is what is done for those who leave;
/// for so many days any message is kept, 0 for as long as its conversation keeps it.
public record Settings(
    Storage storage,
    String table,
    @Nullable Capacity capacity,
    @Nullable Secret secret,
    WhoLeaves leaving,
    int retentionDays) {
  public Settings(
      Storage storage, String table, @Nullable Capacity capacity, @Nullable Secret secret) {
    this(storage, table, capacity, secret, WhoLeaves.DEFAULT, Vanishing.FOREVER);
  }

  /// The same, with something else done for those who leave.
  public Settings with(WhoLeaves leaving) {
    return new Settings(storage, table, capacity, secret, leaving, retentionDays);
  }

  /// The same, where messages are kept for so many days.
  public Settings keeping(int days) {
    return new Settings(storage, table, capacity, secret, leaving, days);
  }
}
