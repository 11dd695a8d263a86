package parley.prove;

import java.util.List;

/// A message that somebody sent, once or many times under one client id. Its text is like no
/// other's.
///
/// `askedAt` is when it was sent first. Times are nanoseconds of this process's clock, and say only
/// what came before what.
record Sent(
    String from, String clientId, String text, long askedAt, List<Acknowledged> acknowledged) {
  /// An answer that says: it is in the log, at this number.
  record Acknowledged(long seq, long at) {}

  Sent {
    acknowledged = List.copyOf(acknowledged);
  }
}
