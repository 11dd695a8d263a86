package parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import parley.api.PageHeaders;
import parley.infra.Synthesised.Template;
import parley.store.StreamFilter;
import parley.store.TableDesign;
import tools.jackson.databind.JsonNode;

/// What must be so in every template that is written.
class TemplateTest {
  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String MAPPING = "AWS::Lambda::EventSourceMapping";

  private final Template template = Synthesised.template(Choices.DEFAULT);
  private final Template full = Synthesised.template(Synthesised.FULL);
  private final List<Template> both = List.of(template, full);

  @Test
  void theTableIsTheDesigns() {
    for (Template each : both) {
      JsonNode table = table(each);
      assertThat(table.path("KeySchema").toString())
          .isEqualTo(
              "[{\"AttributeName\":\"PK\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"SK\",\"KeyType\":\"RANGE\"}]");
      JsonNode index = table.path("GlobalSecondaryIndexes").path(0);
      assertThat(table.path("GlobalSecondaryIndexes").size()).isOne();
      assertThat(index.path("IndexName").asString()).isEqualTo(TableDesign.INBOX_INDEX);
      assertThat(index.path("Projection").toString())
          .isEqualTo("{\"ProjectionType\":\"KEYS_ONLY\"}");
      assertThat(table.path("StreamSpecification").path("StreamViewType").asString())
          .isEqualTo("NEW_IMAGE");
      assertThat(table.path("TimeToLiveSpecification").toString())
          .isEqualTo("{\"AttributeName\":\"ttl\",\"Enabled\":true}");
    }
  }

  @Test
  void theTableIsSafe() {
    for (Template each : both) {
      JsonNode table = table(each);
      assertThat(table.path("DeletionProtectionEnabled").asBoolean()).isTrue();
      assertThat(table.path("SSESpecification").path("SSEEnabled").asBoolean()).isTrue();
      JsonNode recovery = table.path("PointInTimeRecoverySpecification");
      assertThat(recovery.path("PointInTimeRecoveryEnabled").asBoolean()).isTrue();
      assertThat(recovery.path("RecoveryPeriodInDays").asInt()).isEqualTo(35);
      assertThat(each.all(TABLE).values())
          .hasSize(3)
          .filteredOn(it -> !it.equals(archives(each).getValue()))
          .hasSize(2)
          .allSatisfy(it -> {
            assertThat(it.path("DeletionPolicy").asString()).isEqualTo("Retain");
            assertThat(it.path("UpdateReplacePolicy").asString()).isEqualTo("Retain");
          });
    }
  }

  /// The one of the design.
  private static JsonNode table(Template template) {
    return template.all(TABLE).values().stream()
        .map(it -> it.path("Properties"))
        .filter(it -> it.has("StreamSpecification"))
        .findFirst()
        .orElseThrow();
  }

  private static Map.Entry<String, JsonNode> archives(Template template) {
    return other(template, "p");
  }

  /// The one whose first key has this name.
  private static Map.Entry<String, JsonNode> other(Template template, String key) {
    return template.all(TABLE).entrySet().stream()
        .filter(it ->
            it.getValue()
                .path("Properties")
                .path("KeySchema")
                .path(0)
                .path("AttributeName")
                .asString()
                .equals(key))
        .findFirst()
        .orElseThrow();
  }

  /// There for a day, in no backup, and out of the way of the table.
  @Test
  void archivesAreNotKept() {
    for (Template each : both) {
      Map.Entry<String, JsonNode> archives = archives(each);
      assertThat(archives.getValue().path("DeletionPolicy").asString()).isEqualTo("Delete");
      JsonNode its = archives.getValue().path("Properties");
      assertThat(its.path("BillingMode").asString()).isEqualTo("PAY_PER_REQUEST");
      assertThat(its.path("TimeToLiveSpecification").toString())
          .isEqualTo("{\"AttributeName\":\"ttl\",\"Enabled\":true}");
      assertThat(its.path("SSESpecification").path("SSEEnabled").asBoolean()).isTrue();
      assertThat(
              its.path("PointInTimeRecoverySpecification")
                  .path("PointInTimeRecoveryEnabled")
                  .asBoolean(true))
          .isFalse();
      each.all("AWS::IAM::Role")
          .forEach((id, role) -> {
            boolean reaches = role.toString().contains(archives.getKey());
            assertThat(reaches).as(id).isEqualTo(id.startsWith("Chores") || id.startsWith("Http"));
          });
      for (String function : List.of("Http", "Chores")) {
        assertThat(told(each, function).path("PARLEY_ARCHIVE_TABLE").path("Ref").asString())
            .isEqualTo(archives.getKey());
      }
    }
  }

