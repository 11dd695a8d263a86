package parley.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.export.Download;

/// A response, as any host can send it. The body is empty where there is none.
///
/// The answer to a HEAD has no body, and says in `Content-Length` how long that of the GET is.
public final class ApiResponse {
  private final int status;
  private final List<Header> headers;
  private final byte[] body;
  private final @Nullable Download download;

  /// `body` is kept as it is: nobody may change it afterwards.
  public ApiResponse(int status, List<Header> headers, byte[] body) {
    this(status, headers, body, null);
  }

  private ApiResponse(int status, List<Header> headers, byte[] body, @Nullable Download download) {
    this.status = status;
    this.headers = List.copyOf(headers);
    this.body = body;
    this.download = download;
  }

  /// One whose body is too large to be in memory, and is handed out once. Only hosts that keep
  /// archives give any.
  static ApiResponse of(Download download, List<Header> headers) {
    return new ApiResponse(200, headers, new byte[0], download);
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

  /// What is to be sent instead of the body, null for nothing else.
  public @Nullable Download download() {
    return download;
  }

  ApiResponse with(List<Header> more) {
    List<Header> all = new ArrayList<>(headers);
    all.addAll(more);
    return new ApiResponse(status, all, body, download);
  }

  /// The answer to a HEAD, of what would be that to the GET.
  public ApiResponse withoutBody() {
    return new ApiResponse(
            status,
            List.of(
                new Header(
                    "Content-Length",
                    Long.toString(download == null ? body.length : download.length()))),
            new byte[0])
        .with(headers);
  }
}
