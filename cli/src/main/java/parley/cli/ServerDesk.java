package parley.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.export.Export;
import parley.messaging.export.Exports;
import parley.messaging.operator.OperatorId;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.OperatorPass;
import parley.messaging.operator.Scope;
import parley.server.Refused;
import parley.server.export.ExportFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Orders carried out by a running server: each request shows a pass that only who can read the
/// deployment's secret can make, and that is good for nothing else and for half a minute.
final class ServerDesk implements OperatorDesk {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// How long an archive may take, and how often it is looked for.
  private static final Duration ARCHIVE = Duration.ofMinutes(30);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final String TOKENS = "/operator/tokens";

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI server;
  private final Secret secret;
  private final @Nullable String exports;
  private final InstantSource clock;
  private final String user;

  /// `exports` is the folder where its archives lie, null where it keeps none.
  ServerDesk(
      URI server, Secret secret, @Nullable String exports, InstantSource clock, String user) {
    this.server = server;
    this.secret = secret;
    this.exports = exports;
    this.clock = clock;
    this.user = user;
  }

  @Override
  public Made make(OperatorName name, Set<Scope> scopes, Duration life) {
    JsonNode made =
        send(
            "POST",
            TOKENS,
            "",
            Map.of(
                "name", name.value(),
                "scopes", scopes.stream().map(Scope::text).sorted().toList(),
                "seconds", life.toSeconds()));
    return new Made(text(made, "token"), text(made, "id"), time(made, "expiresAt"));
  }

  @Override
  public List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    for (JsonNode item : send("GET", TOKENS, "", null).path("items")) {
      List<String> scopes = new ArrayList<>();
      item.path("scopes").forEach(scope -> scopes.add(scope.asString()));
      tokens.add(
          new Token(
              text(item, "id"),
              text(item, "name"),
              scopes,
              time(item, "createdAt"),
              time(item, "expiresAt")));
    }
    return tokens;
  }

  @Override
  public void revoke(OperatorId id) {
    send("DELETE", TOKENS + "/" + id, "", null);
  }

  @Override
  public List<Line> audit(@Nullable String key) {
    List<Line> lines = new ArrayList<>();
    String query = key == null ? "" : "?before=" + key;
    for (JsonNode item : send("GET", "/operator/audit", query, null).path("items")) {
      lines.add(
          new Line(
              text(item, "key"),
              time(item, "at"),
              text(item, "actor"),
              text(item, "action"),
              text(item, "subject")));
    }
    return lines;
  }

  @Override
  public void resetPassword(Handle handle, String password) {
    send("PUT", "/operator/passwords/" + handle, "", Map.of("password", password));
  }

  @Override
  public void relink(Handle handle, Identity identity) {
    send(
        "PUT",
        "/operator/identities/" + handle,
        "",
        Map.of("issuer", identity.issuer(), "subject", identity.subject()));
  }

  @Override
  public String create(Identity identity, @Nullable String handle, @Nullable String name) {
    Map<String, String> wanted = new TreeMap<>();
    wanted.put("issuer", identity.issuer());
    wanted.put("subject", identity.subject());
    if (handle != null) {
      wanted.put("handle", handle);
    }
    if (name != null) {
      wanted.put("displayName", name);
    }
    return text(send("POST", "/operator/users", "", wanted), "handle");
  }

  @Override
  public String gone(Identity identity) {
    String who =
        "?issuer=" + encoded(identity.issuer()) + "&subject=" + encoded(identity.subject());
    return text(send("DELETE", "/operator/identities", who, null), "handle");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String rename(Handle handle, @Nullable Handle next, @Nullable DisplayName name) {
    Map<String, String> wanted = new TreeMap<>();
    if (next != null) {
      wanted.put("handle", next.value());
    }
    if (name != null) {
      wanted.put("displayName", name.value());
    }
    return text(send("PATCH", "/operator/users", "?handle=" + handle, wanted), "handle");
  }

  @Override
  public void setDisabled(Handle handle, boolean disabled) {
    send("PATCH", "/operator/users", "?handle=" + handle, Map.of("disabled", disabled));
  }

  @Override
  public Erasing erase(Handle handle, Duration grace) {
    JsonNode made =
        send(
            "POST",
            "/operator/erasures",
            "",
            Map.of("handle", handle.value(), "days", grace.toDays()));
    return new Erasing(time(made, "dueAt"), text(made, "code"));
  }

  @Override
  public List<ErasureLine> erasures() {
    List<ErasureLine> lines = new ArrayList<>();
    for (JsonNode item : send("GET", "/operator/erasures", "", null).path("items")) {
      lines.add(
          new ErasureLine(
              text(item, "handle"),
              time(item, "dueAt"),
              text(item, "next"),
              time(item, "nextAt"),
              item.path("removed").asLong()));
    }
    return lines;
  }

  @Override
  public void export(Handle handle, Path to) {
    if (exports == null) {
      throw new Refused("The server keeps no archives. Stop it first, and run the same again.");
    }
    JsonNode made = send("POST", "/operator/exports", "", Map.of("handle", handle.value()));
    String place = Exports.place(text(made, "code"));
    ExportFolder folder = new ExportFolder(Path.of(exports), secret);
    Instant end = clock.instant().plus(ARCHIVE);
    for (Export at = folder.fetch(place, to); at != null; at = folder.fetch(place, to)) {
      if (at.state() == Export.State.FAILED || clock.instant().isAfter(end)) {
        throw new Refused(
            Refused.Why.UNAVAILABLE,
            "The archive is not there: the server came to "
                + at.done()
                + " of "
                + at.total()
                + " conversations. Its log says more. Run the same again later.");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Refused.Why.BUSY, "Interrupted. Run the same again.", e);
    }
  }

  private JsonNode send(String method, String path, String query, @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path + query))
            .timeout(PATIENCE)
            .header(
                "Authorization",
                "Bearer " + OperatorPass.make(secret, method, path, clock.instant(), user))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw refused(response);
      }
      return response.body().isEmpty() ? json.nullNode() : json.readTree(response.body());
    } catch (IOException e) {
      throw new Refused(
          Refused.Why.UNAVAILABLE,
          "The server that holds the data folder does not answer at "
              + server
              + ". Run the same again, or stop it first.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Refused.Why.BUSY, "Interrupted. Run the same again.", e);
    }
  }

  /// What the server says, of the field that is at fault if it is one.
  private Refused refused(HttpResponse<String> response) {
    JsonNode problem = json.readTree(response.body());
    JsonNode field = problem.at("/errors/0/message");
    String sentence = field.isMissingNode() ? text(problem, "detail") : field.asString();
    Refused.Why why =
        switch (response.statusCode()) {
          case 401, 403, 421 -> Refused.Why.PERMISSION;
          case 404, 409, 422 -> Refused.Why.INPUT;
          default -> Refused.Why.UNAVAILABLE;
        };
    return new Refused(why, sentence);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private static Instant time(JsonNode node, String name) {
    return Instant.parse(text(node, name));
  }

  @Override
  public void close() {
    client.close();
  }
}
