package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// An OpenID provider of other people's making (oidc-provider for Node.js), in a process of its
/// own. It ends with its input, so it does not outlive this process even where nobody closes it.
public final class OpenIdProvider implements AutoCloseable {
  public static final String CLIENT = "parley";
  public static final String CLIENT_SECRET = "a secret that only tests have, and it is long";

  /// A program of somebody's, which brings its people's access tokens.
  public static final String APP = "app";

  public static final String APP_BACK = "http://127.0.0.1:1/back";
  public static final String AUDIENCE = "https://chat.example.com/api";

  private static final Path FOLDER =
      Path.of("..", "server", "src", "test", "oidc").toAbsolutePath().normalize();
  private static final Path LOG = Path.of("target", "oidc.log").toAbsolutePath();
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final BufferedReader output;
  private final int port;

  private OpenIdProvider(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.port = Integer.parseInt(line().substring("port ".length()));
  }

  public static OpenIdProvider start() throws IOException, InterruptedException {
    Files.createDirectories(LOG.getParent());
    NodeTool.install(FOLDER);
    return new OpenIdProvider(run("node", "serve.js"));
  }

  private static Process run(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(FOLDER.toFile())
        .redirectError(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
        .start();
  }

  private static <T> T within(Duration limit, Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("the OpenID provider did not answer; see " + LOG, e);
    }
  }

  private String line() {
    String line = within(ANSWER_LIMIT, output::readLine);
    assertThat(line).as("what it says; see %s", LOG).isNotNull();
    return line;
  }

  /// From here on it signs with `key`, knows these people by their subjects, and sends browsers
  /// back to `back`.
  public void become(JWK key, String back, Map<String, Map<String, Object>> people) {
    String config =
        JSON.writeValueAsString(
            Map.of(
                "jwks",
                Map.of("keys", List.of(key.toJSONObject())),
                "people",
                people,
                "clients",
                List.of(
                    Map.of(
                        "client_id",
                        CLIENT,
                        "client_secret",
                        CLIENT_SECRET,
                        "redirect_uris",
                        List.of(back)),
                    Map.of(
                        "client_id",
                        APP,
                        "token_endpoint_auth_method",
                        "none",
                        "redirect_uris",
                        List.of(APP_BACK)))));
    tell(config);
    warm();
  }

  /// The first answers of a program that has just begun can take longer than Parley waits for any.
  private void warm() {
    try (HttpClient anybody = HttpClient.newHttpClient()) {
      for (String path : List.of("/.well-known/openid-configuration", "/jwks")) {
        URI address = URI.create(issuer() + path);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT).build();
        int status = anybody.send(request, BodyHandlers.discarding()).statusCode();
        assertThat(status).as(path).isEqualTo(200);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// From here on these of its paths go wrong in these ways (`wrong` in serve.js), and no others.
  public void fails(Map<String, String> faults) {
    tell(JSON.writeValueAsString(Map.of("faults", faults)));
  }

  private void tell(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(line()).isEqualTo("ready");
  }

  public String issuer() {
    return "http://127.0.0.1:" + port;
  }

  /// A browser that goes to the provider's address, signs in as `subject`, and comes back: the
  /// address that it is sent back to, which it does not open.
  public URI signIn(URI address, String subject) throws IOException, InterruptedException {
    try (HttpClient browser =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build()) {
      HttpResponse<String> page = follow(browser, address);
      if (page.statusCode() != 200) {
        return URI.create(page.headers().firstValue("Location").orElseThrow());
      }
      Matcher form = FORM.matcher(page.body());
      assertThat(form.find()).as(page.body()).isTrue();
      HttpRequest login =
          HttpRequest.newBuilder(page.uri().resolve(form.group(1)))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .timeout(ANSWER_LIMIT)
              .POST(BodyPublishers.ofString("prompt=login&password=x&login=" + subject))
              .build();
      HttpResponse<String> next = browser.send(login, BodyHandlers.ofString());
      HttpResponse<String> last =
          follow(browser, next.uri().resolve(next.headers().firstValue("Location").orElseThrow()));
      return URI.create(
          last.headers()
              .firstValue("Location")
              .orElseThrow(() -> new AssertionError(last.uri() + " answered " + last.body())));
    }
  }

  /// Follows addresses for as long as they are the provider's own.
  private HttpResponse<String> follow(HttpClient browser, URI address)
      throws IOException, InterruptedException {
    URI next = address;
    while (true) {
      HttpResponse<String> response =
          browser.send(
              HttpRequest.newBuilder(next).timeout(ANSWER_LIMIT).build(), BodyHandlers.ofString());
      String location = response.headers().firstValue("Location").orElse(null);
      URI to = location == null ? null : next.resolve(location);
      if (to == null || to.getPort() != port) {
        assertThat(response.statusCode()).as(response.body()).isIn(200, 302, 303);
        return response;
      }
      next = to;
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    within(ANSWER_LIMIT, process::waitFor);
  }
}
