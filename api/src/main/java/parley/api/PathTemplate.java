package parley.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The path of a route: literal segments, and at most one segment in braces that stands for any
/// text.
record PathTemplate(String text, List<String> segments) {
  PathTemplate {
    segments = List.copyOf(segments);
  }

  static PathTemplate of(String text) {
    List<String> segments = List.of(text.split("/", -1));
    if (segments.stream().filter(PathTemplate::isHole).count() > 1) {
      throw new IllegalArgumentException(text + " has more than one segment in braces");
    }
    return new PathTemplate(text, segments);
  }

  private static boolean isHole(String segment) {
    return segment.startsWith("{");
  }

  /// The name in braces, null where there is none.
  @Nullable String hole() {
    return segments.stream()
        .filter(PathTemplate::isHole)
        .map(segment -> segment.substring(1, segment.length() - 1))
        .findFirst()
        .orElse(null);
  }

  /// What the segment in braces is in `path`, empty where the template has none; null if the path
  /// is not of this form.
  ///
  /// Segments are compared as they came: nothing that this contract gives out needs to be encoded.
  @Nullable String match(List<String> path) {
    if (path.size() != segments.size()) {
      return null;
    }
    String filling = "";
    for (int i = 0; i < path.size(); i++) {
      if (isHole(segments.get(i))) {
        filling = path.get(i);
        if (filling.isEmpty()) {
          return null;
        }
      } else if (!segments.get(i).equals(path.get(i))) {
        return null;
      }
    }
    return filling;
  }
}
