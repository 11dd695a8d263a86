package parley.lambda;

import parley.host.Variables;
import parley.messaging.Secret;
import parley.store.DeploymentItem;
import parley.store.Table;

/// The secret that a table belongs to: another one would give people who already talk second
/// conversations.
final class OwnSecret {
  private OwnSecret() {}

  /// That of the environment, or of where the environment says that it is kept.
  ///
  /// @throws IllegalStateException if the table has another one
  static Secret of(Environment environment, Table table) {
    Secret given = environment.secret();
    Secret found =
        given != null
            ? given
            : Secret.parse(StoredSecret.text(environment, environment.secretArn()));
    if (!DeploymentItem.belongsTo(table, found)) {
      throw new IllegalStateException(
          "The table "
              + environment.table()
              + " belongs to a deployment with another secret. Give its own ("
              + Variables.SECRET_ARN
              + "; of several values, the oldest stands last).");
    }
    return found;
  }
}
