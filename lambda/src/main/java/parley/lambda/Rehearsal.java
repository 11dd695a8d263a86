package parley.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// All functions in one, for the build: what it loads while it is given events of each goes into
/// the cache of the package that brings its own Java. No deployment names it.
///
/// An event is `{"function": "HttpFunction", "event": "..."}`, the function's own event as text.
public final class Rehearsal implements RequestStreamHandler {
  private final Map<String, RequestStreamHandler> functions = new HashMap<>();

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Fields event = Fields.read(in);
    byte[] bytes = event.required("event").getBytes(StandardCharsets.UTF_8);
    function(event.required("function"))
        .handleRequest(new ByteArrayInputStream(bytes), out, context);
  }

  private RequestStreamHandler function(String name) {
    return functions.computeIfAbsent(name, Rehearsal::made);
  }

  private static RequestStreamHandler made(String name) {
    try {
      return Class.forName(Rehearsal.class.getPackageName() + "." + name)
          .asSubclass(RequestStreamHandler.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("there is no function " + name, e);
    }
  }
}
