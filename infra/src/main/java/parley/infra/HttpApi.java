package parley.infra;

import java.util.List;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/// The HTTP API. It hands on; the function knows the contract, its routes and who may use them.
final class HttpApi extends Construct {
  /// The three places of the contract. Whatever else is asked for is the web client's.
  private static final List<String> ROUTES =
      List.of("ANY /api/{proxy+}", "GET /openapi.json", "GET /health/{proxy+}");

  /// What a line of the log says: no path, no address, nothing of a person.
  private static final String LOG_LINE =
      "{\"request\":\"$context.requestId\",\"route\":\"$context.routeKey\",\"status\":\"$context.status\","
          + "\"took_ms\":\"$context.responseLatency\",\"function_ms\":\"$context.integrationLatency\"}";

  private final CfnApi api;
  private final CfnStage stage;

  HttpApi(Construct scope, Choices choices) {
    super(scope, "HttpApi");
    api =
        CfnApi.Builder.create(this, "Api")
            .name(Aws.STACK_NAME)
            .description("Parley: requests")
            .protocolType("HTTP")
            .build();
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .retention(Functions.retention(choices.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    stage =
        CfnStage.Builder.create(this, "Stage")
            .apiId(api.getRef())
            .stageName("$default")
            .autoDeploy(true)
            .defaultRouteSettings(
                CfnStage.RouteSettingsProperty.builder()
                    .throttlingRateLimit(Bounds.HTTP_RATE)
                    .throttlingBurstLimit(Bounds.HTTP_BURST)
                    .detailedMetricsEnabled(true)
                    .build())
            .accessLogSettings(
                CfnStage.AccessLogSettingsProperty.builder()
                    .destinationArn(log.getLogGroupArn())
                    .format(LOG_LINE)
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

  void to(Functions.Made http) {
    CfnIntegration integration =
        CfnIntegration.Builder.create(this, "Integration")
            .apiId(api.getRef())
            .integrationType("AWS_PROXY")
            .integrationUri(http.arn())
            .payloadFormatVersion("2.0")
            .timeoutInMillis(http.task().timeout().plusSeconds(1).toMillis())
            .build();
    for (int i = 0; i < ROUTES.size(); i++) {
      CfnRoute.Builder.create(this, "Route" + i)
          .apiId(api.getRef())
          .routeKey(ROUTES.get(i))
          .authorizationType("NONE")
          .target("integrations/" + integration.getRef())
          .build();
    }
    CfnPermission.Builder.create(this, "MayCall")
        .action("lambda:InvokeFunction")
        .principal("apigateway.amazonaws.com")
        .functionName(http.arn())
        .sourceArn(executeArn(api, "/*"))
        .build();
  }

  CfnStage stage() {
    return stage;
  }

  /// What a gateway says that it comes from when it calls a function.
  static String executeArn(CfnApi api, String rest) {
    return "arn:"
        + Aws.PARTITION
        + ":execute-api:"
        + Aws.REGION
        + ":"
        + Aws.ACCOUNT_ID
        + ":"
        + api.getRef()
        + rest;
  }
}
