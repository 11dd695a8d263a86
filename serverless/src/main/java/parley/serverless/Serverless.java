package parley.serverless;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.cli.Seeding;
import parley.engine.DataFolderInUse;
import parley.engine.DataFolderUnusable;
import parley.host.Variables;
import parley.messaging.Secret;
import parley.server.http.PortTaken;
import parley.serverless.template.Template;
import parley.store.TableAdmin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The program `parley serverless`. Exit codes are those of `sysexits.h`.
@Command(
    name = "serverless",
    description = {
      "Run Parley as functions on this machine: the packages and the settings that would be deployed,"
          + " on an embedded DynamoDB.",
      "For tests and evaluation."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class Serverless implements Callable<Integer> {
  private static final int WIDTH = 96;
  private static final int USAGE = 64;
  private static final int DATA = 65;
  private static final int SOFTWARE = 70;
  private static final int PORT = 71;
  private static final int CANNOT_WRITE = 73;
  private static final int IN_USE = 75;

  /// How long closing may take; each part of it has a shorter bound.
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep the embedded DynamoDB, logs and checkpoints in FOLDER (default: ./data).")
  Path data = Path.of("data");

  @Option(names = "--memory", description = "Keep the embedded DynamoDB in memory, and forget.")
  boolean memory;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Listen at this port of this machine; 0 for any (default: 8080).")
  int port = 8080;

  @Option(
      names = "--demo",
      description =
          "Load a dialogue, and let browsers on this machine be its two people without a password.")
  boolean demo;

  @Option(
      names = "--runtime",
      paramLabel = "managed|custom",
      description =
          "The package for the managed runtime, or the one that brings a Java of its own (default:"
              + " managed).")
  String runtime = "managed";

  @Option(
      names = "--rate-limits",
      paramLabel = "on|off",
      description = "off: answer however often one asks, for load tests (default: on).")
  String rateLimits = "on";

  @Option(
      names = "--template",
      paramLabel = "FILE",
      description = "The CloudFormation template (default: that of the room infra).")
  @Nullable Path template;

  @Option(
      names = "--packages",
      paramLabel = "FOLDER",
      description =
          "Where the functions' packages are (default: where the room lambda builds them).")
  @Nullable Path packages;

  public static void main(String[] args) {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %3$s: %5$s%6$s%n");
    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
    CommandLine program = new CommandLine(new Serverless());
    program.setUsageHelpWidth(WIDTH);
    program.setParameterExceptionHandler((e, _) -> {
      System.err.println("parley: " + e.getMessage());
      return USAGE;
    });
    program.setExecutionExceptionHandler((e, _, _) -> told(e));
    System.exit(program.execute(args));
  }

  private static int told(Exception e) throws Exception {
    int code =
        switch (e) {
          case Template.Unusable _ -> DATA;
          case TableAdmin.AnotherShape _ -> DATA;
          case PortTaken _ -> PORT;
          case DataFolderInUse _ -> IN_USE;
          case DataFolderUnusable _ -> CANNOT_WRITE;
          case IOException _ -> CANNOT_WRITE;
          default -> SOFTWARE;
        };
    if (code == SOFTWARE) {
      throw e;
    }
    String what = e instanceof Template.Unusable ? "The template cannot be run here: " : "";
    System.err.println("parley: " + what + e.getMessage());
    return code;
  }

  @Override
  public Integer call() throws Exception {
    LocalOptions options = options();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (LocalCloud cloud = LocalCloud.start(options, InstantSource.system())) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, closed), "parley-stop"));
      // Before anybody is told where it is: functions that have started hear of no guests.
      Seeding.Outcome seeded = demo ? seeded(cloud) : null;
      System.out.println("Parley is at " + cloud.url());
      System.out.println(
          "It runs as functions, each instance a process of its own, on an embedded DynamoDB, for"
              + " evaluation only. The first requests wait for them to start.");
      System.out.println("Logs, checkpoints and what was given up are in " + cloud.state() + ".");
      if (seeded != null) {
        seeded.printOffer(System.out, cloud.url());
      }
      System.out.flush();
      asked.await();
    } finally {
      closed.countDown();
    }
    return 0;
  }

  private static Seeding.Outcome seeded(LocalCloud cloud) {
    Seeding.Outcome seeded = Seeding.sample(cloud.services(), Secret.parse(cloud.secret()));
    cloud.invite(seeded.people());
    return seeded;
  }

  /// Java ends when this returns: not before everything is closed.
  private static void end(CountDownLatch asked, CountDownLatch closed) {
    asked.countDown();
    try {
      var _ = closed.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LocalOptions options() {
    LocalOptions.Packaging chosen;
    try {
      chosen = LocalOptions.Packaging.valueOf(runtime.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw misused("--runtime is managed or custom; not " + runtime);
    }
    if (!rateLimits.equals("on") && !rateLimits.equals("off")) {
      throw misused("--rate-limits is on or off; not " + rateLimits);
    }
    if (port < 0 || port > 65_535) {
      throw misused("--port is a port, 0 to 65535; not " + port);
    }
    return new LocalOptions(
        there("--template", "PARLEY_TEMPLATE", template),
        there("--packages", "PARLEY_PACKAGES", packages).resolve(chosen.zip()),
        chosen,
        memory ? null : data,
        port,
        Map.of(Variables.RATE_LIMITS, rateLimits));
  }

  /// The launcher says where the build has left it.
  private static Path there(String option, String variable, @Nullable Path given) {
    String built = System.getenv(variable);
    Path path = given != null ? given : built != null ? Path.of(built) : null;
    if (path == null || !Files.exists(path)) {
      throw misused(
          path == null
              ? "say with " + option + " where it is, or start with ./parley serverless"
              : option + " is to be " + path + ", which is not there");
    }
    return path;
  }

  private static CommandLine.ParameterException misused(String sentence) {
    return new CommandLine.ParameterException(new CommandLine(new Serverless()), sentence);
  }
}
