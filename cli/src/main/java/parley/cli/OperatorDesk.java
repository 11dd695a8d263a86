package parley.cli;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.engine.DataFolder;
import parley.engine.Holder;
import parley.messaging.Secret;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.operator.OperatorId;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.Scope;
import parley.server.Deployment;
import parley.server.Refused;
import parley.server.Settings;
import parley.server.Storage;

/// Where operators' orders are carried out: in this process, on the table itself, or by the server
/// that holds the data folder.
interface OperatorDesk extends AutoCloseable {
  /// A token that was given out.
  record Made(String token, String id, Instant expiresAt) {}

  /// What is known of a token.
  record Token(String id, String name, List<String> scopes, Instant createdAt, Instant expiresAt) {}

  /// One line of the audit trail.
  record Line(String key, Instant at, String actor, String action, String subject) {}

  Made make(OperatorName name, Set<Scope> scopes, Duration life);

  List<Token> tokens();

  void revoke(OperatorId id);

  /// The newest lines before `key`, null for the newest of all.
  List<Line> audit(@Nullable String key);

  void resetPassword(Handle handle, String password);

  /// Lets an identity lead to somebody's account.
  void relink(Handle handle, Identity identity);

  /// Makes an account for an identity, if there is none; the handle that it has. `handle` and
  /// `name` are wishes, null for none.
  String create(Identity identity, @Nullable String handle, @Nullable String name);

  /// Says that an identity is gone at its provider; the handle of its account.
  String gone(Identity identity);

  /// Gives somebody another handle or name, null for what stays; the handle that they have then.
  String rename(Handle handle, @Nullable Handle next, @Nullable DisplayName name);

  /// Lets nobody in as this account, or its person in again.
  void setDisabled(Handle handle, boolean disabled);

  /// An erasure that was asked for: when it begins, and the code that claims its receipt.
  record Erasing(Instant dueAt, String code) {}

  /// Has somebody erased, after `grace`.
  Erasing erase(Handle handle, Duration grace);

  /// How far an erasure is.
  record ErasureLine(String handle, Instant dueAt, String next, Instant nextAt, long removed) {}

  List<ErasureLine> erasures();

  /// Writes everything that is held of somebody to a file that is there, empty.
  void export(Handle handle, Path to);

  @Override
  void close();

  /// The one that can do it: a server that holds the data folder, if there is one.
  static OperatorDesk open(Settings settings, InstantSource clock) {
    if (settings.storage() instanceof Storage.OnDisk(Path folder)) {
      Optional<Holder> holder = DataFolder.holder(folder);
      if (holder.isPresent()) {
        String url = holder.get().announced().get("operator");
        if (url == null) {
          throw new Refused(
              Refused.Why.BUSY,
              "The data folder "
                  + folder
                  + " is in use by process "
                  + holder.get().pid()
                  + ", which has no operator's side to ask. Stop it first, or start the server without"
                  + " --operator-port off.");
        }
        return new ServerDesk(
            URI.create(url),
            Secret.parse(DataFolder.secretOf(folder)),
            holder.get().announced().get("exports"),
            clock,
            user());
      }
    }
    Deployment deployment = Deployment.open(settings);
    return new TableDesk(deployment, deployment.services(clock), user());
  }

  private static String user() {
    return System.getProperty("user.name", "?");
  }

  /// A password that nobody guesses and that can be read out: 100 random bits.
  static String randomPassword() {
    String letters = parley.messaging.Ids.random("", new SecureRandom());
    return String.join(
        "-",
        letters.substring(0, 5),
        letters.substring(5, 10),
        letters.substring(10, 15),
        letters.substring(15, 20));
  }
}
