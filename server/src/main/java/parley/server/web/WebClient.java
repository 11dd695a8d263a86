package parley.server.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.api.Api;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Header;
import parley.api.HostRefusal;
import parley.api.PageHeaders;

/// Answers what browsers ask for before there is anything to ask the contract: the client's page
/// and files. All else is the contract's.
///
/// Everything is in memory and costs the store nothing, so it has no rate limit.
public final class WebClient {
  /// The first segments of the addresses that the client draws. Whoever follows a link to one gets
  /// the page.
  private static final Set<String> SCREENS =
      Set.of("c", "with", "settings", "sign-in", "sign-up", "demo");

  /// What is never the client's, whatever browsers say that they would like.
  private static final Set<String> CONTRACT = Set.of("api", "health", "openapi.json", "assets");

  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final WebFiles files;
  private final Api api;
  private final List<Header> common;

  public WebClient(WebFiles files, Api api) {
    this.files = files;
    this.api = api;
    this.common = PageHeaders.of(api.transportSecurity());
  }

  /// The answer, null where the request is the contract's to answer.
  public @Nullable ApiResponse answer(ApiRequest request) {
    boolean head = request.method().equals("HEAD");
    if (!head && !request.method().equals("GET")) {
      return null;
    }
    ApiResponse response = found(request);
    return response != null && head ? response.withoutBody() : response;
  }

  private @Nullable ApiResponse found(ApiRequest request) {
    String path = request.path();
    if (files.isEmpty()) {
      return path.equals("/") ? api.refuse(HostRefusal.NO_WEB_CLIENT, request.headers()) : null;
    }
    WebFile file = files.at(path);
    if (file != null && !path.equals(WebFiles.INDEX)) {
      return response(200, file, request);
    }
    if (!path.startsWith("/")) {
      return null;
    }
    String first = path.split("/", 3)[1];
    if (path.equals("/") || SCREENS.contains(first)) {
      return response(200, files.index(), request);
    }
    // Whoever mistypes an address is told so by the client, in words and not in JSON.
    return !CONTRACT.contains(first) && wantsPage(request)
        ? response(404, files.index(), request)
        : null;
  }

  private static boolean wantsPage(ApiRequest request) {
    return request.all("Accept").stream()
        .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains("text/html"));
  }

  private ApiResponse response(int status, WebFile file, ApiRequest request) {
    List<Header> headers = new ArrayList<>(common);
    headers.add(new Header("Cache-Control", file.isHashed() ? FOREVER : "no-cache"));
    headers.add(new Header("ETag", file.tag()));
    headers.add(new Header("Vary", "Accept-Encoding"));
    if (status == 200 && isKnown(file, request)) {
      return new ApiResponse(304, headers, new byte[0]);
    }
    headers.add(new Header("Content-Type", file.mediaType()));
    byte[] gzip = file.gzip();
    if (gzip != null && takesGzip(request)) {
      headers.add(new Header("Content-Encoding", "gzip"));
      return new ApiResponse(status, headers, gzip);
    }
    return new ApiResponse(status, headers, file.plain());
  }

  private static boolean isKnown(WebFile file, ApiRequest request) {
    return elements(request, "If-None-Match")
        .anyMatch(tag -> tag.equals(file.tag()) || tag.equals("*"));
  }

  /// Whether `gzip` is listed, and not with a weight of nothing.
  private static boolean takesGzip(ApiRequest request) {
    return elements(request, "Accept-Encoding")
        .map(coding -> coding.toLowerCase(Locale.ROOT).replace(" ", ""))
        .anyMatch(coding ->
            coding.equals("gzip")
                || coding.startsWith("gzip;") && !coding.matches("gzip;q=0(\\.0*)?"));
  }

  private static Stream<String> elements(ApiRequest request, String header) {
    return request.all(header).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip);
  }
}
