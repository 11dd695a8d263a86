package parley.server.webhook;

import java.time.Duration;

/// Every bound of webhooks, in one place. Each is tested at its edge.
public final class WebhookBounds {
  private WebhookBounds() {}

  /// Endpoints of one deployment: each reads the change stream for itself.
  public static final int ENDPOINTS = 5;

  /// How long an endpoint has for its answer, from the look-up of its name on.
  static final Duration ANSWER = Duration.ofSeconds(5);

  /// How much of its answer is read.
  static final int ANSWER_BYTES = 16 * 1024;

  /// Events that are told to one endpoint at the same time, each of another conversation.
  static final int AT_ONCE = 16;

  /// The pause after the first attempt that failed; each one after it is twice as long.
  static final Duration PAUSE = Duration.ofSeconds(1);

  /// The longest of them, and the longest that an endpoint can ask for.
  static final Duration PAUSE_MAX = Duration.ofMinutes(5);

  /// For how long an event is offered to an endpoint that answers that it does not want it (4xx).
  static final Duration REFUSED_FOR = Duration.ofMinutes(15);

  /// How long a log keeps silent of an endpoint that takes events again, for it may not last.
  static final Duration SAID_AGAIN = Duration.ofMinutes(1);

  /// How old an event becomes before it is given up: the change stream keeps no older ones.
  static final Duration LIFE = Duration.ofHours(24);

  /// A secret's bytes, as Standard Webhooks bounds them.
  static final int SECRET_BYTES_MIN = 24;

  static final int SECRET_BYTES_MAX = 64;

  /// Secrets of one endpoint at a time, so that it can go over to another.
  public static final int SECRETS = 4;

  /// The longest URL of an endpoint.
  public static final int URL_CHARS = 2_048;

  /// Conversations of which it is remembered who is in them.
  static final int CONVERSATIONS_KEPT = 10_000;
}
