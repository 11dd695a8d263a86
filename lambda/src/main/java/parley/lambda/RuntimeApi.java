package parley.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Lambda's Runtime API (version 2018-06-01), asked with the client that the JDK has and the table
/// is asked with too.
final class RuntimeApi {
  private static final int ANSWER_MS = 10_000;

  private final String root;

  /// At an address such as `127.0.0.1:9001`.
  RuntimeApi(String address) {
    this.root = "http://" + address + "/2018-06-01/runtime/";
  }

  /// One event, and until when it may be worked on. Its body is in memory, and read once.
  record Event(String id, String arn, long deadline_ms, InputStream body) {}

  /// The next event, null when there will be none.
  ///
  /// It waits without an end: between events Lambda stops the whole process, so that a limit would
  /// run out in the middle of nothing.
  ///
  /// @throws IOException if nobody is there to be asked
  @Nullable Event next() throws IOException {
    HttpURLConnection asked = open("invocation/next", 0);
    try (InputStream body = asked.getInputStream()) {
      if (asked.getResponseCode() != HttpURLConnection.HTTP_OK) {
        return null;
      }
      return new Event(
          header(asked, "Lambda-Runtime-Aws-Request-Id"),
          header(asked, "Lambda-Runtime-Invoked-Function-Arn"),
          Long.parseLong(header(asked, "Lambda-Runtime-Deadline-Ms")),
          new ByteArrayInputStream(body.readAllBytes()));
    }
  }

  void answered(Event event, ByteArrayOutputStream answer) throws IOException {
    post("invocation/" + event.id() + "/response", answer.toByteArray(), null);
  }

  void failed(Event event, Throwable fault) throws IOException {
    post("invocation/" + event.id() + "/error", told(fault), fault);
  }

  /// There will be no function here.
  void failedToStart(Throwable fault) {
    try {
      post("init/error", told(fault), fault);
    } catch (IOException e) {
      // The process ends next, which says it too.
    }
  }

  /// The kind of fault alone: its message may repeat some of the event.
  private static byte[] told(Throwable fault) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Fields.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject()
          .writeStringProperty("errorType", fault.getClass().getName())
          .writeStringProperty("errorMessage", "The function's log says more.")
          .writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void post(String path, byte[] body, @Nullable Throwable fault) throws IOException {
    HttpURLConnection asked = open(path, ANSWER_MS);
    asked.setDoOutput(true);
    asked.setRequestProperty("Content-Type", "application/json");
    if (fault != null) {
      asked.setRequestProperty(
          "Lambda-Runtime-Function-Error-Type", fault.getClass().getSimpleName());
    }
    asked.getOutputStream().write(body);
    int status = asked.getResponseCode();
    // Read to its end, so that the connection can be used again.
    try (InputStream answer = status < 400 ? asked.getInputStream() : asked.getErrorStream()) {
      if (answer != null) {
        answer.readAllBytes();
      }
    }
    if (status >= 400) {
      throw new IOException(path + " was answered " + status);
    }
  }

  private HttpURLConnection open(String path, int readTimeout_ms) throws IOException {
    HttpURLConnection asked = (HttpURLConnection) URI.create(root + path).toURL().openConnection();
    asked.setConnectTimeout(ANSWER_MS);
    asked.setReadTimeout(readTimeout_ms);
    asked.setRequestProperty("User-Agent", "parley");
    return asked;
  }

  private static String header(HttpURLConnection asked, String name) throws IOException {
    String value = asked.getHeaderField(name);
    if (value == null) {
      throw new IOException("the event has no header " + name);
    }
    return value;
  }
}
