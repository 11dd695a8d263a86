package parley.server;

import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.store.TableAdmin.Capacity;

/// How a deployment is opened. `secret` is null where the data folder keeps it.
public record Settings(Storage storage, String table, Capacity capacity, @Nullable Secret secret) {}
