package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.operator.AuditEntry;
import parley.messaging.operator.Scope;
import parley.store.TableAdmin.Capacity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A message is reported by somebody, and read by an operator.
class ReportJourneyTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Account signUp(ParleyServer server, String handle) {
    Handle owner = new Handle(handle);
    DisplayName name = new DisplayName(handle);
    Password password = Password.parse(Running.PASSWORD, owner, name).orThrow();
    SignUp made = server.services().accounts().signUp(owner, name, password, Source.HERE);
    return ((SignUp.Created) made).account();
  }

  private static HttpResponse<String> send(
      HttpClient client, String method, String url, String token, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatIsReportedIsReadByOperatorsAndTheTrailSaysSo() throws Exception {
    Settings settings =
        new Settings(new Storage.InMemory(), "parley", Capacity.parse("on-demand"), null);
    try (Deployment deployment = Deployment.open(settings);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ParleyServer server =
            ParleyServer.start(
                deployment,
                new Listen("127.0.0.1", 0, OptionalInt.empty(), Browsers.LOCAL, Limiting.OFF)
                    .withOperator("127.0.0.1", 0),
                Instant::now)) {
      Account ann = signUp(server, "ann");
      Account ben = signUp(server, "ben");
      String anns = server.services().sessions().start(ann).token().value();
      String bens = server.services().sessions().start(ben).token().value();
      String talk =
          "http://127.0.0.1:"
              + server.port()
              + "/api/conversations/"
              + server.services().conversations().openDirect(ann.id(), ben.id());
      String said = "{\"clientId\":\"%s\",\"text\":\"a nasty word\"}".formatted(Running.clientId());
      assertThat(send(client, "POST", talk + "/messages", bens, said).statusCode()).isEqualTo(201);
      String report = "{\"clientId\":\"%s\",\"seq\":%d,\"reason\":\"%s\"}";
      String good = report.formatted(Running.clientId(), 1, "harassment");
      for (int i = 0; i < 2; i++) {
        assertThat(send(client, "POST", talk + "/reports", anns, good).statusCode()).isEqualTo(204);
      }
      for (String bad :
          List.of(
              report.formatted(Running.clientId(), 2, "spam"),
              report.formatted(Running.clientId(), 1, "boredom"))) {
        assertThat(send(client, "POST", talk + "/reports", anns, bad).statusCode()).isEqualTo(422);
      }
      assertThat(send(client, "POST", talk + "/reports", bens, good).body())
          .contains("\"code\":\"nothing_to_report\"");
      String operator = Tokens.of(server, "desk", Scope.REPORTS, Duration.ofHours(1));
      String list = "http://127.0.0.1:" + server.operatorPort() + "/operator/reports";
      JsonNode page = JSON.readTree(send(client, "GET", list, operator, "").body());
      assertThat(page.path("items").size()).isEqualTo(1);
      JsonNode one = page.path("items").get(0);
      assertThat(one.path("text").asString()).isEqualTo("a nasty word");
      assertThat(one.path("reason").asString()).isEqualTo("harassment");
      assertThat(one.path("from").asString()).isEqualTo(ben.id().value());
      assertThat(one.path("reporter").asString()).isEqualTo(ann.id().value());
      assertThat(one.path("seq").asLong()).isEqualTo(1);
      String before = list + "?before=" + one.path("key").asString();
      assertThat(JSON.readTree(send(client, "GET", before, operator, "").body()).path("items"))
          .isEmpty();
      assertThat(send(client, "GET", list + "?before=x", operator, "").statusCode()).isEqualTo(422);
      assertThat(server.services().operators().trail(null))
          .filteredOn(line -> line.action() == AuditEntry.Action.TEXTS_READ)
          .extracting(AuditEntry::subject)
          .containsExactly("reports", "reports");
    }
  }
}
