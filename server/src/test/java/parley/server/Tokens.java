package parley.server;

import java.time.Duration;
import java.util.Set;
import parley.messaging.operator.Actor;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.Scope;

/// Operators' tokens for tests.
final class Tokens {
  private Tokens() {}

  static String of(ParleyServer server, String name, Scope scope, Duration life) {
    return server
        .services()
        .operators()
        .issue(new OperatorName(name), Set.of(scope), life, Actor.commandLine("root"))
        .token()
        .value();
  }
}
