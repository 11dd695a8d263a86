package parley.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The path of a route: literal segments, and segments in braces that stand for any text.
record PathTemplate(String text, List<String> segments) {
  PathTemplate {
    segments = List.copyOf(segments);
  }

  static PathTemplate of(String text) {
    return new PathTemplate(text, List.of(text.split("/", -1)));
  }

  private static boolean isHole(String segment) {
    return segment.startsWith("{");
  }

  /// The names in braces, in order.
  List<String> holes() {
    return segments.stream()
        .filter(PathTemplate::isHole)
        .map(segment -> segment.substring(1, segment.length() - 1))
        .toList();
  }

  /// What the segments in braces are in `path`, parted by `/`, which is in none of them; empty
  /// where the template has none; null if the path is not of this form.
  ///
  /// Segments are compared as they came: nothing that this contract gives out needs to be encoded.
  @Nullable String match(List<String> path) {
    if (path.size() != segments.size()) {
      return null;
    }
    List<String> fillings = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      if (isHole(segments.get(i))) {
        if (path.get(i).isEmpty()) {
          return null;
        }
        fillings.add(path.get(i));
      } else if (!segments.get(i).equals(path.get(i))) {
        return null;
      }
    }
    return String.join("/", fillings);
  }
}
