package parley.api;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import parley.messaging.Secret;

/// The one table of everything that can be called. Each feature gives its own lines.
record Routes(List<Route> all) {
  Routes {
    all = List.copyOf(all);
  }

  static Routes of(
      UseCases useCases,
      Secret secret,
      Readiness readiness,
      SessionCookie cookie,
      Demo demo,
      ProviderRoutes byProvider,
      Providers providers) {
    People people = new People(useCases.accounts());
    return new Routes(
        Stream.of(
                new AccountRoutes(useCases, cookie).routes(),
                new SessionRoutes(useCases.sessions(), cookie).routes(),
                new ConversationRoutes(useCases, people, new Cursors(secret)).routes(),
                new MessageRoutes(useCases.messages(), people, useCases.vanishing()).routes(),
                new RetentionRoutes(useCases.messages(), useCases.vanishing()).routes(),
                new ErasureRoutes(useCases).routes(),
                new ExportRoutes(useCases).routes(),
                new BlockRoutes(useCases, people).routes(),
                new ReportRoutes(useCases.reports()).routes(),
                new EventRoutes(useCases.tickets()).routes(),
                new DemoRoutes(demo, useCases, cookie).routes(),
                byProvider.routes(),
                new ConfigRoutes(
                        demo,
                        useCases.accounts(),
                        useCases.erasures(),
                        providers,
                        useCases.vanishing())
                    .routes(),
                new MetaRoutes(readiness).routes())
            .flatMap(List::stream)
            .toList());
  }

  /// A route, and what the segment in braces of its path is.
  record Match(Route route, String filling) {}

  /// The route of a method and a raw path; HEAD is answered by the route of GET.
  Match match(String method, String path) {
    List<String> segments = List.of(path.split("/", -1));
    String wanted = method.equals("HEAD") ? "GET" : method;
    List<Match> here = new ArrayList<>();
    for (Route route : all) {
      String filling = route.path().match(segments);
      if (filling != null) {
        if (route.method().equals(wanted)) {
          return new Match(route, filling);
        }
        here.add(new Match(route, filling));
      }
    }
    if (here.isEmpty()) {
      throw Problem.of(ProblemCode.ROUTE_NOT_FOUND).refusal();
    }
    throw Problem.of(ProblemCode.METHOD_NOT_ALLOWED).header("Allow", allowed(here)).refusal();
  }

  private static String allowed(List<Match> here) {
    TreeSet<String> methods = new TreeSet<>();
    for (Match match : here) {
      methods.add(match.route().method());
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }
}
