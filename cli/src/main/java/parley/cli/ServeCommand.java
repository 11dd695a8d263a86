package parley.cli;

import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import parley.server.Deployment;
import parley.server.Listen;
import parley.server.ParleyServer;
import parley.server.Refused;
import parley.server.Settings;
import parley.server.Storage;
import parley.table.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts a server and runs until it is told to stop.
@Command(
    name = "serve",
    description = "Start Parley.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley serve                       on this machine, data in ./data",
      "  parley serve --memory --demo       to look at, with two people who talk",
      "  parley serve --dynamodb-port 8000  lets other tools see the table",
      "  parley serve --region eu-west-1    on Amazon DynamoDB"
    })
final class ServeCommand implements Runnable {
  @Mixin StorageOptions storage = new StorageOptions();
  @Mixin BrowserOptions browsers = new BrowserOptions();
  @Mixin LimitOptions limits = new LimitOptions();
  @Mixin OperatorOptions operator = new OperatorOptions();
  @Mixin LeavingOptions leaving = new LeavingOptions();
  @Mixin RetentionOptions retention = new RetentionOptions();
  @Mixin LogOptions logs = new LogOptions();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Listen at this address (default: 127.0.0.1, this machine only).")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Listen at this port; 0 for any (default: 8080).")
  int port = 8080;

  @Option(
      names = "--dynamodb-port",
      paramLabel = "PORT",
      description =
          "Open the embedded DynamoDB to other tools on this machine, at 127.0.0.1:PORT. Whoever can"
              + " reach it can read and change everything.")
  @Nullable Integer dynamodbPort;

  @Option(
      names = "--demo",
      description =
          "Load the sample dialogue, and let whoever opens the page be one of its two people.")
  boolean demo;

  @Override
  public void run() {
    Settings settings = retention.added(leaving.added(storage.settings(), storage), storage);
    boolean embedded = !(settings.storage() instanceof Storage.Remote);
    if (dynamodbPort != null && !embedded) {
      throw storage.misused(
          "--dynamodb-port opens the embedded DynamoDB to other tools, and there is none with"
              + " --endpoint or --region. Leave it out, and point the tools at that table.");
    }
    if (demo && !(embedded && isLoopback() && !browsers.arePublic())) {
      throw storage.misused(
          "--demo makes two people whom anybody here can sign in as, so it is for the embedded"
              + " DynamoDB on this machine only. Leave out --endpoint, --region, --host and"
              + " --public-url.");
    }
    logs.apply(storage);
    checkPort("--port", port);
    checkPort("--dynamodb-port", dynamodbPort);
    Listen listen = listen();
    InstantSource clock = ShiftedClock.of(InstantSource.system(), System.out);
    try (Deployment deployment = Deployment.open(settings);
        ParleyServer server =
            ParleyServer.start(
                deployment, listen, clock, Inspection.of(deployment, settings, clock))) {
      Stop.prepare();
      say(deployment, server, settings);
      Stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UnknownHostException e) {
      throw Refused.option(
          "This machine has no address "
              + e.getMessage()
              + ". Give --host and --operator-host one that it has, or leave them out.");
    }
  }

  private Listen listen() {
    OptionalInt gate = dynamodbPort == null ? OptionalInt.empty() : OptionalInt.of(dynamodbPort);
    Listen listen = new Listen(host, port, gate, browsers.browsers(), limits.limiting());
    return operator.added(browsers.added(listen), storage);
  }

  private boolean isLoopback() {
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("::1");
  }

  private void checkPort(String option, @Nullable Integer port) {
    if (port != null && (port < 0 || port > 65_535)) {
      throw storage.misused(option + " is a port, 0 to 65535; not " + port);
    }
  }

  private void say(Deployment deployment, ParleyServer server, Settings settings) {
    var out = System.out;
    String url =
        "http://" + (isLoopback() ? "localhost" : host.contains(":") ? "[" + host + "]" : host);
    out.println("Parley is at " + url + ":" + server.port());
    out.println(
        switch (settings.storage()) {
          case Storage.OnDisk(var folder) ->
              "Its table is in an embedded DynamoDB in " + folder + ", for evaluation only.";
          case Storage.InMemory() ->
              "Its table is in an embedded DynamoDB in memory, for evaluation only: it is forgotten"
                  + " when Parley stops.";
          case Storage.Remote(var endpoint, var region) ->
              "Its table is " + settings.table() + " at " + (endpoint != null ? endpoint : region);
        });
    operator.say(out, server, settings.storage());
    if (server.gateUrl() != null) {
      out.println("Other tools reach the table at " + server.gateUrl() + " with any credentials.");
    }
    if (!isLoopback() && !browsers.browsers().isBehindTls()) {
      out.println("It listens beyond this machine, without TLS: put a proxy with TLS in front.");
    }
    limits.say(out);
    if (demo) {
      Seeding.Outcome seeded = Seeding.sample(server.services(), deployment.secret());
      server.invite(seeded.people());
      seeded.printOffer(out, url + ":" + server.port());
    }
    out.flush();
  }
}
