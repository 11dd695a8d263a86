package parley.lambda;

import parley.messaging.Secret;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// The deployment's secret, where Secrets Manager keeps it. Read once, when an instance starts: who
/// changes it publishes the functions anew.
final class StoredSecret {
  private StoredSecret() {}

  static Secret read(Environment environment) {
    String arn = environment.secretArn();
    try (SecretsManagerClient client =
        Clients.prepared(SecretsManagerClient.builder(), environment).build()) {
      return Secret.parse(client.getSecretValue(r -> r.secretId(arn)).secretString());
    }
  }
}
