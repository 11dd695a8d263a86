package parley.api;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Ids;

/// The name of one request, in its response and in the log. It need not be hard to guess.
public final class RequestId {
  static final String HEADER = "X-Request-Id";

  private static final Pattern ACCEPTED =
      Pattern.compile("[A-Za-z0-9_-]{1," + Bounds.REQUEST_ID_CHARS + "}");

  private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

  private RequestId() {}

  /// That of the request which this thread is answering, null if it is none: so that whatever logs
  /// a line need not be told.
  public static @Nullable String current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }

  /// Does `work` as part of this request.
  static <T> T during(String requestId, Supplier<T> work) {
    return ScopedValue.where(CURRENT, requestId).call(work::get);
  }

  static String of(ApiRequest request) {
    return of(request.headers());
  }

  /// What the request brought, if it is one id of a harmless form; else a new one.
  static String of(List<Header> headers) {
    List<String> given = Header.all(headers, HEADER);
    return given.size() == 1 && ACCEPTED.matcher(given.getFirst()).matches()
        ? given.getFirst()
        : made();
  }

  private static String made() {
    byte[] bits = new byte[17];
    ThreadLocalRandom.current().nextBytes(bits);
    return Ids.encode("r-", bits);
  }
}
