package parley.messaging.block;

import java.time.Instant;
import parley.messaging.account.UserId;

/// Somebody whom a person has blocked, and since when, in milliseconds.
public record Block(UserId blocked, Instant since) {}
