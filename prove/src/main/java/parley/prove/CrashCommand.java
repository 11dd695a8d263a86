package parley.prove;

import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Proves that nothing is lost when servers die or stand still.
@Command(
    name = "crash",
    description = "Prove that nothing is lost or doubled when servers die, or stand still.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It starts servers of its own, has 128 messages under way, and ends only what it started.",
      "Its temporary folder is deleted, unless something does not hold.",
      "",
      "Exit codes: 0 it holds, 1 it does not, 64 wrong usage, 69 it could not be found out."
    })
final class CrashCommand extends Proof {
  @Option(
      names = "--times",
      paramLabel = "N",
      description = "How often something happens to a server (default: 10).")
  int times = 10;

  @Option(
      names = "--servers",
      paramLabel = "1|2",
      description = "One server on a data folder, or two on a table beside them (default: 1).")
  int servers = 1;

  @Option(
      names = "--freeze",
      description =
          "Stop the server that makes the inboxes (SIGSTOP) until the other has taken over, and let it"
              + " go on, instead of killing one.")
  boolean freeze;

  @Option(
      names = "--clocks-apart",
      paramLabel = "SECONDS",
      description = "The second server's clock is so far ahead; less than 0: behind (default: 0).")
  int apart;

  @Override
  Report prove() throws Exception {
    return Crash.run(
        new Crash.Plan(
            times,
            servers,
            freeze ? Crash.Fault.FREEZE : Crash.Fault.KILL,
            Duration.ofSeconds(apart),
            seed),
        InstantSource.system());
  }
}
