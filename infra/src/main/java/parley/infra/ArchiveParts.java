package parley.infra;

import java.util.List;
import parley.store.ArchiveTable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.constructs.Construct;

/// Where archives for people lie for a day: apart from the table, which would be held back while
/// one is written, and whose backups would hold it for weeks. It is paid for by the request, and
/// nothing in it is worth keeping: it goes with the stack.
final class ArchiveParts extends Construct {
  private final CfnTable table;

  ArchiveParts(Construct scope) {
    super(scope, "Archives");
    table =
        CfnTable.Builder.create(this, "Given")
            .keySchema(
                List.of(key(ArchiveTable.PARTITION, "HASH"), key(ArchiveTable.SORT, "RANGE")))
            .attributeDefinitions(List.of(text(ArchiveTable.PARTITION), text(ArchiveTable.SORT)))
            .billingMode("PAY_PER_REQUEST")
            .timeToLiveSpecification(
                CfnTable.TimeToLiveSpecificationProperty.builder()
                    .attributeName(ArchiveTable.TTL)
                    .enabled(true)
                    .build())
            .pointInTimeRecoverySpecification(
                CfnTable.PointInTimeRecoverySpecificationProperty.builder()
                    .pointInTimeRecoveryEnabled(false)
                    .build())
            .sseSpecification(
                CfnTable.SSESpecificationProperty.builder().sseEnabled(true).sseType("KMS").build())
            .build();
    table.applyRemovalPolicy(RemovalPolicy.DESTROY);
  }

  private static CfnTable.KeySchemaProperty key(String name, String type) {
    return CfnTable.KeySchemaProperty.builder().attributeName(name).keyType(type).build();
  }

  private static CfnTable.AttributeDefinitionProperty text(String name) {
    return CfnTable.AttributeDefinitionProperty.builder()
        .attributeName(name)
        .attributeType("S")
        .build();
  }

  String name() {
    return table.getRef();
  }

  String arn() {
    return table.getAttrArn();
  }
}