  /// What functions of this name are told.
  private static JsonNode told(Template template, String function) {
    return template.all(FUNCTION).entrySet().stream()
        .filter(it -> it.getKey().startsWith(function))
        .map(it -> it.getValue().path("Properties").path("Environment").path("Variables"))
        .findFirst()
        .orElseThrow();
  }

  /// Two calls at once share the work (a test of the functions holds that), and an account may have
  /// nothing to reserve.
  @Test
  void nothingIsReserved() {
    for (Template each : both) {
      assertThat(each.all(FUNCTION).values())
          .allSatisfy(function ->
              assertThat(function.path("Properties").has("ReservedConcurrentExecutions"))
                  .isFalse());
    }
  }

  @Test
  void anIssuerIsTrustedOnlyIfThatIsSaid() {
    Template given =
        Synthesised.template(
            new Choices(
                Choices.DEFAULT.capacity(),
                Choices.DEFAULT.most(),
                Choices.DEFAULT.packaging(),
                Choices.SignIn.OIDC,
                false,
                1,
                Choices.DEFAULT.window(),
                Choices.DEFAULT.graceDays(),
                Choices.DEFAULT.backupDays(),
                Choices.DEFAULT.retentionDays(),
                Choices.DEFAULT.domain(),
                Choices.DEFAULT.code()));
    JsonNode parameters = given.json().path("Parameters");
    assertThat(parameters.path("OidcTrusted").path("Default").asString()).isEqualTo("false");
    assertThat(parameters.path("OidcRelinkClaim").path("Default").asString("-")).isEmpty();
    assertThat(told(given, "Http").path("PARLEY_OIDC_TRUSTED").path("Ref").asString())
        .isEqualTo("OidcTrusted");
    assertThat(told(given, "Http").path("PARLEY_OIDC_RELINK_CLAIM").path("Ref").asString())
        .isEqualTo("OidcRelinkClaim");
    assertThat(told(full, "Http").path("PARLEY_OIDC_TRUSTED").asString()).isEqualTo("false");
    assertThat(told(full, "Http").path("PARLEY_OIDC_RELINK_CLAIM").asString("-")).isEmpty();
  }

  /// Apart from the table, so that a backup of the one does not take the other back.
  @Test
  void whoWasErasedIsWrittenDownElsewhere() {
    for (Template each : both) {
      Map.Entry<String, JsonNode> ledger = other(each, "erased");
      JsonNode its = ledger.getValue().path("Properties");
      assertThat(its.path("KeySchema").toString())
          .isEqualTo("[{\"AttributeName\":\"erased\",\"KeyType\":\"HASH\"}]");
      assertThat(its.path("DeletionProtectionEnabled").asBoolean()).isTrue();
      assertThat(its.path("SSESpecification").path("SSEEnabled").asBoolean()).isTrue();
      each.all("AWS::IAM::Role")
          .forEach((id, role) -> {
            boolean reaches = role.toString().contains(ledger.getKey());
            assertThat(reaches).as(id).isEqualTo(id.startsWith("Chores"));
          });
    }
  }

  @Test
  void theClockCallsTheChoresAndNeverTwice() {
    for (Template each : both) {
      JsonNode rule = each.properties("AWS::Events::Rule");
      assertThat(rule.path("ScheduleExpression").asString()).isEqualTo("rate(1 minute)");
      JsonNode target = rule.path("Targets").path(0);
      assertThat(target.path("RetryPolicy").path("MaximumRetryAttempts").asInt(-1)).isZero();
      JsonNode once = each.properties("AWS::Lambda::EventInvokeConfig");
      assertThat(once.path("MaximumRetryAttempts").asInt(-1)).isZero();
      JsonNode alias =
          each.all("AWS::Lambda::Alias").get(target.path("Arn").path("Ref").asString());
      String function = alias.path("Properties").path("FunctionName").path("Ref").asString();
      JsonNode its = each.all(FUNCTION).get(function).path("Properties");
      assertThat(its.path("Handler").asString())
          .isEqualTo("parley.lambda.ChoresFunction::handleRequest");
      // It has ended when the next begins.
      assertThat(its.path("Timeout").asInt()).isEqualTo(60);
      JsonNode told = its.path("Environment").path("Variables");
      assertThat(told.path("PARLEY_BACKUP_DAYS").asInt())
          .isGreaterThanOrEqualTo(35)
          .isEqualTo(each.equals(full) ? 365 : 35);
      assertThat(told.path("PARLEY_ERASURE_GRACE_DAYS").asInt())
          .isEqualTo(each.equals(full) ? 14 : 7);
    }
  }

