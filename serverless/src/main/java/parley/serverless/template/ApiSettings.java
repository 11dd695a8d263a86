package parley.serverless.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.serverless.template.Template.Resource;
import parley.serverless.template.Template.Unusable;

/// One API of API Gateway (`AWS::ApiGatewayV2::Api`): its routes, each with the function that it
/// leads to, and the name of its stage.
public record ApiSettings(Resource api, String stage, List<Route> routes) {
  /// One route. `authorizer` is null where everybody may come; `answers` says whether what the
  /// function says goes back over the connection.
  public record Route(
      String key, Resource function, @Nullable Authorizer authorizer, boolean answers) {}

  /// Who is asked before anybody is let in, and what a request has to have for that:
  /// `route.request.header.Name`.
  public record Authorizer(Resource function, List<String> identity) {}

  /// The API of requests.
  ///
  /// @throws Unusable if there is none, or there are several
  public static ApiSettings http(Template template) {
    return of(template, "HTTP");
  }

  /// The API of connections.
  ///
  /// @throws Unusable if there is none, or there are several
  public static ApiSettings webSocket(Template template) {
    return of(template, "WEBSOCKET");
  }

  private static ApiSettings of(Template template, String protocol) {
    List<Resource> apis =
        template.all("AWS::ApiGatewayV2::Api").stream()
            .filter(api -> protocol.equals(api.text("ProtocolType")))
            .toList();
    if (apis.size() != 1) {
      throw new Unusable(
          "it has "
              + apis.size()
              + " APIs of the protocol "
              + protocol
              + "; one is understood here");
    }
    String id = apis.getFirst().id();
    List<Resource> stages = of(template, id, "AWS::ApiGatewayV2::Stage");
    List<Route> routes = new ArrayList<>();
    for (Resource route : of(template, id, "AWS::ApiGatewayV2::Route")) {
      routes.add(route(template, route));
    }
    return new ApiSettings(
        apis.getFirst(),
        stages.isEmpty() ? "$default" : stages.getFirst().required("StageName"),
        routes);
  }

  private static List<Resource> of(Template template, String api, String type) {
    return template.all(type).stream().filter(each -> api.equals(each.text("ApiId"))).toList();
  }

  private static Route route(Template template, Resource route) {
    String target = route.required("Target");
    Resource integration = template.named(target.substring(target.indexOf('/') + 1));
    String authorizer = route.text("AuthorizerId");
    return new Route(
        route.required("RouteKey"),
        template.function(integration.required("IntegrationUri")),
        authorizer == null ? null : authorizer(template, template.named(authorizer)),
        route.text("RouteResponseSelectionExpression") != null);
  }

  private static Authorizer authorizer(Template template, Resource authorizer) {
    return new Authorizer(
        template.function(authorizer.required("AuthorizerUri")),
        authorizer.at("IdentitySource").valueStream().map(each -> each.asString("")).toList());
  }
}
