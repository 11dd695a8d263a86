package parley.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/// Everything, put together.
final class ParleyStack extends Stack {
  ParleyStack(Construct app, Choices choices, StackProps props) {
    super(app, "Parley", props);
    TableParts table = new TableParts(this, choices);
    Secret secret = secret();
    HttpApi http = new HttpApi(this, choices);
    SocketApi socket = new SocketApi(this);
    StreamMapping changes = new StreamMapping(this, table);

    CfnParameter codeBucket =
        CfnParameter.Builder.create(this, "CodeBucket")
            .type("String")
            .description("The bucket that the functions' package is in: " + choices.code())
            .build();
    IBucket code = Bucket.fromBucketName(this, "Code", codeBucket.getValueAsString());
    Functions functions =
        new Functions(
            this,
            choices,
            code,
            new Grants(table, List.of(secret.getSecretArn()), socket),
            Map.of("PARLEY_TABLE", table.name(), "PARLEY_SECRET_ARN", secret.getSecretArn()));
    Map<String, String> endpoint = Map.of("PARLEY_SOCKET_ENDPOINT", socket.endpoint());
    http.to(functions.make(Task.HTTP, Map.of(), List.of()));
    changes.to(functions.make(Task.STREAM, endpoint, changes.granted()), choices);
    socket.to(
        functions.make(Task.SOCKET, endpoint, List.of()),
        functions.make(Task.SOCKET_AUTHORIZER, Map.of(), List.of()));

    output("TableName", table.name(), "For parley table and parley rebuild");
  }

  /// Letters and digits that read as base64: the first of up to three values (decision 10).
  private Secret secret() {
    return Secret.Builder.create(this, "Secret")
        .description("Parley: the deployment's secret, the newest value first")
        .generateSecretString(
            SecretStringGenerator.builder()
                .passwordLength(Bounds.SECRET_CHARS)
                .excludePunctuation(true)
                .includeSpace(false)
                .build())
        // The table is worth nothing without it, so it stays where the table stays.
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
  }

  private void output(String name, String value, String description) {
    CfnOutput.Builder.create(this, name).value(value).description(description).build();
  }
}