  @Test
  void peopleComeBackFromThePoolToTheRouteThatTakesThem() {
    JsonNode client = full.properties("AWS::Cognito::UserPoolClient");
    assertThat(client.path("CallbackURLs").path(0).toString())
        .contains("/api/sign-in/cognito/callback");
    JsonNode told = told(full, "Http");
    assertThat(told.path("PARLEY_OIDC_ID").asString()).isEqualTo("cognito");
    assertThat(told.propertyNames())
        .contains("PARLEY_OIDC_ISSUER", "PARLEY_OIDC_CLIENT", "PARLEY_OIDC_SECRET_ARN");
  }

  @Test
  void theSecretStaysWhereTheTableStays() {
    JsonNode secret =
        template.all("AWS::SecretsManager::Secret").entrySet().stream()
            .filter(each -> each.getKey().startsWith("Secret"))
            .findFirst()
            .orElseThrow()
            .getValue();
    assertThat(secret.path("DeletionPolicy").asString()).isEqualTo("Retain");
    JsonNode made = secret.path("Properties").path("GenerateSecretString");
    // 64 letters and digits are base64 of 48 bytes.
    assertThat(made.path("PasswordLength").asInt()).isEqualTo(64);
    assertThat(made.path("ExcludePunctuation").asBoolean()).isTrue();
  }

