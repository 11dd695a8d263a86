package parley.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a handler answers when all went well: one of its route's statuses, and a body unless it is
/// 204.
record Answer<R>(int status, @Nullable R body, List<Header> headers) {
  Answer {
    headers = List.copyOf(headers);
  }

  static <R> Answer<R> ok(R body) {
    return new Answer<>(200, body, List.of());
  }

  static <R> Answer<R> created(R body) {
    return new Answer<>(201, body, List.of());
  }

  static Answer<Nothing> nothing() {
    return new Answer<>(204, null, List.of());
  }

  Answer<R> with(Header header) {
    return new Answer<>(status, body, List.of(header));
  }

  /// The body of an answer that has none.
  static final class Nothing {
    private Nothing() {}
  }
}
