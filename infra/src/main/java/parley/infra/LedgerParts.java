package parley.infra;

import java.util.List;
import parley.store.LedgerTable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.constructs.Construct;

/// Where it is written down who was erased: beside the table, so that a backup of the table does
/// not take it back in time. It is small, written once an erasure, and paid for by the request.
final class LedgerParts extends Construct {
  private final CfnTable table;

  LedgerParts(Construct scope) {
    super(scope, "Ledger");
    table =
        CfnTable.Builder.create(this, "Erased")
            .keySchema(
                List.of(
                    CfnTable.KeySchemaProperty.builder()
                        .attributeName(LedgerTable.KEY)
                        .keyType("HASH")
                        .build()))
            .attributeDefinitions(
                List.of(
                    CfnTable.AttributeDefinitionProperty.builder()
                        .attributeName(LedgerTable.KEY)
                        .attributeType("S")
                        .build()))
            .billingMode("PAY_PER_REQUEST")
            .pointInTimeRecoverySpecification(
                CfnTable.PointInTimeRecoverySpecificationProperty.builder()
                    .pointInTimeRecoveryEnabled(true)
                    .recoveryPeriodInDays(Bounds.RECOVERY_DAYS)
                    .build())
            .sseSpecification(
                CfnTable.SSESpecificationProperty.builder().sseEnabled(true).sseType("KMS").build())
            .deletionProtectionEnabled(true)
            .build();
    table.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  String name() {
    return table.getRef();
  }

  String arn() {
    return table.getAttrArn();
  }
}
