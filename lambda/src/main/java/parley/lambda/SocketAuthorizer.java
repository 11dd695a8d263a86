package parley.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.api.Api;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Connecting;
import parley.api.Header;
import parley.api.Live;
import parley.messaging.account.Session;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// The authorizer of the WebSocket API: who may connect is what the contract says, by a ticket or
/// by a session's cookie from a page of ours. What it answers comes with every event of the
/// connection.
///
/// API Gateway has two ways to refuse, and no words for either: 401, for which a function fails
/// with `Unauthorized`, and 403, a policy that denies.
public final class SocketAuthorizer implements RequestStreamHandler {
  private static final String REQUEST_ID = "X-Request-Id";

  private final Api api;
  private final Edge edge;

  /// As Lambda makes it, when an instance starts.
  public SocketAuthorizer() {
    this(Assembly.ofThisProcess());
  }

  SocketAuthorizer(Assembly assembly) {
    this.api = assembly.api();
    this.edge = assembly.environment().edge();
    api.tell(new RequestLines(assembly, "SocketAuthorizer"));
  }

  /// What makes API Gateway answer 401: it goes by these very words.
  static final class Unauthorized extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unauthorized() {
      super("Unauthorized", null, false, false);
    }
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Fields event = Fields.read(in);
    String route = event.required("methodArn");
    switch (api.connect(request(event, context.getAwsRequestId()))) {
      case Connecting.Welcome(Session session) -> write(out, "Allow", route, session);
      case Connecting.Refused(ApiResponse response) -> {
        switch (response.status()) {
          case 401 -> throw new Unauthorized();
          case 403 -> write(out, "Deny", route, null);
          default -> throw new IllegalStateException("refused with " + response.status());
        }
      }
    }
  }

  private ApiRequest request(Fields event, String id) {
    List<Header> headers = new ArrayList<>();
    Fields all = event.object("multiValueHeaders");
    all.values()
        .keySet()
        .forEach(name -> all.texts(name).forEach(value -> headers.add(new Header(name, value))));
    if (headers.isEmpty()) {
      Fields one = event.object("headers");
      one.values().keySet().forEach(name -> headers.add(new Header(name, one.required(name))));
    }
    if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(REQUEST_ID))) {
      // Not made here: instances that start from one snapshot would all make the same.
      headers.add(new Header(REQUEST_ID, id));
    }
    String connected = event.object("requestContext").object("identity").required("sourceIp");
    return new ApiRequest(
        "GET", Live.PATH, "", headers, ApiRequest.Body.NONE, edge.client(headers, connected));
  }

  private static void write(
      OutputStream out, String effect, String route, @Nullable Session session) {
    try (JsonGenerator json = Fields.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("principalId", session == null ? "nobody" : session.user().value());
      json.writeName("policyDocument").writeStartObject();
      json.writeStringProperty("Version", "2012-10-17");
      json.writeName("Statement").writeStartArray().writeStartObject();
      json.writeStringProperty("Action", "execute-api:Invoke");
      json.writeStringProperty("Effect", effect);
      json.writeStringProperty("Resource", route);
      json.writeEndObject().writeEndArray().writeEndObject();
      json.writeName("context").writeStartObject();
      Map<String, String> said = session == null ? Map.of() : Connections.context(session);
      said.forEach(json::writeStringProperty);
      json.writeEndObject().writeEndObject();
    }
  }
}
