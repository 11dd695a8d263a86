package parley.lambda;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.api.Origin;
import parley.api.Origins;
import parley.host.Leaving;
import parley.host.Remains;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.Secret;

/// What a function is told by its environment variables.
///
/// | variable | |
/// |---|---|
/// | `PARLEY_TABLE` | the table's name |
/// | `PARLEY_SECRET`, or `PARLEY_SECRET_ARN` | the deployment's secret, or where it is kept |
/// | `PARLEY_PUBLIC_URL` | where browsers see the web client |
/// | `PARLEY_EDGE_KEY` | what the distribution in front of the gateway proves itself with |
/// | `PARLEY_SOCKET_ENDPOINT` | where connections are written to |
/// | `PARLEY_RATE_LIMITS` | `off`: answer however often one asks, for tests |
/// | `PARLEY_CACHE` | a shared cache, `redis://` or `rediss://` |
/// | `PARLEY_LEDGER_TABLE` | the table of the ledger of erased accounts |
/// | `PARLEY_ERASURE_GRACE_DAYS` | for how many days an erasure can be taken back |
/// | `PARLEY_BACKUP_DAYS` | for how many days receipts say that backups are kept |
/// | `PARLEY_OIDC_ISSUER` and further | an identity provider: [SignInSettings] |
record Environment(Map<String, String> variables) {
  static final String TABLE = "PARLEY_TABLE";
  static final String SECRET = "PARLEY_SECRET";
  static final String SECRET_ARN = "PARLEY_SECRET_ARN";
  static final String PUBLIC_URL = "PARLEY_PUBLIC_URL";
  static final String EDGE_KEY = "PARLEY_EDGE_KEY";
  static final String SOCKET_ENDPOINT = "PARLEY_SOCKET_ENDPOINT";
  static final String CACHE = "PARLEY_CACHE";
  static final String RATE_LIMITS = "PARLEY_RATE_LIMITS";

  static final String LEDGER_TABLE = "PARLEY_LEDGER_TABLE";
  static final String ERASURE_GRACE_DAYS = "PARLEY_ERASURE_GRACE_DAYS";
  static final String BACKUP_DAYS = "PARLEY_BACKUP_DAYS";

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
    return required(TABLE, "the name of the table");
  }

  String region() {
    return required(REGION, "the region; Lambda sets it");
  }

  /// The secret itself, null where it is kept elsewhere.
  @Nullable Secret secret() {
    String text = optional(SECRET);
    return text == null ? null : Secret.parse(text);
  }

  /// Where the secret is kept.
  String secretArn() {
    return required(SECRET_ARN, "where the deployment's secret is kept (or " + SECRET + ")");
  }

  /// Whose pages may call from a browser.
  Origins origins() {
    String url = optional(PUBLIC_URL);
    if (url == null) {
      return Origins.LOCAL;
    }
    return switch (Origin.parse(url)) {
      case Parsed.Good<Origin>(Origin origin) -> new Origins(origin, Set.of());
      case Parsed.Bad<Origin> bad ->
          throw new IllegalStateException(
              PUBLIC_URL + " is an origin; " + url + " is none. " + bad.message());
    };
  }

  /// Whose word is taken for where requests come from.
  Edge edge() {
    return new Edge(optional(EDGE_KEY));
  }

  /// Where events for connections are written to.
  URI socketEndpoint() {
    return URI.create(
        required(SOCKET_ENDPOINT, "the management endpoint of the WebSocket API's stage"));
  }

  /// The shared cache, null for none.
  @Nullable URI cache() {
    String url = optional(CACHE);
    return url == null ? null : URI.create(url);
  }

  /// The table in which it is written down who was erased, null for nowhere.
  @Nullable String ledgerTable() {
    return optional(LEDGER_TABLE);
  }

  /// How long an erasure can be taken back.
  Duration erasureGrace() {
    int most = Math.toIntExact(Limits.ERASURE_GRACE_MAX.toDays());
    Integer days = days(ERASURE_GRACE_DAYS, most);
    return days == null ? Leaving.GRACE : Duration.ofDays(days);
  }

  /// For how many days backups are kept; null where nobody said.
  @Nullable Integer backupDays() {
    return days(BACKUP_DAYS, Remains.BACKUP_DAYS_MAX);
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

  /// Whether anybody may ask only so often.
  boolean limitsRates() {
    return !"off".equals(optional(RATE_LIMITS));
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
