package parley.lambda;

import static java.lang.System.Logger.Level.ERROR;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import parley.api.Api;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.HostRefusal;

/// The function behind the HTTP API: the contract, one request an invocation.
public final class HttpFunction implements RequestStreamHandler {
  private static final System.Logger LOG = System.getLogger(HttpFunction.class.getName());

  /// Answered once before the first request, so that whatever a request needs is loaded.
  private static final ApiRequest REHEARSAL =
      new ApiRequest("GET", "/health/live", "", List.of(), ApiRequest.Body.NONE, "127.0.0.1");

  private final Api api;
  private final Edge edge;

  /// As Lambda makes it, when an instance starts.
  public HttpFunction() {
    this(Assembly.ofThisProcess());
  }

  HttpFunction(Assembly assembly) {
    this.api = assembly.api();
    this.edge = assembly.environment().edge();
    var _ = api.handle(REHEARSAL);
    var _ = assembly.units().drain();
    api.tell(new RequestLines(assembly, "Http"));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) {
    HttpEvents.write(answer(Fields.read(in), context.getAwsRequestId()), out);
  }

  private ApiResponse answer(Fields event, String id) {
    ApiRequest request;
    try {
      request = HttpEvents.request(event, id, edge);
    } catch (IllegalArgumentException e) {
      LOG.log(ERROR, "This is no event of an HTTP API with payload format 2.0: " + e.getMessage());
      return api.refuse(HostRefusal.MALFORMED, List.of());
    }
    return api.handle(request);
  }
}
