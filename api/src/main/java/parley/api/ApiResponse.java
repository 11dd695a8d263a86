package parley.api;

import java.util.ArrayList;
import java.util.List;

/// A response, as any host can send it. The body is empty where there is none.
///
/// The answer to a HEAD has no body, and says in `Content-Length` how long that of the GET is.
public final class ApiResponse {
  private final int status;
  private final List<Header> headers;
  private final byte[] body;

  /// `body` is kept as it is: nobody may change it afterwards.
  public ApiResponse(int status, List<Header> headers, byte[] body) {
    this.status = status;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  public int status() {
    return status;
  }

  public List<Header> headers() {
    return headers;
  }

  /// Not copied: whoever gets it must not change it.
  public byte[] body() {
    return body;
  }

  ApiResponse with(List<Header> more) {
    List<Header> all = new ArrayList<>(headers);
    all.addAll(more);
    return new ApiResponse(status, all, body);
  }

  /// The answer to a HEAD, of what would be that to the GET.
  public ApiResponse withoutBody() {
    return new ApiResponse(
            status,
            List.of(new Header("Content-Length", Integer.toString(body.length))),
            new byte[0])
        .with(headers);
  }
}
