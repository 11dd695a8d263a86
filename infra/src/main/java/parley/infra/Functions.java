package parley.infra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.host.Variables;
import parley.infra.Choices.Packaging;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/// Makes functions: each with a role, a log and an alias of its own. Whoever calls a function calls
/// its alias, for snapshots are of versions that an alias points to.
final class Functions {
  private final Construct scope;
  private final Choices choices;
  private final IBucket code;
  private final Grants grants;
  private final Map<String, String> environment;
  private final Optional<SharedCache> cache;

  /// `environment` is what all functions are told.
  Functions(
      Construct scope,
      Choices choices,
      IBucket code,
      Grants grants,
      Map<String, String> environment,
      Optional<SharedCache> cache) {
    this.scope = scope;
    this.choices = choices;
    this.code = code;
    this.grants = grants;
    this.environment = environment;
    this.cache = cache;
  }

  /// A function and its alias.
  record Made(Task task, Function function, Alias alias) {
    /// What events are sent to.
    String arn() {
      return alias.getFunctionArn();
    }
  }

  Made make(Task task, Map<String, String> more, List<PolicyStatement> granted) {
    Construct part = new Construct(scope, task.id());
    LogGroup log =
        LogGroup.Builder.create(part, "Log")
            .retention(retention(choices.logDays()))
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    List<PolicyStatement> statements = new ArrayList<>();
    statements.add(grants.logs(log));
    statements.addAll(grants.of(task));
    statements.addAll(granted);
    Optional<SharedCache> shared = cache.filter(_ -> task.usesCache());
    shared.ifPresent(_ -> statements.add(grants.network()));
    Role role =
        Role.Builder.create(part, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .description("Parley: " + task.purpose())
            .inlinePolicies(
                Map.of(
                    "Granted",
                    PolicyDocument.Builder.create().statements(statements).minimize(false).build()))
            .build();
    Map<String, String> told = new LinkedHashMap<>(environment);
    told.putAll(more);
    shared.ifPresent(its -> told.put(Variables.CACHE, its.url()));
    boolean managed = choices.packaging() == Packaging.MANAGED;
    Function.Builder function =
        Function.Builder.create(part, "Function")
            .description("Parley: " + task.purpose())
            .runtime(managed ? Runtime.JAVA_25 : Runtime.PROVIDED_AL2023)
            .architecture(Architecture.ARM_64)
            .handler(task.handler())
            .code(Code.fromBucketV2(code, choices.code()))
            .memorySize(task.memoryMb())
            .timeout(Duration.seconds(task.timeout().toSeconds()))
            .environment(told)
            .role(role.withoutPolicyUpdates())
            .logGroup(log);
    if (managed) {
      function.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
    }
    shared.ifPresent(its ->
        function
            .vpc(its.network())
            .vpcSubnets(
                SubnetSelection.builder().subnetType(SubnetType.PRIVATE_WITH_EGRESS).build())
            .securityGroups(List.of(its.functions())));
    Function built = function.build();
    Alias alias =
        Alias.Builder.create(part, "Live")
            .aliasName("live")
            .version(built.getCurrentVersion())
            .build();
    return new Made(task, built, alias);
  }

  static RetentionDays retention(int days) {
    return switch (days) {
      case 1 -> RetentionDays.ONE_DAY;
      case 3 -> RetentionDays.THREE_DAYS;
      case 5 -> RetentionDays.FIVE_DAYS;
      case 7 -> RetentionDays.ONE_WEEK;
      case 14 -> RetentionDays.TWO_WEEKS;
      case 30 -> RetentionDays.ONE_MONTH;
      case 60 -> RetentionDays.TWO_MONTHS;
      case 90 -> RetentionDays.THREE_MONTHS;
      case 120 -> RetentionDays.FOUR_MONTHS;
      case 150 -> RetentionDays.FIVE_MONTHS;
      case 180 -> RetentionDays.SIX_MONTHS;
      case 365 -> RetentionDays.ONE_YEAR;
      case 400 -> RetentionDays.THIRTEEN_MONTHS;
      case 545 -> RetentionDays.EIGHTEEN_MONTHS;
      default -> throw new IllegalArgumentException("no number of days for a log: " + days);
    };
  }
}