  @Test
  void tableAndIndexGrowAlike() {
    JsonNode table = table(template);
    String least = "{\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":5}";
    assertThat(table.path("ProvisionedThroughput").toString()).isEqualTo(least);
    assertThat(
            table.path("GlobalSecondaryIndexes").path(0).path("ProvisionedThroughput").toString())
        .isEqualTo(least);
    assertThat(template.all("AWS::ApplicationAutoScaling::ScalableTarget").values())
        .hasSize(4)
        .allSatisfy(target -> {
          assertThat(target.path("Properties").path("MinCapacity").asInt()).isEqualTo(5);
          assertThat(target.path("Properties").path("MaxCapacity").asInt()).isEqualTo(100);
        })
        .extracting(target -> target.path("Properties").path("ScalableDimension").asString())
        .containsExactlyInAnyOrder(
            "dynamodb:table:ReadCapacityUnits",
            "dynamodb:table:WriteCapacityUnits",
            "dynamodb:index:ReadCapacityUnits",
            "dynamodb:index:WriteCapacityUnits");
    assertThat(template.all("AWS::ApplicationAutoScaling::ScalingPolicy").values())
        .hasSize(4)
        .allSatisfy(policy ->
            assertThat(
                    policy
                        .path("Properties")
                        .path("TargetTrackingScalingPolicyConfiguration")
                        .path("TargetValue")
                        .asInt())
                .isEqualTo(70));
  }

  @Test
  void onDemandHasNothingToScale() {
    assertThat(table(full).path("BillingMode").asString()).isEqualTo("PAY_PER_REQUEST");
    assertThat(table(full).has("ProvisionedThroughput")).isFalse();
    assertThat(full.all("AWS::ApplicationAutoScaling::ScalableTarget")).isEmpty();
  }

  @Test
  void oneBadRecordStopsNothing() {
    for (Template each : both) {
      JsonNode mapping = each.properties(MAPPING);
      assertThat(mapping.path("MaximumRetryAttempts").asInt()).isEqualTo(8);
      assertThat(mapping.path("MaximumRecordAgeInSeconds").asInt()).isEqualTo(6 * 60 * 60);
      assertThat(mapping.path("BisectBatchOnFunctionError").asBoolean()).isTrue();
      assertThat(mapping.path("FunctionResponseTypes").toString())
          .isEqualTo("[\"ReportBatchItemFailures\"]");
      assertThat(mapping.path("BatchSize").asInt()).isEqualTo(100);
      assertThat(mapping.path("ParallelizationFactor").asInt()).isOne();
      assertThat(mapping.path("StartingPosition").asString()).isEqualTo("TRIM_HORIZON");
      String queue =
          mapping
              .path("DestinationConfig")
              .path("OnFailure")
              .path("Destination")
              .path("Fn::GetAtt")
              .path(0)
              .asString();
      JsonNode kept = each.all("AWS::SQS::Queue").get(queue).path("Properties");
      assertThat(kept.path("SqsManagedSseEnabled").asBoolean()).isTrue();
      assertThat(kept.path("MessageRetentionPeriod").asInt()).isEqualTo(14 * 24 * 60 * 60);
    }
    assertThat(template.properties(MAPPING).path("MaximumBatchingWindowInSeconds").asInt()).isOne();
    assertThat(full.properties(MAPPING).path("MaximumBatchingWindowInSeconds").asInt(-1)).isZero();
  }

  @Test
  void theFiltersAreTheStores() {
    List<String> patterns = new ArrayList<>();
    template
        .properties(MAPPING)
        .path("FilterCriteria")
        .path("Filters")
        .forEach(filter -> patterns.add(filter.path("Pattern").asString()));
    assertThat(patterns)
        .isEqualTo(StreamFilter.patterns())
        // More of them than the service takes without being asked would be refused.
        .hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void everyCallIsOfAnAlias() {
    for (Template each : both) {
      Map<String, JsonNode> functions = each.all(FUNCTION);
      assertThat(each.all("AWS::Lambda::Alias").values())
          .hasSameSizeAs(functions.values())
          .allSatisfy(alias -> {
            assertThat(alias.path("Properties").path("Name").asString()).isEqualTo("live");
            assertThat(
                    alias
                        .path("Properties")
                        .path("FunctionVersion")
                        .path("Fn::GetAtt")
                        .path(1)
                        .asString())
                .isEqualTo("Version");
          });
      String aliases = String.join("|", each.all("AWS::Lambda::Alias").keySet());
      assertThat(each.properties(MAPPING).path("FunctionName").path("Ref").asString())
          .matches(aliases);
      assertThat(each.all("AWS::Lambda::Permission").values())
          .allSatisfy(permission ->
              assertThat(permission.path("Properties").path("FunctionName").path("Ref").asString())
                  .matches(aliases));
    }
  }

  @Test
  void functionsStartFromSnapshotsOrBringTheirJava() {
    assertThat(template.all(FUNCTION).values())
        .hasSize(5)
        .allSatisfy(function -> {
          JsonNode its = function.path("Properties");
          assertThat(its.path("Runtime").asString()).isEqualTo("java25");
          assertThat(its.path("Architectures").toString()).isEqualTo("[\"arm64\"]");
          assertThat(its.path("SnapStart").path("ApplyOn").asString())
              .isEqualTo("PublishedVersions");
        });
    assertThat(full.all(FUNCTION).values())
        .hasSize(6)
        .allSatisfy(function -> {
          JsonNode its = function.path("Properties");
          assertThat(its.path("Runtime").asString()).isEqualTo("provided.al2023");
          assertThat(its.path("Code").path("S3Key").asString())
              .isEqualTo("custom-0123456789abcdef.zip");
          assertThat(its.has("SnapStart")).isFalse();
        });
  }

  @Test
  void anotherPackageIsAnotherVersion() {
    assertThat(full.all("AWS::Lambda::Version").keySet())
        .doesNotContainAnyElementsOf(template.all("AWS::Lambda::Version").keySet());
  }

  @Test
  void logsAreKeptForADayUnlessAskedFor() {
    assertThat(template.all("AWS::Logs::LogGroup").values())
        .hasSize(6)
        .allSatisfy(
            log -> assertThat(log.path("Properties").path("RetentionInDays").asInt()).isOne());
    assertThat(full.all("AWS::Logs::LogGroup").values())
        .hasSize(7)
        .allSatisfy(log ->
            assertThat(log.path("Properties").path("RetentionInDays").asInt()).isEqualTo(30));
  }

  /// Every place in the roles where a resource is not exactly one: connections, whose ids the
  /// gateway makes, and the way into a network, which the service makes.
  @Test
  void noRoleIsWiderThanItMust() {
    Pattern connections = Pattern.compile("/live/(POST|DELETE)/@connections/\\*");
    for (Template each : both) {
      for (Map.Entry<String, JsonNode> role : each.all("AWS::IAM::Role").entrySet()) {
        assertThat(role.getValue().path("Properties").has("ManagedPolicyArns")).isFalse();
        for (JsonNode policy : role.getValue().path("Properties").path("Policies")) {
          for (JsonNode statement : policy.path("PolicyDocument").path("Statement")) {
            assertThat(statement.path("Action").toString()).doesNotContain("*");
            String resource = statement.path("Resource").toString();
            String sid = statement.path("Sid").asString();
            if (sid.equals("Connections")) {
              resource = connections.matcher(resource).replaceAll("");
            }
            if (sid.equals("Network")) {
              assertThat(each).as(role.getKey()).isSameAs(full);
              statement
                  .path("Action")
                  .forEach(action -> assertThat(action.asString()).startsWith("ec2:"));
            } else {
              assertThat(resource).as(role.getKey() + " " + sid).doesNotContain("*");
            }
          }
        }
      }
    }
  }

  @Test
  void functionsReachNoOperator() {
    assertThat(Grants.partitions(Task.HTTP))
        .contains("U#*", "C#*", "T#*", "H#*", "DEPLOYMENT")
        .doesNotContain("*", "OPERATOR", "OPERATOR*", "S#*");
    for (Map.Entry<String, JsonNode> each : template.all("AWS::IAM::Role").entrySet()) {
      JsonNode items = statement(each.getValue(), "Items");
      assertThat(items.path("Action").toString()).doesNotContain("Scan").doesNotContain("Transact");
      if (each.getKey().startsWith("Chores")) {
        // Lines of the audit trail name people, and those who go are taken out.
        assertThat(items.toString()).contains("OPERATOR");
        assertThat(statement(each.getValue(), "Everything").path("Action").asString())
            .isEqualTo("dynamodb:Scan");
        continue;
      }
      assertThat(each.getValue().toString()).doesNotContain("Scan");
      assertThat(
              items
                  .path("Condition")
                  .path("ForAllValues:StringLike")
                  .path("dynamodb:LeadingKeys")
                  .toString())
          .doesNotContain("OPERATOR");
    }
  }

  private static JsonNode statement(JsonNode role, String sid) {
    for (JsonNode statement :
        role.path("Properties").path("Policies").path(0).path("PolicyDocument").path("Statement")) {
      if (statement.path("Sid").asString().equals(sid)) {
        return statement;
      }
    }
    throw new AssertionError("there is no statement " + sid);
  }

  @Test
  void theBucketIsForTheDistributionAlone() {
    JsonNode bucket = template.properties("AWS::S3::Bucket");
    assertThat(bucket.path("PublicAccessBlockConfiguration").toString())
        .isEqualTo(
            "{\"BlockPublicAcls\":true,\"BlockPublicPolicy\":true,\"IgnorePublicAcls\":true,\"RestrictPublicBuckets\":true}");
    String policy = template.properties("AWS::S3::BucketPolicy").toString();
    assertThat(policy).contains("cloudfront.amazonaws.com", "AWS:SourceArn", "aws:SecureTransport");
  }

  @Test
  void pagesSayWhatTheServersSay() {
    String said = template.all("AWS::CloudFront::ResponseHeadersPolicy").toString();
    PageHeaders.overHttps()
        .forEach(header -> {
          String value = header.value().replace("max-age=", "");
          if (!header.name().equals("X-Content-Type-Options")) {
            assertThat(said).as(header.name()).contains(value);
          }
        });
    assertThat(said).contains("ContentTypeOptions", PageHeaders.FOREVER, PageHeaders.ASK_EACH_TIME);
  }

  @Test
  void somebodyIsWoken() {
    List<String> alarms = new ArrayList<>(template.all("AWS::CloudWatch::Alarm").keySet());
    assertThat(alarms)
        // Ten cost nothing.
        .hasSizeLessThanOrEqualTo(10)
        .anyMatch(id -> id.contains("InboxesAreLate"))
        .anyMatch(id -> id.contains("RecordsGivenUp"))
        .anyMatch(id -> id.contains("FunctionsFail"))
        .anyMatch(id -> id.contains("FunctionsAreHeldBack"))
        .anyMatch(id -> id.contains("TableWritesAreHeldBack"))
        .anyMatch(id -> id.contains("IndexWritesAreHeldBack"));
    assertThat(template.all("AWS::CloudWatch::Alarm").values())
        .allSatisfy(
            alarm -> assertThat(alarm.path("Properties").path("AlarmActions").size()).isOne());
    assertThat(
            template.properties("AWS::Budgets::Budget").path("NotificationsWithSubscribers").size())
        .isEqualTo(2);
  }

  @Test
  void nothingSecretIsWrittenDown() {
    for (Template each : both) {
      String text = each.json().toString();
      assertThat(text).contains("{{resolve:secretsmanager:");
      each.all("AWS::SecretsManager::Secret")
          .values()
          .forEach(secret ->
              assertThat(secret.path("Properties").path("SecretString").isString()).isFalse());
    }
  }
}
