package parley.server;

import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.store.TableAdmin.Capacity;

/// How a deployment is opened. `capacity` is that of a table that is made, null where none may be;
/// `secret` is null where the data folder keeps it; `leaving` is what is done for those who leave.
public record Settings(
    Storage storage,
    String table,
    @Nullable Capacity capacity,
    @Nullable Secret secret,
    WhoLeaves leaving) {
  public Settings(
      Storage storage, String table, @Nullable Capacity capacity, @Nullable Secret secret) {
    this(storage, table, capacity, secret, WhoLeaves.DEFAULT);
  }

  /// The same, with something else done for those who leave.
  public Settings with(WhoLeaves leaving) {
    return new Settings(storage, table, capacity, secret, leaving);
  }
}
