package parley.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import parley.server.Limiting;
import parley.server.Refused;
import picocli.CommandLine.Option;

/// How much one person or address may do, and what counts as one address.
final class LimitOptions {
  @Option(
      names = "--rate-limits",
      paramLabel = "on|off",
      description = "off: take everything from everybody, for load tests (default: on).")
  String rateLimits = "on";

  @Option(
      names = "--trusted-proxies",
      paramLabel = "CIDR[,CIDR]",
      description =
          "Take the word of proxies at these addresses, such as 10.0.0.0/8, for where a request comes"
              + " from (X-Forwarded-For). Without it, all who come through a proxy are limited as"
              + " one.")
  @Nullable String trustedProxies;

  Limiting limiting() {
    return Limiting.of(isOn(), trustedProxies);
  }

  private boolean isOn() {
    return switch (rateLimits.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw Refused.option("--rate-limits is on or off; not " + rateLimits);
    };
  }

  void say(PrintStream out) {
    if (!isOn()) {
      out.println("RATE LIMITS ARE OFF: anybody may do anything as often as they like.");
    }
  }
}
