package parley.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import parley.api.Live;
import parley.lambda.Metrics.Line;
import parley.lambda.Metrics.Unit;
import parley.messaging.StoreUnavailable;
import parley.messaging.event.Ending;
import parley.messaging.event.Link;
import parley.messaging.event.Switchboard;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// The function behind the WebSocket API: connections come, say something, and go. Who may come was
/// settled by [SocketAuthorizer]; what they hear comes from [StreamFunction].
public final class SocketFunction implements RequestStreamHandler {
  private final Assembly assembly;
  private final Switchboard switchboard;

  /// As Lambda makes it.
  public SocketFunction() {
    this(Assembly.ofThisProcess());
  }

  SocketFunction(Assembly assembly) {
    this.assembly = assembly;
    this.switchboard = Connections.switchboard(assembly);
  }

  /// What the gateway is answered: a status, and for `$default` what is said back, null for
  /// nothing.
  private record Answer(int status, @Nullable String words) {
    static final Answer OK = new Answer(200, null);
    static final Answer REFUSED = new Answer(401, null);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    long begun = System.nanoTime();
    Fields event = Fields.read(in);
    Fields request = event.object("requestContext");
    String kind = request.required("eventType");
    Link link = Connections.link(request);
    Answer answer =
        switch (kind) {
          case "CONNECT" -> switchboard.opened(link) ? Answer.OK : Answer.REFUSED;
          case "MESSAGE" -> said(link, event);
          case "DISCONNECT" -> {
            switchboard.closed(link);
            yield Answer.OK;
          }
          default -> throw new IllegalArgumentException("no event of a connection is of this type");
        };
    assembly
        .metrics()
        .write(
            new Line()
                .dimension("Function", "Socket")
                .dimension("Event", kind)
                .metric("Latency", Unit.MILLISECONDS, (System.nanoTime() - begun) / 1e6)
                .metric("Refused", Unit.COUNT, answer.status() == 200 ? 0 : 1)
                .property("units", assembly.units().drain()));
    write(out, kind, answer);
  }

  private Answer said(Link link, Fields event) {
    String text = event.text("body");
    if (event.isTrue("isBase64Encoded")) {
      switchboard.end(link, Ending.NOT_TEXT);
    } else if (text != null && text.length() > Live.HEARD_BYTES) {
      switchboard.end(link, Ending.TOO_LONG);
    } else if (text != null && Live.isPing(text)) {
      Ending ending = pinged(link);
      if (ending == null) {
        return new Answer(200, new String(Live.pong(), StandardCharsets.UTF_8));
      }
      switchboard.end(link, ending);
    }
    return Answer.OK;
  }

  /// A table that does not answer is no reason to end what may be good.
  private @Nullable Ending pinged(Link link) {
    try {
      return switchboard.pinged(link);
    } catch (StoreUnavailable e) {
      return null;
    }
  }

  private static void write(OutputStream out, String kind, Answer answer) {
    try (JsonGenerator json = Fields.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeName("statusCode").writeNumber(answer.status());
      if (kind.equals("CONNECT") && answer.status() == 200) {
        json.writeName("headers").writeStartObject();
        json.writeStringProperty("Sec-WebSocket-Protocol", Live.SUBPROTOCOL).writeEndObject();
      }
      if (answer.words() != null) {
        json.writeStringProperty("body", answer.words());
      }
      json.writeEndObject();
    }
  }
}
