package parley.infra;

import java.util.List;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/// What calls the function of the chores, again and again.
///
/// A call that fails, or that nobody has time for, is not made again: the next one does its work.
/// It has no concurrency of its own, for the service lets an account reserve none of its last
/// hundred, which is all that a new one has; two calls at once share the work by leases.
final class Clockwork extends Construct {
  Clockwork(Construct scope, Functions.Made chores) {
    super(scope, "Clockwork");
    long minutes = Bounds.CHORES_EVERY.toMinutes();
    int age_s = Math.toIntExact(Bounds.CHORES_EVERY.toSeconds());
    CfnRule rule =
        CfnRule.Builder.create(this, "Schedule")
            .description("Parley: calls the function of the chores")
            .scheduleExpression("rate(" + minutes + (minutes == 1 ? " minute)" : " minutes)"))
            .targets(
                List.of(
                    CfnRule.TargetProperty.builder()
                        .id("Chores")
                        .arn(chores.arn())
                        .retryPolicy(
                            CfnRule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(0)
                                .maximumEventAgeInSeconds(age_s)
                                .build())
                        .build()))
            .build();
    CfnPermission.Builder.create(this, "MayCall")
        .action("lambda:InvokeFunction")
        .principal("events.amazonaws.com")
        .functionName(chores.arn())
        .sourceArn(rule.getAttrArn())
        .build();
    CfnEventInvokeConfig.Builder.create(this, "Once")
        .functionName(chores.function().getFunctionName())
        .qualifier(chores.alias().getAliasName())
        .maximumRetryAttempts(0)
        .maximumEventAgeInSeconds(age_s)
        .build();
  }
}
