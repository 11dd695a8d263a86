package parley.server.web;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.PageHeaders;

/// The page that shows operators the table, and its files. It has nothing of the table in it: all
/// of that is asked for afterwards, with a token.
public final class InspectPage implements Pages {
  private static final String PATH = "/inspect";

  private final WebFiles files;
  private final Predicate<ApiRequest> isForHere;
  private final FileAnswers answers = new FileAnswers(PageHeaders.of(List.of()));

  /// `isForHere` says whether a request came under a name of this host.
  public InspectPage(WebFiles files, Predicate<ApiRequest> isForHere) {
    this.files = files;
    this.isForHere = isForHere;
  }

  @Override
  public @Nullable ApiResponse answer(ApiRequest request) {
    boolean head = request.method().equals("HEAD");
    String path = request.path();
    boolean ours = path.equals(PATH) || path.startsWith(PATH + "/");
    if (!ours || !head && !request.method().equals("GET") || !isForHere.test(request)) {
      return null;
    }
    WebFile file = file(path.substring(PATH.length()));
    if (file == null) {
      return null;
    }
    ApiResponse response = answers.response(200, file, request);
    return head ? response.withoutBody() : response;
  }

  private @Nullable WebFile file(String path) {
    boolean isPage = path.isEmpty() || path.equals("/");
    return files.isEmpty() ? null : isPage ? files.index() : files.at(path);
  }
}
