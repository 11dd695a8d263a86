package parley.lambda;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.api.Origin;
import parley.api.Origins;
import parley.host.Leaving;
import parley.host.Remains;
import parley.host.Terms;
import parley.host.Variables;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.message.Approaches;
import parley.messaging.message.Vanishing;

/// What a function is told by its environment variables ([Variables]).
record Environment(Map<String, String> variables) {

  private static final String REGION = "AWS_REGION";
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

  Environment {
    variables = Map.copyOf(variables);
  }

  /// That of this process.
  static Environment ofThisProcess() {
    return new Environment(System.getenv());
  }

  String table() {
    return required(Variables.TABLE, "the name of the table");
  }

  String region() {
    return required(REGION, "the region; Lambda sets it");
  }

  /// The secret itself, null where it is kept elsewhere.
  @Nullable Secret secret() {
    String text = optional(Variables.SECRET);
    return text == null ? null : Secret.parse(text);
  }

  /// Where the secret is kept.
  String secretArn() {
    return required(
        Variables.SECRET_ARN,
        "where the deployment's secret is kept (or " + Variables.SECRET + ")");
  }

  /// Whose pages may call from a browser.
  Origins origins() {
    String url = optional(Variables.PUBLIC_URL);
    if (url == null) {
      return Origins.LOCAL;
    }
    return switch (Origin.parse(url)) {
      case Parsed.Good<Origin>(Origin origin) -> new Origins(origin, Set.of());
      case Parsed.Bad<Origin> bad ->
          throw new IllegalStateException(
              Variables.PUBLIC_URL + " is an origin; " + url + " is none. " + bad.message());
    };
  }

  /// Whose word is taken for where requests come from.
  Edge edge() {
    return new Edge(optional(Variables.EDGE_KEY));
  }

  /// Where events for connections are written to.
  URI socketEndpoint() {
    return URI.create(
        required(
            Variables.SOCKET_ENDPOINT, "the management endpoint of the WebSocket API's stage"));
  }

  /// The shared cache, null for none.
  @Nullable URI cache() {
    String url = optional(Variables.CACHE);
    return url == null ? null : URI.create(url);
  }

  /// The table in which it is written down who was erased, null for nowhere.
  @Nullable String ledgerTable() {
    return optional(Variables.LEDGER_TABLE);
  }

  /// The table in which archives for people lie, null for none.
  @Nullable String archiveTable() {
    return optional(Variables.ARCHIVE_TABLE);
  }

  /// How long an erasure can be taken back.
  Duration erasureGrace() {
    int most = Math.toIntExact(Limits.ERASURE_GRACE_MAX.toDays());
    Integer days = days(Variables.ERASURE_GRACE_DAYS, most);
    return days == null ? Leaving.GRACE : Duration.ofDays(days);
  }

  /// For how many days backups are kept; null where nobody said.
  @Nullable Integer backupDays() {
    return days(Variables.BACKUP_DAYS, Remains.BACKUP_DAYS_MAX);
  }

  private @Nullable Integer days(String name, int most) {
    String text = optional(name);
    if (text == null) {
      return null;
    }
    if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) <= most) {
      return Integer.valueOf(text);
    }
    throw new IllegalStateException(name + " is 0 to " + most + " days; not " + text + ".");
  }

  /// People whom browsers on this machine may be without a password: none, where it is deployed.
  List<UserId> demo() {
    String ids = optional(Variables.DEMO);
    return ids == null ? List.of() : Arrays.stream(ids.split(",", -1)).map(UserId::new).toList();
  }

  /// Whether anybody may ask only so often.
  boolean limitsRates() {
    return !"off".equals(optional(Variables.RATE_LIMITS));
  }

  /// What holds for everybody.
  Terms terms() {
    Integer days = days(Variables.RETENTION_DAYS, Limits.RETENTION_DEPLOYMENT_DAYS_MAX);
    return new Terms(
        limitsRates() ? Limits.STRANGERS_A_DAY : Approaches.UNLIMITED,
        days == null ? Vanishing.FOREVER : days);
  }

  /// Whether what is loaded now is kept in a snapshot that others start from.
  boolean isBeforeSnapshot() {
    return "snap-start".equals(optional(INITIALIZATION));
  }

  @Nullable String optional(String name) {
    String value = variables.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String required(String name, String what) {
    String value = optional(name);
    if (value == null) {
      throw new IllegalStateException(
          "The environment variable " + name + " is not set: it is " + what + ".");
    }
    return value;
  }

  /// Secrets are among them.
  @Override
  public String toString() {
    return "Environment[not shown]";
  }
}
