package parley.infra;

import java.util.List;
import java.util.Map;
import parley.store.Capabilities;
import parley.store.TableAdmin;
import parley.store.TableAdmin.Capacity;
import parley.store.TableDesign;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalableTarget;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.constructs.Construct;

/// The table: what the store would ask the service for, and around it what keeps it safe.
final class TableParts extends Construct {
  private final CfnTable table;

  TableParts(Construct scope, Choices choices) {
    super(scope, "Table");
    CreateTableRequest wanted =
        TableAdmin.request(TableDesign.TABLE, choices.capacity(), Capabilities.ALL);
    table =
        CfnTable.Builder.create(this, "Table")
            .keySchema(keys(wanted.keySchema()))
            .attributeDefinitions(
                wanted.attributeDefinitions().stream()
                    .map(attribute ->
                        CfnTable.AttributeDefinitionProperty.builder()
                            .attributeName(attribute.attributeName())
                            .attributeType(attribute.attributeTypeAsString())
                            .build())
                    .toList())
            .globalSecondaryIndexes(
                wanted.globalSecondaryIndexes().stream().map(TableParts::index).toList())
            .billingMode(wanted.billingModeAsString())
            .provisionedThroughput(throughput(wanted.provisionedThroughput()))
            .streamSpecification(
                CfnTable.StreamSpecificationProperty.builder()
                    .streamViewType(wanted.streamSpecification().streamViewTypeAsString())
                    .build())
            .timeToLiveSpecification(
                CfnTable.TimeToLiveSpecificationProperty.builder()
                    .attributeName(TableDesign.TTL)
                    .enabled(true)
                    .build())
            .pointInTimeRecoverySpecification(
                CfnTable.PointInTimeRecoverySpecificationProperty.builder()
                    .pointInTimeRecoveryEnabled(true)
                    .recoveryPeriodInDays(Bounds.RECOVERY_DAYS)
                    .build())
            // A key of this account that the service keeps: its use can be seen and costs next to
            // nothing.
            .sseSpecification(
                CfnTable.SSESpecificationProperty.builder().sseEnabled(true).sseType("KMS").build())
            .deletionProtectionEnabled(true)
            .build();
    // The stack may go; what people wrote goes only when somebody means it.
    table.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (choices.capacity() instanceof Capacity.Provisioned least) {
      scaled(least, choices.most());
    }
  }

  private static List<CfnTable.KeySchemaProperty> keys(List<KeySchemaElement> schema) {
    return schema.stream()
        .map(key ->
            CfnTable.KeySchemaProperty.builder()
                .attributeName(key.attributeName())
                .keyType(key.keyTypeAsString())
                .build())
        .toList();
  }

  private static CfnTable.GlobalSecondaryIndexProperty index(GlobalSecondaryIndex index) {
    return CfnTable.GlobalSecondaryIndexProperty.builder()
        .indexName(index.indexName())
        .keySchema(keys(index.keySchema()))
        .projection(
            CfnTable.ProjectionProperty.builder()
                .projectionType(index.projection().projectionTypeAsString())
                .build())
        .provisionedThroughput(throughput(index.provisionedThroughput()))
        .build();
  }

  /// Null of a table that is paid for by the request, as the property then is not there.
  @SuppressWarnings("NullAway") // The library's way to say that a property is not there.
  private static CfnTable.ProvisionedThroughputProperty throughput(ProvisionedThroughput wanted) {
    return wanted == null
        ? null
        : CfnTable.ProvisionedThroughputProperty.builder()
            .readCapacityUnits(wanted.readCapacityUnits())
            .writeCapacityUnits(wanted.writeCapacityUnits())
            .build();
  }

  /// A starved index throttles writes to the table, so both grow alike.
  private void scaled(Capacity.Provisioned least, Capacity.Provisioned most) {
    String ofTable = "table/" + table.getRef();
    String ofIndex = ofTable + "/index/" + TableDesign.INBOX_INDEX;
    scaled("TableReads", ofTable, "table:Read", least.read(), most.read());
    scaled("TableWrites", ofTable, "table:Write", least.write(), most.write());
    scaled("IndexReads", ofIndex, "index:Read", least.read(), most.read());
    scaled("IndexWrites", ofIndex, "index:Write", least.write(), most.write());
  }

  /// By the role that the service has for itself.
  private void scaled(String id, String resource, String what, long least, long most) {
    CfnScalableTarget target =
        CfnScalableTarget.Builder.create(this, id)
            .serviceNamespace("dynamodb")
            .resourceId(resource)
            .scalableDimension("dynamodb:" + what + "CapacityUnits")
            .minCapacity(least)
            .maxCapacity(most)
            .build();
    CfnScalingPolicy.Builder.create(this, id + "Use")
        .policyName(id)
        .policyType("TargetTrackingScaling")
        .scalingTargetId(target.getRef())
        .targetTrackingScalingPolicyConfiguration(
            CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty.builder()
                .predefinedMetricSpecification(
                    CfnScalingPolicy.PredefinedMetricSpecificationProperty.builder()
                        .predefinedMetricType(
                            "DynamoDB"
                                + what.substring(what.indexOf(':') + 1)
                                + "CapacityUtilization")
                        .build())
                .targetValue(Bounds.USE_PERCENT)
                .build())
        .build();
  }

  String name() {
    return table.getRef();
  }

  /// What its metrics are filed under.
  Map<String, String> dimensions() {
    return Map.of("TableName", table.getRef());
  }

  String arn() {
    return table.getAttrArn();
  }

  String indexArn() {
    return table.getAttrArn() + "/index/" + TableDesign.INBOX_INDEX;
  }

  String streamArn() {
    return table.getAttrStreamArn();
  }
}
