package parley.host.oidc;

import java.time.Duration;

/// What is done for identity providers, and to them: every number of it.
final class OidcBounds {
  /// How long a provider may take to be reached, and again to answer.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /// How long one request to a provider may take altogether: one that answers a byte at a time does
  /// so for ever.
  static final Duration DEADLINE = Duration.ofSeconds(10);

  /// How long what a provider says of itself is believed.
  static final Duration METADATA_LIFE = Duration.ofHours(1);

  /// How long a provider that did not answer is not asked again.
  static final Duration METADATA_PAUSE = Duration.ofSeconds(10);

  /// How long its keys are believed: a key that it takes back is of no use after that.
  static final Duration KEYS_LIFE = Duration.ofMinutes(5);

  /// How long somebody waits for another who asks for the same keys.
  static final Duration KEYS_WAIT = Duration.ofSeconds(10);

  /// Within this time the keys are asked for twice at most, whatever keys tokens name.
  static final Duration KEYS_PAUSE = Duration.ofSeconds(30);

  /// The largest set of keys, in bytes.
  static final int KEYS_BYTES = 256 * 1024;

  /// The longest token that is looked at, in characters.
  static final int TOKEN_CHARS = 6 * 1024;

  /// The longest query that somebody comes back with, in characters.
  static final int QUERY_CHARS = 4 * 1024;

  private OidcBounds() {}

  static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
