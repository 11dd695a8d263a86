package parley.server.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Header;
import parley.api.PageHeaders;

/// How a file is answered: packed where the browser takes that, and not at all where it has it.
///
/// @param common what every answer says besides
record FileAnswers(List<Header> common) {
  ApiResponse response(int status, WebFile file, ApiRequest request) {
    List<Header> headers = new ArrayList<>(common);
    headers.add(
        new Header(
            "Cache-Control", file.isHashed() ? PageHeaders.FOREVER : PageHeaders.ASK_EACH_TIME));
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
