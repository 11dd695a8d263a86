package parley.infra;

import java.util.List;
import parley.store.StreamFilter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/// How the change stream reaches its function. The service's own settings would let one bad record
/// stop its shard for a day, so every one of them is said here.
final class StreamMapping extends Construct {
  private final TableParts table;
  private final Queue givenUp;

  StreamMapping(Construct scope, TableParts table) {
    super(scope, "Changes");
    this.table = table;
    // It is told where in the stream the records are, never what is in them.
    givenUp =
        Queue.Builder.create(this, "GivenUp")
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(Duration.days(Bounds.QUEUE_KEEPS.toDays()))
            .build();
  }

  Queue givenUp() {
    return givenUp;
  }

  /// What the function needs for the service to read the stream on its behalf.
  List<PolicyStatement> granted() {
    return List.of(
        PolicyStatement.Builder.create()
            .sid("Stream")
            .actions(
                List.of(
                    "dynamodb:DescribeStream",
                    "dynamodb:GetRecords",
                    "dynamodb:GetShardIterator",
                    "dynamodb:ListStreams"))
            .resources(List.of(table.streamArn()))
            .build(),
        PolicyStatement.Builder.create()
            .sid("GivenUp")
            .actions(List.of("sqs:SendMessage"))
            .resources(List.of(givenUp.getQueueArn()))
            .build());
  }

  void to(Functions.Made stream, Choices choices) {
    CfnEventSourceMapping.Builder.create(this, "Mapping")
        .functionName(stream.arn())
        .eventSourceArn(table.streamArn())
        // From the beginning of what the stream still has: a new mapping misses nothing.
        .startingPosition("TRIM_HORIZON")
        .filterCriteria(
            CfnEventSourceMapping.FilterCriteriaProperty.builder()
                .filters(
                    StreamFilter.patterns().stream()
                        .map(pattern ->
                            CfnEventSourceMapping.FilterProperty.builder().pattern(pattern).build())
                        .toList())
                .build())
        .batchSize(Bounds.BATCH)
        .maximumBatchingWindowInSeconds(choices.window().toSeconds())
        .parallelizationFactor(Bounds.BATCHES_PER_SHARD)
        .functionResponseTypes(List.of("ReportBatchItemFailures"))
        .bisectBatchOnFunctionError(true)
        .maximumRetryAttempts(Bounds.RETRIES)
        .maximumRecordAgeInSeconds(Bounds.RECORD_AGE_MAX.toSeconds())
        .destinationConfig(
            CfnEventSourceMapping.DestinationConfigProperty.builder()
                .onFailure(
                    CfnEventSourceMapping.OnFailureProperty.builder()
                        .destination(givenUp.getQueueArn())
                        .build())
                .build())
        .build();
  }
}
