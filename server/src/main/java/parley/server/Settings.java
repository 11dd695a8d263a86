package parley.server;

import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.store.TableAdmin.Capacity;

/// How a deployment is opened. `capacity` is that of a table that is made, null where none may be;
/// `secret` is null where the data folder keeps it.
public record Settings(
    Storage storage, String table, @Nullable Capacity capacity, @Nullable Secret secret) {}
