package parley.serverless.runtime;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// One event on its way through an instance, and what becomes of it.
record Invocation(String id, String event, long deadline_ms, CompletableFuture<Outcome> outcome) {
  static Invocation of(String event, long deadline_ms) {
    return new Invocation(
        UUID.randomUUID().toString(), event, deadline_ms, new CompletableFuture<>());
  }
}
