package parley.cli;

import parley.engine.Gate;
import parley.table.OpenTable;
import parley.table.Out;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the embedded engine alone.
@Command(
    name = "serve",
    description = {
      "Run the embedded DynamoDB alone, for other tools on this machine.",
      "At 127.0.0.1, without Parley, with any credentials, and for no web page. Whoever can reach it can",
      "read and change everything.",
      "It is Amazon's DynamoDB Local, for development, testing and evaluation."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table serve --port 8000",
      "  aws dynamodb scan --endpoint-url http://localhost:8000 --table-name parley"
    })
final class TableServeCommand extends TableTask {
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Listen at 127.0.0.1:PORT; 0 for any (default: 8000).")
  int port = 8000;

  @Override
  public Integer call() {
    if (port < 0 || port > PORT_MAX) {
      throw storage.misused("--port is a port, 0 to 65535; not " + port);
    }
    return onNew(this::serve);
  }

  private ExitCode serve(OpenTable table, Out out) {
    try (Gate gate = table.openGate(port)) {
      Stop.prepare();
      out.results()
          .println(
              json
                  ? "{\"url\":\"" + gate.url() + "\"}"
                  : "Tools reach the engine "
                      + table.place()
                      + " at "
                      + gate.url()
                      + ", with any credentials and any region, such as\n"
                      + "  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_REGION=local\n"
                      + "`parley table` reaches it by the data folder too. Ctrl-C ends it.");
      out.results().flush();
      Stop.await();
      return ExitCode.DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.DONE;
    }
  }
}
