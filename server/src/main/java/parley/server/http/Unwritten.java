package parley.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// A `Content-Length: 0` that is never written.
///
/// A 204 must not have that header, and a 304 only that of its 200 (RFC 9110, 8.6). The library
/// adds one to every answer that has none, so an answer is given this one, which the library takes
/// for its own.
final class Unwritten {
  static final Header LENGTH =
      (Header)
          Proxy.newProxyInstance(
              Header.class.getClassLoader(),
              new Class<?>[] {Header.class},
              (_, method, arguments) -> answer(method, arguments));

  private Unwritten() {}

  private static @Nullable Object answer(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("writeHttp1Header")) {
      return null;
    }
    try {
      return method.invoke(HeaderValues.CONTENT_LENGTH_ZERO, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
