package parley.host;

/// The environment variables by which functions are told things: written by whoever deploys them,
/// read by the functions, and nowhere a second time.
public final class Variables {
  /// The table's name.
  public static final String TABLE = "PARLEY_TABLE";

  /// The deployment's secret, or where Secrets Manager keeps it.
  public static final String SECRET = "PARLEY_SECRET";

  public static final String SECRET_ARN = "PARLEY_SECRET_ARN";

  /// Where browsers see the web client.
  public static final String PUBLIC_URL = "PARLEY_PUBLIC_URL";

  /// What the distribution in front of the gateway proves itself with.
  public static final String EDGE_KEY = "PARLEY_EDGE_KEY";

  /// Where connections are written to.
  public static final String SOCKET_ENDPOINT = "PARLEY_SOCKET_ENDPOINT";

  /// A shared cache, `redis://` or `rediss://`.
  public static final String CACHE = "PARLEY_CACHE";

  /// `off`: answer however often one asks, for tests.
  public static final String RATE_LIMITS = "PARLEY_RATE_LIMITS";

  /// The table of the ledger of erased accounts.
  public static final String LEDGER_TABLE = "PARLEY_LEDGER_TABLE";

  /// The table in which archives for people lie until they are fetched.
  public static final String ARCHIVE_TABLE = "PARLEY_ARCHIVE_TABLE";

  /// For how many days an erasure can be taken back; for how many, receipts say, backups are kept.
  public static final String ERASURE_GRACE_DAYS = "PARLEY_ERASURE_GRACE_DAYS";

  public static final String BACKUP_DAYS = "PARLEY_BACKUP_DAYS";

  /// For how many days any message is kept; 0, or not set, for as long as its conversation keeps
  /// it.
  public static final String RETENTION_DAYS = "PARLEY_RETENTION_DAYS";

  /// Ids, with commas between, of people whom browsers on this machine may be without a password.
  public static final String DEMO = "PARLEY_DEMO";

  /// An identity provider: its issuer, what it calls this deployment, the secret or where it is
  /// kept, what it goes by in addresses, what people are shown, whom its tokens are made out to.
  public static final String OIDC_ISSUER = "PARLEY_OIDC_ISSUER";

  public static final String OIDC_CLIENT = "PARLEY_OIDC_CLIENT";
  public static final String OIDC_SECRET = "PARLEY_OIDC_SECRET";
  public static final String OIDC_SECRET_ARN = "PARLEY_OIDC_SECRET_ARN";
  public static final String OIDC_ID = "PARLEY_OIDC_ID";
  public static final String OIDC_NAME = "PARLEY_OIDC_NAME";
  public static final String OIDC_AUDIENCE = "PARLEY_OIDC_AUDIENCE";

  /// By which claim that provider is trusted to know somebody again whom it gave another subject,
  /// and `true` that it is: both or neither.
  public static final String OIDC_TRUSTED = "PARLEY_OIDC_TRUSTED";

  public static final String OIDC_RELINK_CLAIM = "PARLEY_OIDC_RELINK_CLAIM";

  private Variables() {}
}
