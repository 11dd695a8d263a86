package parley.serverless.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.serverless.template.ApiSettings;

/// Which route of an HTTP API a request takes: the most exact one. `{name}` is one segment,
/// `{name+}` what is left, `ANY` every method, `$default` whatever no other takes.
final class HttpRoutes {
  private static final String DEFAULT = "$default";

  private final List<Parsed> routes;

  /// The route of a request, and what its path's variables are.
  record Taken(ApiSettings.Route route, Map<String, String> variables) {}

  private record Parsed(ApiSettings.Route route, String method, List<String> segments) {
    static Parsed of(ApiSettings.Route route) {
      String[] key = route.key().split(" ", 2);
      return key.length == 1
          ? new Parsed(route, "ANY", List.of("{" + DEFAULT + "+}"))
          : new Parsed(route, key[0], segmentsOf(key[1]));
    }

    boolean isGreedy() {
      return !segments.isEmpty() && segments.getLast().endsWith("+}");
    }

    /// How much of it is left open: exact segments count before methods.
    int openness() {
      long variables = segments.stream().filter(each -> each.startsWith("{")).count();
      return (isGreedy() ? 1_000 : 0)
          + (int) variables * 10
          + (method.equals("ANY") ? 1 : 0)
          - segments.size();
    }

    @Nullable Taken taken(String asked, List<String> path) {
      if (!method.equals("ANY") && !method.equals(asked)) {
        return null;
      }
      int fixed = isGreedy() ? segments.size() - 1 : segments.size();
      if (isGreedy() ? path.size() <= fixed : path.size() != fixed) {
        return route.key().equals(DEFAULT) ? new Taken(route, Map.of()) : null;
      }
      Map<String, String> variables = new LinkedHashMap<>();
      for (int i = 0; i < fixed; i++) {
        String segment = segments.get(i);
        if (segment.startsWith("{")) {
          variables.put(segment.substring(1, segment.length() - 1), path.get(i));
        } else if (!segment.equals(path.get(i))) {
          return null;
        }
      }
      if (isGreedy() && !route.key().equals(DEFAULT)) {
        String last = segments.getLast();
        variables.put(
            last.substring(1, last.length() - 2),
            String.join("/", path.subList(fixed, path.size())));
      }
      return new Taken(route, variables);
    }
  }

  HttpRoutes(List<ApiSettings.Route> routes) {
    List<Parsed> parsed = new ArrayList<>(routes.stream().map(Parsed::of).toList());
    parsed.sort(Comparator.comparingInt(Parsed::openness));
    this.routes = List.copyOf(parsed);
  }

  /// Null where there is none.
  @Nullable Taken of(String method, String path) {
    List<String> segments = segmentsOf(path);
    for (Parsed route : routes) {
      Taken taken = route.taken(method, segments);
      if (taken != null) {
        return taken;
      }
    }
    return null;
  }

  private static List<String> segmentsOf(String path) {
    String inside = path.startsWith("/") ? path.substring(1) : path;
    return inside.isEmpty() ? List.of() : List.of(inside.split("/", -1));
  }
}
