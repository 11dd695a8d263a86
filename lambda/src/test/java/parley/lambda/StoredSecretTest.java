package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import parley.host.Variables;
import parley.messaging.Secret;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Secrets where Secrets Manager keeps them: its API (JSON 1.1, signed), on a port of this machine.
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class StoredSecretTest {
  private static final String ARN = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:Own";
  private static final String ENDPOINT = "aws.endpointUrlSecretsManager";

  private final Map<String, String> kept = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    System.clearProperty(ENDPOINT);
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var headers = exchange.getRequestHeaders();
      boolean signed =
          String.valueOf(headers.getFirst("Authorization"))
              .matches("AWS4-HMAC-SHA256 Credential=test/.*/secretsmanager/aws4_request, .*");
      boolean understood =
          signed
              && "secretsmanager.GetSecretValue".equals(headers.getFirst("X-Amz-Target"))
              && "application/x-amz-json-1.1".equals(headers.getFirst("Content-Type"));
      String id = Fields.read(body.getBytes(StandardCharsets.UTF_8)).text("SecretId");
      asked.add(String.valueOf(id));
      String value = kept.get(String.valueOf(id));
      if (!understood || value == null) {
        exchange
            .getResponseHeaders()
            .set("x-amzn-ErrorType", understood ? "ResourceNotFoundException" : "BadRequest");
        send(exchange, 400, "{\"message\":\"no\"}");
      } else {
        send(exchange, 200, "{\"ARN\":\"" + id + "\",\"SecretString\":\"" + value + "\"}");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Test
  void theDeploymentsSecretIsReadWhereItIsKept() {
    kept.put(ARN, Rig.SECRET);
    Rig rig = new Rig().with(Variables.SECRET, "").with(Variables.SECRET_ARN, ARN);
    assertThat(rig.assembly().secret().keys("same"))
        .isEqualTo(Secret.parse(Rig.SECRET).keys("same"));
    // Of a busy machine it may be asked again.
    assertThat(Set.copyOf(asked)).containsExactly(ARN);
  }

  @Test
  void aProvidersSecretIsReadOnlyWhereThereIsAProvider() {
    kept.put("arn:client", "what the provider gave us");
    Rig rig = new Rig().with(Variables.OIDC_SECRET_ARN, "arn:client");
    rig.assembly().api();
    assertThat(asked).isEmpty();
    rig.with(Variables.OIDC_ISSUER, "https://id.example.com")
        .with(Variables.OIDC_CLIENT, "parley")
        .assembly()
        .api();
    assertThat(Set.copyOf(asked)).containsExactly("arn:client");
  }

  @Test
  void aSecretThatIsNotThereIsNoSecret() {
    Rig rig = new Rig().with(Variables.SECRET, "").with(Variables.SECRET_ARN, ARN);
    assertThatThrownBy(() -> rig.assembly().secret()).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void whatAFunctionIsToldOfAProviderIsLookedAt() {
    Rig rig = new Rig().with(Variables.OIDC_CLIENT, "parley");
    assertThatThrownBy(
            () -> rig.with(Variables.OIDC_ISSUER, "http://id.example.com").assembly().api())
        .hasMessageContaining(
            "PARLEY_OIDC_ISSUER is http://id.example.com: an issuer is the https");
    assertThatThrownBy(() ->
            rig.with(Variables.OIDC_ISSUER, "https://id.example.com")
                .with(Variables.OIDC_ID, "Not This")
                .assembly()
                .api())
        .hasMessageContaining("1 to 32 of a-z, 0-9 and -");
  }
}
