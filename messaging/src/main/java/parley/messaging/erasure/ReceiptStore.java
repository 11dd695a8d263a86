package parley.messaging.erasure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Port: where the receipts of erasures lie, each under its place, and how far those are that have
/// none yet. Nothing in it names anybody.
public interface ReceiptStore {
  /// Says how far an erasure is. One write.
  void progress(String place, Step next, Instant at, Instant expiresAt);

  /// Puts a receipt down, unless there is one. One write.
  void issue(String place, String sealed, String digest, Instant at, Instant expiresAt);

  /// What lies there; null for nothing. Strongly consistent.
  @Nullable Lying lying(String place);

  /// Takes the receipt away, so that only its digest stays; false if somebody else did. One write.
  boolean hand(String place);

  /// Removes what lies there. One write.
  void forget(String place);

  /// What lies at a place: the step that comes next, null where a receipt was put down; the
  /// receipt, null before and after; its digest, null before. `at` is when the last of it changed;
  /// from `expiresAt` on nobody is told of it, though the service deletes it days late.
  record Lying(
      @Nullable Step next,
      Instant at,
      @Nullable String sealed,
      @Nullable String digest,
      Instant expiresAt) {}
}
