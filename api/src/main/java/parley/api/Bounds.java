package parley.api;

/// Every bound of the contract that is not already one of the domain's.
final class Bounds {
  private Bounds() {}

  /// The largest body.
  static final int BODY_BYTES = 64 * 1024;

  /// Objects and lists within each other in a body.
  static final int BODY_DEPTH = 16;

  /// Faults of a request that are told at once; there may be more.
  static final int ERRORS_TOLD = 20;

  /// The longest name of an unknown field that is repeated to whoever sent it, in code points.
  static final int FIELD_NAME_TOLD = 64;

  /// The greatest entry number: as many digits as the log gives it.
  static final long SEQ_MAX = 999_999_999_999L;

  /// As many digits as that has.
  static final int SEQ_DIGITS = 12;

  /// The longest cursor. The longest one given out has about half of it.
  static final int CURSOR_CHARS = 512;

  /// The longest request id that is taken from a request.
  static final int REQUEST_ID_CHARS = 64;

  /// Accounts, or addresses, whose use of one rate limit is remembered.
  static final int RATES_KEPT = 20_000;

  /// Who was shown whom, remembered for a day so that it counts once.
  static final int PEOPLE_SEEN_KEPT = 200_000;

  /// What a client is told to wait when the service is busy or its store does not answer.
  static final int RETRY_AFTER_SECONDS = 1;

  /// How long a browser may remember what another origin may send: soon over when that changes.
  static final int PREFLIGHT_KEPT_SECONDS = 600;

  /// How long a browser uses https alone, once it has seen it: a year.
  static final long TRANSPORT_SECURITY_SECONDS = 31_536_000;

  /// The longest word that an operator asks the table's inspector for: a partition key, a page's
  /// end.
  static final int INSPECT_WORD_CHARS = 1_024;

  /// The arguments of an access pattern that an operator runs, and the longest of them.
  static final int ARGUMENTS = 8;

  static final int ARGUMENT_CHARS = 128;

  /// The greatest number of a change of the table.
  static final long CHANGE_MAX = 999_999_999_999_999L;

  /// How long an operator's page may wait for a change of the table.
  static final int CHANGES_WAIT_SECONDS = 20;

  /// The longest life of an operator's token, as [parley.messaging.Limits] has it in days.
  static final long TOKEN_LIFE_SECONDS = 366L * 24 * 60 * 60;

  /// The longest that an operator may have an erasure wait, in days: [Limits#ERASURE_GRACE_MAX].
  static final int ERASURE_GRACE_DAYS = 30;
}
