package parley.serverless.template;

import java.util.List;
import parley.serverless.template.Template.Resource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import tools.jackson.databind.JsonNode;

/// The table, as an `AWS::DynamoDB::Table` describes it.
public record TableSettings(Resource table) {
  private static final String TYPE = "AWS::DynamoDB::Table";
  private static final String TTL = "TimeToLiveSpecification.AttributeName";
  private static final String VIEW = "StreamSpecification.StreamViewType";

  /// The table of a template that has a change stream.
  ///
  /// @throws Template.Unusable if there is none, or there are several
  public static TableSettings of(Template template) {
    List<Resource> all = template.all(TYPE).stream().filter(TableSettings::hasStream).toList();
    if (all.size() != 1) {
      throw new Template.Unusable(
          "it has " + all.size() + " tables with a change stream; one is understood here");
    }
    return new TableSettings(all.getFirst());
  }

  /// Those without one.
  public static List<TableSettings> others(Template template) {
    return template.all(TYPE).stream()
        .filter(table -> !hasStream(table))
        .map(TableSettings::new)
        .toList();
  }

  private static boolean hasStream(Resource table) {
    return table.text(VIEW) != null;
  }

  /// Makes the table if it is not there.
  public void create(DynamoDbClient client, String name) {
    try {
      client.createTable(request(name));
      String ttl = table.text(TTL);
      if (ttl != null) {
        client.updateTimeToLive(r ->
            r.tableName(name)
                .timeToLiveSpecification(spec -> spec.attributeName(ttl).enabled(true)));
      }
    } catch (ResourceInUseException e) {
      // It is there already, from an earlier run.
    }
  }

  private CreateTableRequest request(String name) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .keySchema(keys(table.at("KeySchema")))
            .attributeDefinitions(
                table
                    .at("AttributeDefinitions")
                    .valueStream()
                    .map(each ->
                        AttributeDefinition.builder()
                            .attributeName(each.path("AttributeName").asString())
                            .attributeType(each.path("AttributeType").asString())
                            .build())
                    .toList());
    List<GlobalSecondaryIndex> indexes =
        table.at("GlobalSecondaryIndexes").valueStream().map(this::index).toList();
    if (!indexes.isEmpty()) {
      request.globalSecondaryIndexes(indexes);
    }
    String view = table.text(VIEW);
    if (view != null) {
      request.streamSpecification(
          StreamSpecification.builder().streamEnabled(true).streamViewType(view).build());
    }
    if (isPaidByTheRequest()) {
      return request.billingMode(BillingMode.PAY_PER_REQUEST).build();
    }
    return request
        .billingMode(BillingMode.PROVISIONED)
        .provisionedThroughput(throughput(table.at("ProvisionedThroughput")))
        .build();
  }

  private boolean isPaidByTheRequest() {
    return "PAY_PER_REQUEST".equals(table.text("BillingMode"));
  }

  private GlobalSecondaryIndex index(JsonNode index) {
    JsonNode projection = index.path("Projection");
    GlobalSecondaryIndex.Builder made =
        GlobalSecondaryIndex.builder()
            .indexName(index.path("IndexName").asString())
            .keySchema(keys(index.path("KeySchema")))
            .projection(
                Projection.builder()
                    .projectionType(projection.path("ProjectionType").asString())
                    .build());
    return isPaidByTheRequest()
        ? made.build()
        : made.provisionedThroughput(throughput(index.path("ProvisionedThroughput"))).build();
  }

  private static List<KeySchemaElement> keys(JsonNode schema) {
    return schema
        .valueStream()
        .map(each ->
            KeySchemaElement.builder()
                .attributeName(each.path("AttributeName").asString())
                .keyType(each.path("KeyType").asString())
                .build())
        .toList();
  }

  private static ProvisionedThroughput throughput(JsonNode throughput) {
    return ProvisionedThroughput.builder()
        .readCapacityUnits(throughput.path("ReadCapacityUnits").asLong())
        .writeCapacityUnits(throughput.path("WriteCapacityUnits").asLong())
        .build();
  }
}
