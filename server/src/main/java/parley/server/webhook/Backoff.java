package parley.server.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long an endpoint is left alone after an attempt that failed.
final class Backoff {
  /// Doublings after which the longest pause is reached in any case.
  private static final int DOUBLINGS = 20;

  private Backoff() {}

  /// Twice as long each time and up to a fifth more, so that not all come back at once; at least
  /// what the answer asks for; [WebhookBounds#PAUSE_MAX] at most.
  static Duration pause(int attempt, Post.Answer answer, RandomGenerator random) {
    long doubled = WebhookBounds.PAUSE.toMillis() << Math.min(attempt - 1, DOUBLINGS);
    long wanted = Math.max(doubled + random.nextLong(doubled / 5 + 1), asked(answer));
    return Duration.ofMillis(Math.min(wanted, WebhookBounds.PAUSE_MAX.toMillis()));
  }

  private static long asked(Post.Answer answer) {
    String seconds =
        answer instanceof Post.Answer.Status(_, String retryAfter) && retryAfter != null
            ? retryAfter.strip()
            : "";
    return seconds.matches("[0-9]{1,9}") ? Long.parseLong(seconds) * 1_000 : 0;
  }
}
