package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server as people start it: a process, with what it prints, how it ends and what it refuses.
class ServeCommandTest {
  private static final String ADDRESS = "Parley is at (http://localhost:\\d+)";
  private static final Duration REQUEST = Duration.ofSeconds(60);

  private static final Map<String, String> ANY_CREDENTIALS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "any",
          "AWS_SECRET_ACCESS_KEY", "any",
          "AWS_REGION", "us-east-1",
          "PARLEY_SECRET", Base64.getEncoder().encodeToString(new byte[32]));

  @TempDir Path folder;

  private static Map<String, String> with(String name, String value) {
    Map<String, String> environment = new HashMap<>(ANY_CREDENTIALS);
    environment.put(name, value);
    return environment;
  }

  private static Map<String, String> without(String... names) {
    Map<String, String> environment = new HashMap<>(ANY_CREDENTIALS);
    environment.keySet().removeAll(List.of(names));
    return environment;
  }

  private static JsonNode json(String text) {
    return JsonMapper.builder().build().readTree(text);
  }

  private static void endsInOrder(Program program) throws Exception {
    program.terminate();
    assertThat(program.exitCode()).as(program.err()).isZero();
    assertThat(program.err()).isEmpty();
  }

  @Test
  void theDemoPrintsCommandsThatWorkAndEndsInOrder() throws Exception {
    String[] demo = {"serve", "--demo", "--port", "0", "--data", folder.resolve("data").toString()};
    String first;
    try (Program program = Program.start(folder, Map.of(), demo)) {
      String url = program.printed(ADDRESS);
      program.printed("Sign in as Jonas:\n  (curl .*)\n");
      first = signIns(program, url);
      aSecondOneIsTurnedAway(program, url);
      noiseFromOutsideIsNotLogged(program, url);
      endsInOrder(program);
    }
    // Again on the same folder: the same people, nothing twice.
    try (Program program = Program.start(folder, Map.of(), demo)) {
      String url = program.printed(ADDRESS);
      program.printed("Sign in as Jonas:\n  (curl .*)\n");
      assertThat(signIns(program, url)).isEqualTo(first);
      endsInOrder(program);
    }
  }

  /// Runs the two printed commands, and returns what the inbox of the second person says.
  private String signIns(Program program, String url) throws Exception {
    List<String> commands =
        Pattern.compile("^  (curl .*)$", Pattern.MULTILINE)
            .matcher(program.out())
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(commands).hasSize(2).allSatisfy(command -> assertThat(command).contains(url));
    String inbox = "";
    for (String command : commands) {
      try (Program curl = Program.bash(folder, command)) {
        assertThat(curl.exitCode()).as(curl.err()).isZero();
        JsonNode session = json(curl.out());
        assertThat(session.at("/account/handle").asString()).isIn("mara", "jonas");
        inbox = get(url + "/api/conversations", session.path("token").asString());
        assertThat(json(inbox).path("items")).hasSize(1);
        assertThat(json(inbox).at("/items/0/last/seq").asInt())
            .isEqualTo(Dialogue.sample().lines().size());
      }
    }
    return inbox;
  }

  private void aSecondOneIsTurnedAway(Program first, String url) throws Exception {
    String data = folder.resolve("data").toString();
    try (Program second = Program.ended(folder, Map.of(), "serve", "--port", "0")) {
      second.isRefused(
          "The data folder " + data + " is in use by process " + first.pid(), "serving " + url);
    }
    String port = Integer.toString(URI.create(url).getPort());
    String[] there = {"serve", "--memory", "--operator-port", "off", "--port", port};
    try (Program other = Program.ended(folder, Map.of(), there)) {
      other.isRefused("Port " + port, "choose another port");
    }
  }

  /// What strangers send is no news, and is not repeated in a log.
  private static void noiseFromOutsideIsNotLogged(Program program, String url) throws IOException {
    String head = "Host: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n";
    for (String noise :
        List.of(
            "GET /api/me?token=topsecret%zz HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /api/me?token=topsecret HTTP/9.9\r\nHost: a\r\n\r\n",
            "topsecret\r\n\r\n",
            "\u0016\u0003\u0001topsecret",
            "GET /api/me?token=topsecret HTTP/1.1\r\nHost: a\r\nAuthorization: topsecret\r\n\r\n",
            "POST /api/sessions HTTP/1.1\r\n" + head + "\r\n{\"topsecret")) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
        socket.getOutputStream().write(noise.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        socket.setSoTimeout(Math.toIntExact(REQUEST.toMillis()));
        socket.getInputStream().readAllBytes();
      }
    }
    assertThat(program.err()).isEmpty();
  }

  private static String get(String url, String token) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)), token);
  }

  private static String post(String url, String token, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        token);
  }

  private static String send(HttpRequest.Builder request, String token) throws Exception {
    request.timeout(REQUEST);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
      return response.body();
    }
  }

  @Test
  void aTableInMemoryCanBeLookedAt() throws Exception {
    String[] memory = {"serve", "--memory", "--demo", "--port", "0"};
    try (Program program = Program.start(folder, Map.of(), memory)) {
      String port = program.printed("Operators are answered at port (\\d+)");
      String token = program.printed("The token for /inspect, as long as this runs: (po_\\S+)\n");
      program.printed("Sign in as Jonas:\n  (curl .*)\n");
      JsonNode seen =
          json(get("http://127.0.0.1:" + port + "/operator/inspect/collections", token));
      assertThat(seen.toString()).contains("mara");
      endsInOrder(program);
    }
  }

  @Test
  void itServesATableOutsideOfTheProcess() throws Exception {
    try (Program table =
        Program.start(
            folder, Map.of(), "serve", "--memory", "--port", "0", "--dynamodb-port", "0")) {
      String endpoint = table.printed("Other tools reach the table at (http://127.0.0.1:\\d+)");
      String[] onIt = {
        "serve",
        "--endpoint",
        endpoint,
        "--port",
        "0",
        "--table",
        "elsewhere",
        "--capacity",
        "on-demand"
      };
      String ben;
      try (Program server = Program.start(folder, ANY_CREDENTIALS, onIt)) {
        String url = server.printed(ADDRESS);
        String ann = signUp(url, "ann");
        ben = signUp(url, "ben");
        String id =
            json(post(url + "/api/conversations", ann, "{\"participants\":[\"ben\"]}"))
                .path("id")
                .asString();
        try (Program bash = Program.bash(folder, clientIds())) {
          assertThat(bash.exitCode()).isZero();
          for (String clientId : bash.out().lines().toList()) {
            post(
                url + "/api/conversations/" + id + "/messages",
                ann,
                "{\"clientId\":\"" + clientId + "\",\"text\":\"Over the wire\"}");
          }
        }
        assertThat(unread(url, ben, 3)).isEqualTo(3);
        endsInOrder(server);
      }
      try (Program again = Program.start(folder, ANY_CREDENTIALS, onIt)) {
        assertThat(unread(again.printed(ADDRESS), ben, 3)).isEqualTo(3);
        endsInOrder(again);
      }
      try (Program rebuild =
          Program.ended(
              folder, ANY_CREDENTIALS, "rebuild", "--endpoint", endpoint, "--table", "elsewhere")) {
        assertThat(rebuild.exitCode()).as(rebuild.err()).isZero();
        assertThat(rebuild.out()).contains("1 conversations, 2 rows, 0 differences");
      }
      String newer = "A".repeat(42) + "E=";
      try (Program stranger =
          Program.ended(
              folder,
              with("PARLEY_SECRET", newer),
              "rebuild",
              "--endpoint",
              endpoint,
              "--table",
              "elsewhere")) {
        stranger.isRefused("belongs to a deployment with another secret", "PARLEY_SECRET");
      }
      String both = newer + "," + ANY_CREDENTIALS.get("PARLEY_SECRET");
      try (Program rotated =
          Program.ended(
              folder,
              with("PARLEY_SECRET", both),
              "rebuild",
              "--endpoint",
              endpoint,
              "--table",
              "elsewhere")) {
        assertThat(rotated.exitCode()).as(rotated.err()).isZero();
      }
      try (Program secretless =
          Program.ended(folder, without("PARLEY_SECRET"), "serve", "--endpoint", endpoint)) {
        secretless.isRefused("needs the deployment's secret", "openssl rand -base64 32");
      }
      endsInOrder(table);
    }
  }

  /// Three client ids, made as the README does.
  private static String clientIds() {
    return """
    for i in 1 2 3; do
      t=$(printf %012x $(($(date +%s) * 1000)))
      printf '%s-%s-7%03x-8%03x-%06x%06x\\n' ${t:0:8} ${t:8:4} $((RANDOM % 4096)) $i $RANDOM $RANDOM
    done
    """;
  }

  private static String signUp(String url, String handle) throws Exception {
    String body =
        "{\"handle\":\"%s\",\"displayName\":\"%s\",\"password\":\"rowing at dawn %s\"}"
            .formatted(handle, handle, handle.length());
    return json(post(url + "/api/accounts", "", body)).path("token").asString();
  }

  private static long unread(String url, String token, long wanted) throws Exception {
    long unread = -1;
    long from = System.nanoTime();
    while (unread != wanted && System.nanoTime() - from < Program.PATIENCE.toNanos()) {
      unread = json(get(url + "/api/conversations", token)).at("/items/0/unread").asLong(-1);
      Thread.sleep(20);
    }
    return unread;
  }

  @Test
  void aTableThatCannotBeReachedIsASentence() throws Exception {
    String[] nothing = {"serve", "--endpoint", "http://localhost:1", "--port", "0"};
    refuses(
        ANY_CREDENTIALS,
        nothing,
        "The table parley could not be reached",
        "http://localhost:1",
        "refused");
    refuses(
        without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        nothing,
        "There are no AWS credentials",
        "AWS_ACCESS_KEY_ID");
    refuses(without("AWS_REGION"), nothing, "No AWS region is known", "--region");
  }

  private void refuses(Map<String, String> environment, String[] args, String... parts)
      throws Exception {
    try (Program program = Program.start(folder, environment, args)) {
      program.isRefused(parts);
      assertThat(program.err()).hasSizeLessThan(400);
    }
  }

  @Test
  void aSecretThatIsNotTheFoldersIsRefused() throws Exception {
    try (Program program = Program.ended(folder, ANY_CREDENTIALS, "serve", "--port", "0")) {
      program.isRefused("has a secret of its own", "PARLEY_SECRET");
    }
  }
}
