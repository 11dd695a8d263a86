package parley.api;

import org.jspecify.annotations.Nullable;

/// What a handler answers when all went well: one of its route's statuses, and a body unless it is
/// 204.
record Answer<R>(int status, @Nullable R body) {
  static <R> Answer<R> ok(R body) {
    return new Answer<>(200, body);
  }

  static <R> Answer<R> created(R body) {
    return new Answer<>(201, body);
  }

  static Answer<Nothing> nothing() {
    return new Answer<>(204, null);
  }

  /// The body of an answer that has none.
  static final class Nothing {
    private Nothing() {}
  }
}
