package parley.infra;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnRouteResponse;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/// The WebSocket API for events.
final class SocketApi extends Construct {
  /// The name of its one stage, which is a part of its address.
  static final String STAGE = "live";

  private static final String CONNECT = "$connect";
  private static final String DEFAULT = "$default";

  private final CfnApi api;

  SocketApi(Construct scope) {
    super(scope, "SocketApi");
    api =
        CfnApi.Builder.create(this, "Api")
            .name(Aws.STACK_NAME + "-events")
            .description("Parley: events")
            .protocolType("WEBSOCKET")
            // One route for whatever clients say: the function reads it.
            .routeSelectionExpression("$request.body.type")
            .build();
    CfnStage.Builder.create(this, "Stage")
        .apiId(api.getRef())
        .stageName(STAGE)
        .autoDeploy(true)
        .defaultRouteSettings(
            CfnStage.RouteSettingsProperty.builder()
                .throttlingRateLimit(Bounds.SOCKET_RATE)
                .throttlingBurstLimit(Bounds.SOCKET_BURST)
                .detailedMetricsEnabled(true)
                .build())
        .build();
  }

  String id() {
    return api.getRef();
  }

  /// Its name on the network.
  String host() {
    return api.getRef() + ".execute-api." + Aws.REGION + "." + Aws.URL_SUFFIX;
  }

  /// Where connections are spoken to.
  String endpoint() {
    return "https://" + host() + "/" + STAGE;
  }

  /// The connections of the stage. Their ids are made by the gateway when somebody connects, so the
  /// last part is open.
  List<String> connectionArns() {
    String connections = "/@connections/*";
    return List.of(
        HttpApi.executeArn(api, "/" + STAGE + "/POST" + connections),
        HttpApi.executeArn(api, "/" + STAGE + "/DELETE" + connections));
  }

  void to(Functions.Made socket, Functions.Made authorizer) {
    CfnAuthorizer who =
        CfnAuthorizer.Builder.create(this, "Authorizer")
            .apiId(api.getRef())
            .name("session-or-ticket")
            .authorizerType("REQUEST")
            .authorizerUri(invocation(authorizer))
            // Whoever offers no protocol is refused before anything is asked.
            .identitySource(List.of("route.request.header.Sec-WebSocket-Protocol"))
            .build();
    CfnIntegration integration =
        CfnIntegration.Builder.create(this, "Integration")
            .apiId(api.getRef())
            .integrationType("AWS_PROXY")
            .integrationUri(invocation(socket))
            .build();
    route("Connect", CONNECT, integration)
        .authorizationType("CUSTOM")
        .authorizerId(who.getRef())
        .build();
    route("Disconnect", "$disconnect", integration).authorizationType("NONE").build();
    // What the function answers goes back over the connection: pongs need no call of their own.
    CfnRoute said =
        route("Said", DEFAULT, integration)
            .authorizationType("NONE")
            .routeResponseSelectionExpression(DEFAULT)
            .build();
    CfnRouteResponse.Builder.create(this, "Answer")
        .apiId(api.getRef())
        .routeId(said.getRef())
        .routeResponseKey(DEFAULT)
        .build();
    mayCall("MayCall", socket, "/" + STAGE + "/*");
    mayCall("MayAsk", authorizer, "/authorizers/" + who.getRef());
  }

  private CfnRoute.Builder route(String id, String key, CfnIntegration integration) {
    return CfnRoute.Builder.create(this, id)
        .apiId(api.getRef())
        .routeKey(key)
        .target("integrations/" + integration.getRef());
  }

  private void mayCall(String id, Functions.Made function, String from) {
    CfnPermission.Builder.create(this, id)
        .action("lambda:InvokeFunction")
        .principal("apigateway.amazonaws.com")
        .functionName(function.arn())
        .sourceArn(HttpApi.executeArn(api, from))
        .build();
  }

  private static String invocation(Functions.Made function) {
    return "arn:"
        + Aws.PARTITION
        + ":apigateway:"
        + Aws.REGION
        + ":lambda:path/2015-03-31/functions/"
        + function.arn()
        + "/invocations";
  }
}
