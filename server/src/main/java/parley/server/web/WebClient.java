package parley.server.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
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
public final class WebClient implements Pages {
  /// The first segments of the addresses that the client draws. Whoever follows a link to one gets
  /// the page.
  private static final Set<String> SCREENS =
      Set.of("c", "with", "settings", "sign-in", "sign-up", "demo", "erasure");

  /// What is never the client's, whatever browsers say that they would like.
  private static final Set<String> CONTRACT = Set.of("api", "health", "openapi.json", "assets");

  private final WebFiles files;
  private final Function<ApiRequest, ApiResponse> missing;
  private final FileAnswers answers;

  public WebClient(WebFiles files, Api api) {
    this(
        files,
        api.transportSecurity(),
        request -> api.refuse(HostRefusal.NO_WEB_CLIENT, request.headers()));
  }

  /// Files beside a contract that another host carries out. `secure` is what browsers are told of
  /// https, `missing` what they are told where there are no files.
  public WebClient(WebFiles files, List<Header> secure, Function<ApiRequest, ApiResponse> missing) {
    this.files = files;
    this.missing = missing;
    this.answers = new FileAnswers(PageHeaders.of(secure));
  }

  @Override
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
      return path.equals("/") ? missing.apply(request) : null;
    }
    WebFile file = files.at(path);
    if (file != null && !path.equals(WebFiles.INDEX)) {
      return answers.response(200, file, request);
    }
    if (!path.startsWith("/")) {
      return null;
    }
    String first = path.split("/", 3)[1];
    if (path.equals("/") || SCREENS.contains(first)) {
      return answers.response(200, files.index(), request);
    }
    // Whoever mistypes an address is told so by the client, in words and not in JSON.
    return !CONTRACT.contains(first) && wantsPage(request)
        ? answers.response(404, files.index(), request)
        : null;
  }

  private static boolean wantsPage(ApiRequest request) {
    return request.all("Accept").stream()
        .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains("text/html"));
  }
}
