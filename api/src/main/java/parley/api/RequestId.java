package parley.api;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import parley.messaging.Ids;

/// The name of one request, in its response and in the log. It need not be hard to guess.
final class RequestId {
  static final String HEADER = "X-Request-Id";

  private static final Pattern ACCEPTED =
      Pattern.compile("[A-Za-z0-9_-]{1," + Bounds.REQUEST_ID_CHARS + "}");

  private RequestId() {}

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
