package parley.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.store.TableDesign;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/// What wakes somebody: alarms, and a budget. Ten alarms cost nothing, so those of several
/// functions are one.
final class Watch extends Construct {
  private final Topic topic;

  Watch(
      Construct scope,
      TableParts table,
      List<Functions.Made> functions,
      Functions.Made stream,
      StreamMapping changes,
      HttpApi http) {
    super(scope, "Watch");
    topic = Topic.Builder.create(this, "Topic").displayName("Parley").enforceSsl(true).build();
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("Budget")
            .principals(List.of(new ServicePrincipal("budgets.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .build());
    subscribed();
    alarm(
        "InboxesAreLate",
        "The change stream is not being projected: messages are safe, inboxes are late.",
        stream.function().metric("IteratorAge", over("Maximum")),
        Bounds.ITERATOR_AGE.toMillis());
    alarm(
        "RecordsGivenUp",
        "Records of the stream could not be projected: the queue says which. Run parley rebuild.",
        changes.givenUp().metricApproximateNumberOfMessagesVisible(over("Maximum")),
        0);
    alarm("FunctionsFail", "Functions end with errors.", all(functions, "Errors"), 0);
    alarm(
        "FunctionsAreHeldBack",
        "Functions are not started, for too many run already: raise the account's concurrency.",
        all(functions, "Throttles"),
        0);
    alarm(
        "RequestsFail",
        "Requests are answered with 5xx.",
        metric("AWS/ApiGateway", "5xx", "Sum", Map.of("ApiId", http.id())),
        Bounds.SERVER_ERRORS);
    for (String what : List.of("Read", "Write")) {
      alarm(
          "Table" + what + "sAreHeldBack",
          "The table has too little capacity (" + what + ").",
          metric("AWS/DynamoDB", what + "ThrottleEvents", "Sum", table.dimensions()),
          0);
      alarm(
          "Index" + what + "sAreHeldBack",
          "The index has too little capacity ("
              + what
              + "); without enough to write, it holds back the table.",
          metric("AWS/DynamoDB", what + "ThrottleEvents", "Sum", indexed(table)),
          0);
    }
    budget();
  }

  private static Map<String, String> indexed(TableParts table) {
    Map<String, String> dimensions = new LinkedHashMap<>(table.dimensions());
    dimensions.put("GlobalSecondaryIndexName", TableDesign.INBOX_INDEX);
    return dimensions;
  }

  /// Where no address is given, nobody is told but whoever looks.
  private void subscribed() {
    CfnParameter email =
        CfnParameter.Builder.create(this, "Email")
            .type("String")
            .defaultValue("")
            .description("Who is told of alarms and of the budget; nobody, if it is left empty")
            .build();
    email.overrideLogicalId("AlarmEmail");
    CfnCondition given =
        CfnCondition.Builder.create(this, "Told")
            .expression(Fn.conditionNot(Fn.conditionEquals(email.getValueAsString(), "")))
            .build();
    CfnSubscription subscription =
        CfnSubscription.Builder.create(this, "Subscription")
            .topicArn(topic.getTopicArn())
            .protocol("email")
            .endpoint(email.getValueAsString())
            .build();
    subscription.getCfnOptions().setCondition(given);
  }

  private void alarm(String id, String description, IMetric metric, Number above) {
    Alarm.Builder.create(this, id)
        .alarmDescription("Parley: " + description)
        .metric(metric)
        .threshold(above)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .evaluationPeriods(1)
        // Nothing is told where nothing happens.
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build()
        .addAlarmAction(new SnsAction(topic));
  }

  private static IMetric all(List<Functions.Made> functions, String name) {
    Map<String, IMetric> each = new LinkedHashMap<>();
    for (Functions.Made made : functions) {
      String id = made.task().id();
      each.put(
          Character.toLowerCase(id.charAt(0)) + id.substring(1),
          made.function().metric(name, over("Sum")));
    }
    return MathExpression.Builder.create()
        .expression(
            each.keySet().stream().map(id -> "FILL(" + id + ",0)").collect(Collectors.joining("+")))
        .usingMetrics(each)
        .label(name)
        .period(period())
        .build();
  }

  private static Metric metric(
      String namespace, String name, String statistic, Map<String, String> dimensions) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .dimensionsMap(dimensions)
        .statistic(statistic)
        .period(period())
        .build();
  }

  private static MetricOptions over(String statistic) {
    return MetricOptions.builder().statistic(statistic).period(period()).build();
  }

  private static Duration period() {
    return Duration.minutes(Bounds.ALARM_PERIOD.toMinutes());
  }

  /// Of the whole account: the service knows by tags what belongs together only where somebody has
  /// told it so.
  private void budget() {
    CfnParameter dollars =
        CfnParameter.Builder.create(this, "Dollars")
            .type("Number")
            .minValue(1)
            .defaultValue(Bounds.BUDGET_DOLLARS)
            .description(
                "What the account may cost in a month, in dollars, before somebody is told")
            .build();
    dollars.overrideLogicalId("MonthlyBudget");
    CfnBudget.Builder.create(this, "Budget")
        .budget(
            CfnBudget.BudgetDataProperty.builder()
                .budgetType("COST")
                .timeUnit("MONTHLY")
                .budgetLimit(
                    CfnBudget.SpendProperty.builder()
                        .amount(dollars.getValueAsNumber())
                        .unit("USD")
                        .build())
                .build())
        .notificationsWithSubscribers(
            List.of(told("ACTUAL", Bounds.BUDGET_WARNING_PERCENT), told("FORECASTED", 100)))
        .build();
  }

  private CfnBudget.NotificationWithSubscribersProperty told(String what, int percent) {
    return CfnBudget.NotificationWithSubscribersProperty.builder()
        .notification(
            CfnBudget.NotificationProperty.builder()
                .notificationType(what)
                .comparisonOperator("GREATER_THAN")
                .threshold(percent)
                .thresholdType("PERCENTAGE")
                .build())
        .subscribers(
            List.of(
                CfnBudget.SubscriberProperty.builder()
                    .subscriptionType("SNS")
                    .address(topic.getTopicArn())
                    .build()))
        .build();
  }
}
