package parley.lambda;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// A secret where Secrets Manager keeps it. Read once, when an instance starts: who changes it
/// publishes the functions anew.
final class StoredSecret {
  private StoredSecret() {}

  /// What is kept under a name.
  static String text(Environment environment, String arn) {
    try (SecretsManagerClient client =
        Clients.prepared(SecretsManagerClient.builder(), environment).build()) {
      return client.getSecretValue(r -> r.secretId(arn)).secretString();
    }
  }
}
