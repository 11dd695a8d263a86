package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// How commands end that cannot do what they were asked to: a number, a sentence and no trace.
class ExitCodesTest {
  private static final Path DOCUMENT = Path.of("../docs/operations.md");

  private static final Map<String, String> ANY =
      Map.of(
          "AWS_ACCESS_KEY_ID", "any",
          "AWS_SECRET_ACCESS_KEY", "any",
          "AWS_REGION", "us-east-1",
          "PARLEY_SECRET", Base64.getEncoder().encodeToString(new byte[32]));

  @TempDir Path folder;

  private static Map<String, String> without(String... names) {
    Map<String, String> environment = new HashMap<>(ANY);
    environment.keySet().removeAll(List.of(names));
    return environment;
  }

  /// A process of its own ends with this code and one sentence that says this.
  private void ends(ExitCode code, Map<String, String> environment, String line, String... parts)
      throws Exception {
    try (Program program = Program.ended(folder, environment, line.split(" ", -1))) {
      assertThat(program.exitCode()).as(line + "\n" + program.err()).isEqualTo(code.number());
      assertThat(program.err()).startsWith("parley: ").contains(parts).doesNotContain("\tat ");
      if (code != ExitCode.USAGE) {
        assertThat(program.err()).as(line).hasLineCount(1);
      }
      assertThat(program.out()).isEmpty();
    }
  }

  @Test
  void aPortThatIsTakenIsNotOpenedAndNothingIsLeftBehind() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      ends(
          ExitCode.PORT,
          Map.of(),
          "serve --memory --operator-port 0 --port " + port,
          "Port " + port,
          "choose another port");
      ends(
          ExitCode.PORT,
          Map.of(),
          "serve --memory --port 0 --operator-port " + port,
          "Port " + port);
    }
  }

  @Test
  void anAddressOfAnotherMachine() throws Exception {
    ends(
        ExitCode.USAGE,
        Map.of(),
        "serve --memory --host 192.0.2.1 --port 0",
        "This machine has no address 192.0.2.1");
  }

  @Test
  void dataFolders() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    ends(ExitCode.FOLDER, Map.of(), "serve --port 0 --data " + file, "is not a folder");
    ends(
        ExitCode.FOLDER, Map.of(), "serve --port 0 --data " + file + "/below", "cannot be written");
    Path data = folder.resolve("data");
    try (Program server =
        Program.start(
            folder,
            Map.of(),
            "serve",
            "--port",
            "0",
            "--operator-port",
            "0",
            "--data",
            data.toString())) {
      server.printed("Parley is at");
      ends(
          ExitCode.BUSY,
          Map.of(),
          "serve --port 0 --operator-port 0 --data " + data,
          "is in use by process " + server.pid());
    }
    Files.setPosixFilePermissions(
        data.resolve("secret"), PosixFilePermissions.fromString("rw-r--r--"));
    ends(
        ExitCode.PERMISSION,
        Map.of(),
        "serve --port 0 --data " + data,
        "can be read or written by everybody",
        "chmod o-rwx");
  }

  @Test
  void tablesOutside() throws Exception {
    String nothing = "serve --port 0 --endpoint http://localhost:1";
    ends(ExitCode.UNAVAILABLE, ANY, nothing, "could not be reached");
    ends(ExitCode.CONFIGURATION, without("AWS_REGION"), nothing, "No AWS region is known");
    ends(
        ExitCode.CONFIGURATION,
        without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        nothing,
        "There are no AWS credentials");
    ends(ExitCode.CONFIGURATION, without("PARLEY_SECRET"), nothing, "openssl rand -base64 32");
    Path open = Files.writeString(folder.resolve("open"), ANY.get("PARLEY_SECRET"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    ends(
        ExitCode.PERMISSION,
        without("PARLEY_SECRET"),
        nothing + " --secret-file " + open,
        "can be read or written by everybody");
  }

  @Test
  void credentialsThatAreRefused() throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          byte[] answer =
              "{\"__type\":\"com.amazon.coral.service#UnrecognizedClientException\",\"message\":\"The security token included in the request is invalid.\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(400, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    service.start();
    try {
      ends(
          ExitCode.PERMISSION,
          ANY,
          "serve --port 0 --endpoint http://127.0.0.1:" + service.getAddress().getPort(),
          "refuses these AWS credentials");
    } finally {
      service.stop(0);
    }
  }

  @Test
  void tablesThatAreMissingOrOfAnotherShape() throws Exception {
    try (Program engine =
        Program.start(
            folder,
            Map.of(),
            "serve",
            "--memory",
            "--port",
            "0",
            "--operator-port",
            "0",
            "--dynamodb-port",
            "0")) {
      String endpoint = engine.printed("Other tools reach the table at (http://127.0.0.1:\\d+)");
      ends(
          ExitCode.CONFIGURATION,
          ANY,
          "serve --port 0 --create-table off --table missing --endpoint " + endpoint,
          "There is no table missing");
      ends(
          ExitCode.CONFIGURATION,
          ANY,
          "serve --port 0 --endpoint " + endpoint,
          "belongs to a deployment with another secret");
    }
  }

  @Test
  void wrongOptions() throws Exception {
    ends(ExitCode.USAGE, Map.of(), "serve --bogus", "Unknown option");
    ends(ExitCode.USAGE, Map.of(), "serve --memory --public-url nowhere", "--public-url");
    ends(ExitCode.USAGE, Map.of(), "serve --memory --cors-origin nowhere", "--cors-origin");
    ends(ExitCode.INPUT, Map.of(), "seed nothing.txt", "There is no file");
  }

  @Test
  void theDocumentHasEveryCodeAndNoOther() throws Exception {
    Map<Integer, String> told = new TreeMap<>();
    Pattern.compile("^\\| (\\d+) \\| (.*) \\|$", Pattern.MULTILINE)
        .matcher(section("## Exit codes"))
        .results()
        .forEach(found -> told.put(Integer.valueOf(found.group(1)), found.group(2)));
    Map<Integer, String> there = new TreeMap<>();
    for (ExitCode code : ExitCode.values()) {
      there.put(code.number(), code.meaning());
    }
    assertThat(told).isEqualTo(there);
  }

  @Test
  void theDocumentHasEveryOptionAndNoOther() throws Exception {
    TreeSet<String> told = new TreeSet<>();
    Pattern.compile("^\\| `(--[a-z-]+)` \\|", Pattern.MULTILINE)
        .matcher(section("### Options of `serve`"))
        .results()
        .forEach(found -> told.add(found.group(1)));
    TreeSet<String> there = new TreeSet<>();
    CommandLine serve = Parley.program(Map.of()).getSubcommands().get("serve");
    serve.getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .forEach(option -> there.add(option.longestName()));
    assertThat(told).isEqualTo(there);
  }

  private static String section(String heading) throws Exception {
    String document = Files.readString(DOCUMENT);
    int from = document.indexOf(heading + "\n");
    assertThat(from).as(heading).isGreaterThanOrEqualTo(0);
    int to = document.indexOf("\n## ", from + heading.length());
    return to < 0 ? document.substring(from) : document.substring(from, to);
  }
}
