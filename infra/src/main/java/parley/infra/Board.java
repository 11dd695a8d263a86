package parley.infra;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import parley.store.TableDesign;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/// One page that shows how it goes.
final class Board extends Construct {
  private static final int WIDTH = 12;

  Board(
      Construct scope,
      TableParts table,
      List<Functions.Made> functions,
      Functions.Made stream,
      StreamMapping changes,
      HttpApi http,
      SocketApi socket) {
    super(scope, "Board");
    Map<String, String> requests = Map.of("ApiId", http.id());
    Map<String, String> events = Map.of("ApiId", socket.id(), "Stage", SocketApi.STAGE);
    Map<String, String> index =
        Map.of("TableName", table.name(), "GlobalSecondaryIndexName", TableDesign.INBOX_INDEX);
    String gateway = "AWS/ApiGateway";
    String dynamo = "AWS/DynamoDB";
    Dashboard.Builder.create(this, "Dashboard")
        .dashboardName(Aws.STACK_NAME + "-" + Aws.REGION)
        .widgets(
            List.of(
                List.of(
                    graph(
                        "Requests",
                        metric(gateway, "Count", "Sum", requests),
                        metric(gateway, "4xx", "Sum", requests),
                        metric(gateway, "5xx", "Sum", requests)),
                    graph(
                        "Time to answer",
                        metric(gateway, "Latency", "p50", requests),
                        metric(gateway, "Latency", "p95", requests),
                        metric(gateway, "Latency", "p99", requests))),
                List.of(
                    graph(
                        "Connections for events",
                        metric(gateway, "ConnectCount", "Sum", events),
                        metric(gateway, "MessageCount", "Sum", events)),
                    graph(
                        "The stream: how late, and what was given up",
                        stream.function().metric("IteratorAge", options("Maximum")),
                        changes
                            .givenUp()
                            .metricApproximateNumberOfMessagesVisible(options("Maximum")))),
                List.of(
                    each(
                        "Invocations",
                        functions,
                        made -> made.function().metric("Invocations", options("Sum"))),
                    each(
                        "Time of an invocation, p95",
                        functions,
                        made -> made.function().metric("Duration", options("p95"))),
                    each(
                        "Errors",
                        functions,
                        made -> made.function().metric("Errors", options("Sum")))),
                List.of(
                    graph(
                        "Units of the table",
                        metric(dynamo, "ConsumedReadCapacityUnits", "Sum", table.dimensions()),
                        metric(dynamo, "ConsumedWriteCapacityUnits", "Sum", table.dimensions()),
                        metric(dynamo, "WriteThrottleEvents", "Sum", table.dimensions())),
                    graph(
                        "Units of the index",
                        metric(dynamo, "ConsumedReadCapacityUnits", "Sum", index),
                        metric(dynamo, "ConsumedWriteCapacityUnits", "Sum", index),
                        metric(dynamo, "WriteThrottleEvents", "Sum", index)))))
        .build();
  }

  private static GraphWidget graph(String title, IMetric... metrics) {
    return GraphWidget.Builder.create().title(title).width(WIDTH).left(List.of(metrics)).build();
  }

  private static GraphWidget each(
      String title, List<Functions.Made> functions, Function<Functions.Made, IMetric> metric) {
    return GraphWidget.Builder.create()
        .title(title)
        .width(8)
        .left(functions.stream().map(metric).toList())
        .build();
  }

  private static Metric metric(
      String namespace, String name, String statistic, Map<String, String> dimensions) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .dimensionsMap(dimensions)
        .statistic(statistic)
        .period(Duration.minutes(1))
        .build();
  }

  private static MetricOptions options(String statistic) {
    return MetricOptions.builder().statistic(statistic).period(Duration.minutes(1)).build();
  }
}
