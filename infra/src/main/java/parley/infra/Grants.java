package parley.infra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.store.TableDesign.Entity;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.LogGroup;

/// What functions may do: nothing but what their task takes, on exactly the table, the index, the
/// secret and the log that are theirs.
final class Grants {
  /// What functions have nothing to do with that answer people or follow the stream: operators work
  /// on the table itself, and the positions in the stream are the service's own here.
  private static final Set<Entity> FOR_OPERATORS =
      EnumSet.of(Entity.OPERATOR, Entity.AUDIT, Entity.CHECKPOINT, Entity.SET_ASIDE);

  private final TableParts table;
  private final LedgerParts ledger;
  private final ArchiveParts archives;
  private final String secretArn;
  private final SocketApi socket;

  Grants(
      TableParts table,
      LedgerParts ledger,
      ArchiveParts archives,
      String secretArn,
      SocketApi socket) {
    this.table = table;
    this.ledger = ledger;
    this.archives = archives;
    this.secretArn = secretArn;
    this.socket = socket;
  }

  List<PolicyStatement> of(Task task) {
    List<PolicyStatement> statements = new ArrayList<>();
    statements.add(
        PolicyStatement.Builder.create()
            .sid("Items")
            .actions(
                List.of(
                    "dynamodb:BatchGetItem",
                    "dynamodb:DeleteItem",
                    "dynamodb:GetItem",
                    "dynamodb:PutItem",
                    "dynamodb:Query",
                    "dynamodb:UpdateItem"))
            .resources(List.of(table.arn()))
            .conditions(
                Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", partitions(task))))
            .build());
    if (task == Task.HTTP) {
      // Whoever asks whether it is ready is told whether the table answers.
      statements.add(
          PolicyStatement.Builder.create()
              .sid("Readiness")
              .actions(List.of("dynamodb:DescribeTable"))
              .resources(List.of(table.arn()))
              .build());
    }
    if (task.readsEverything()) {
      statements.add(
          PolicyStatement.Builder.create()
              .sid("Everything")
              .actions(List.of("dynamodb:Scan"))
              .resources(List.of(table.arn()))
              .build());
      statements.add(
          PolicyStatement.Builder.create()
              .sid("Ledger")
              .actions(List.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"))
              .resources(List.of(ledger.arn()))
              .build());
    }
    if (task.keepsArchives()) {
      statements.add(
          PolicyStatement.Builder.create()
              .sid("Archives")
              .actions(
                  List.of(
                      "dynamodb:DeleteItem",
                      "dynamodb:GetItem",
                      "dynamodb:PutItem",
                      "dynamodb:Query"))
              .resources(List.of(archives.arn()))
              .build());
    }
    if (task.readsIndex()) {
      statements.add(
          PolicyStatement.Builder.create()
              .sid("Inboxes")
              .actions(List.of("dynamodb:Query"))
              .resources(List.of(table.indexArn()))
              .build());
    }
    if (task.speaksToConnections()) {
      statements.add(
          PolicyStatement.Builder.create()
              .sid("Connections")
              .actions(List.of("execute-api:ManageConnections"))
              .resources(socket.connectionArns())
              .build());
    }
    statements.add(secret("Secret", secretArn));
    return statements;
  }

  /// Reading one secret.
  static PolicyStatement secret(String sid, String arn) {
    return PolicyStatement.Builder.create()
        .sid(sid)
        .actions(List.of("secretsmanager:GetSecretValue"))
        .resources(List.of(arn))
        .build();
  }

  /// Lines of a log, in the group that is there: no function makes a group.
  PolicyStatement logs(LogGroup log) {
    return PolicyStatement.Builder.create()
        .sid("Log")
        .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
        .resources(List.of(log.getLogGroupArn()))
        .build();
  }

  /// What a function in a network takes to be there: the service makes the way in on its behalf,
  /// and knows no name of it before.
  PolicyStatement network() {
    return PolicyStatement.Builder.create()
        .sid("Network")
        .actions(
            List.of(
                "ec2:AssignPrivateIpAddresses",
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:UnassignPrivateIpAddresses"))
        .resources(List.of("*"))
        .build();
  }

  /// What the partitions begin with that a function may touch: all of the design but the
  /// operators', unless it reads everything.
  static List<String> partitions(Task task) {
    return Arrays.stream(Entity.values())
        .filter(entity -> task.readsEverything() || !FOR_OPERATORS.contains(entity))
        .map(entity -> entity.pkTemplate().replaceFirst("\\{.*", "*"))
        .distinct()
        .sorted()
        .toList();
  }
}
