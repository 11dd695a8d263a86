package parley.messaging.message;

import java.time.Instant;

/// When something was written, and for how many days its conversation keeps it, 0 for ever.
public record Age(Instant at, int days) {}
