package parley.prove;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Proves that nothing is lost, doubled or out of order, against any deployment.
@Command(
    name = "order",
    description = "Prove that nothing is lost, doubled or out of order.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without --url it starts servers of its own. With it, it signs up new people there and has",
      "them talk; they and their conversations stay. It waits as the deployment's limits say.",
      "",
      "Exit codes: 0 it holds, 1 it does not, 64 wrong usage, 69 it could not be found out."
    })
final class OrderCommand extends Proof {
  private static final int READERS = 8;

  @Option(
      names = "--url",
      paramLabel = "URL",
      split = ",",
      description = "A server to ask. Several of one deployment, with commas or one option each.")
  List<URI> urls = new ArrayList<>();

  @Option(
      names = "--yes-load-this-deployment",
      description = "Allow --url to be beyond this machine.")
  boolean beyond;

  @Option(
      names = "--servers",
      paramLabel = "N",
      description = "Without --url: so many servers of its own, 1 to 4 (default: 1).")
  int servers = 1;

  @Option(
      names = "--rate-limits",
      paramLabel = "on|off",
      description = "Without --url: whether its own servers have limits (default: off).")
  String rateLimits = "off";

  @Option(
      names = "--clocks-apart",
      paramLabel = "SECONDS",
      description = "Without --url: the last server's clock is so far ahead (default: 0).")
  int apart;

  @Option(names = "--people", paramLabel = "N", description = "New accounts (default: 12).")
  int people = 12;

  @Option(
      names = "--conversations",
      paramLabel = "N",
      description = "Pairs of them who talk (default: 24).")
  int conversations = 24;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Messages in all, both ways (default: 5000).")
  long messages = 5_000;

  @Option(
      names = "--readers",
      paramLabel = "N",
      description = "People who listen, half of them over bad lines (default: 8).")
  @Nullable Integer readers;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "Send for so long at most (default: 5).")
  int minutes = 5;

  @Option(
      names = "--inbox-seconds",
      paramLabel = "N",
      description = "How long inboxes may be behind in the end, at most (default: 10).")
  int inboxSeconds = Bounds.INBOX_SECONDS;

  @Override
  Report prove() throws Exception {
    Order.Plan plan =
        new Order.Plan(
            people,
            conversations,
            messages,
            readers == null ? Math.min(READERS, people) : readers,
            Duration.ofMinutes(minutes),
            Duration.ofSeconds(inboxSeconds),
            seed);
    InstantSource clock = InstantSource.system();
    if (!urls.isEmpty()) {
      for (URI url : urls) {
        Reach.check(url, beyond);
      }
      return Order.run(plan, new Servers(urls), clock);
    }
    if (servers < 1 || servers > 4) {
      throw new IllegalArgumentException("--servers is 1 to 4; not " + servers);
    }
    if (!rateLimits.equals("on") && !rateLimits.equals("off")) {
      throw new IllegalArgumentException("--rate-limits is on or off; not " + rateLimits);
    }
    Duration[] clocks = new Duration[servers];
    for (int i = 0; i < servers; i++) {
      clocks[i] = i > 0 && i == servers - 1 ? Duration.ofSeconds(apart) : Duration.ZERO;
    }
    try (Site site = new Site(rateLimits.equals("on"), clocks)) {
      Report report = Order.run(plan, site.servers(), clock);
      return report.holds() ? report : report.keeping(site);
    }
  }
}
