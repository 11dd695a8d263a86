package parley.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.api.Api;
import parley.api.Origin;
import parley.api.Origins;
import parley.api.RateLimits;
import parley.api.Traffic;
import parley.api.TrustedProxies;
import parley.api.UseCases;
import parley.messaging.Secret;
import parley.messaging.event.Audience;
import parley.server.http.HttpHost;

/// The client's files as browsers get them, over a socket. Nothing here needs a store.
class WebClientTest {
  private static final String HOST = "127.0.0.1";
  private static final String PAGE = "<!doctype html><title>Parley</title>";
  private static final String SCRIPT = "console.log('quack');\n".repeat(400);
  private static final String SECRET = "not of the client";

  @TempDir Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpHost host;

  @SuppressWarnings("NullAway") // whatever reaches for a use case fails, and should
  private HttpHost host(WebFiles files, Origins origins) throws IOException {
    Api api =
        new Api(
            new UseCases(null, null, null, null, null, null, null, null, null, null, null, null),
            new Secret("x".repeat(32).getBytes(StandardCharsets.US_ASCII)),
            () -> true,
            origins,
            new Traffic(RateLimits.off(), TrustedProxies.NONE));
    Audience nobody = new Audience(null, null, null, InstantSource.system());
    return HttpHost.start(HOST, 0, api, nobody, files);
  }

  @BeforeEach
  void start() throws IOException {
    Path web = Files.createDirectories(folder.resolve("web"));
    Files.writeString(folder.resolve("secret.txt"), SECRET);
    Files.createDirectories(web.resolve("assets"));
    Files.writeString(web.resolve("index.html"), PAGE);
    Files.writeString(web.resolve("sw.js"), "// the service worker");
    Files.writeString(web.resolve("manifest.webmanifest"), "{}");
    Files.writeString(web.resolve("icon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    Files.writeString(web.resolve("assets/index-a1b2c3.js"), SCRIPT);
    host = host(WebFiles.in(web), Origins.LOCAL);
  }

  @AfterEach
  void stop() {
    client.close();
    host.close();
  }

  private HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + host.port() + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send("GET", path, headers);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static @Nullable String header(HttpResponse<?> response, String name) {
    assertThat(response.headers().allValues(name)).as(name).hasSizeLessThan(2);
    return response.headers().firstValue(name).orElse(null);
  }

  private static void isPage(HttpResponse<byte[]> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(text(response)).isEqualTo(PAGE);
    assertThat(header(response, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
  }

  private static void isProblem(HttpResponse<byte[]> response, int status, String code) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(text(response)).contains("\"code\":\"" + code + "\"");
  }

  /// Whoever follows a link, comes back to a tab or types an address gets the page.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/c/c-abcdefghijklmnopqrstuvwxyz",
        "/with/ann",
        "/settings",
        "/sign-in",
        "/sign-up?next=%2Fsettings",
        "/demo/ann"
      })
  void everyScreenHasAnAddress(String path) throws Exception {
    isPage(get(path), 200);
    HttpResponse<byte[]> head = send("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(PAGE.length()));
    assertThat(header(head, "ETag")).isEqualTo(header(get(path), "ETag"));
  }

  @Test
  void anAddressThatIsNoneIsToldSoByThePage() throws Exception {
    isPage(get("/conversations", "Accept", "text/html,application/xhtml+xml"), 404);
    isProblem(get("/conversations", "Accept", "application/json"), 404, "route_not_found");
  }

  /// A page in place of data or of a script would only confuse whoever asked.
  @ParameterizedTest
  @ValueSource(strings = {"/api/nothing", "/api", "/health/other", "/assets/index-old.js"})
  void whatIsTheContractsStaysSo(String path) throws Exception {
    isProblem(get(path, "Accept", "text/html"), 404, "route_not_found");
  }

  @Test
  void theContractAnswersAsBefore() throws Exception {
    assertThat(text(get("/health/live"))).isEqualTo("{\"status\":\"ok\"}");
    assertThat(text(get("/openapi.json", "Accept", "text/html"))).startsWith("{");
    isProblem(get("/api/me"), 401, "token_missing");
    isProblem(send("POST", "/"), 404, "route_not_found");
    isProblem(send("POST", "/settings"), 404, "route_not_found");
  }

  @Test
  void filesWithAHashAreKeptForEverAndTheOthersAskedForAgain() throws Exception {
    HttpResponse<byte[]> script = get("/assets/index-a1b2c3.js");
    assertThat(header(script, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(script, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(text(script)).isEqualTo(SCRIPT);
    for (String path : new String[] {"/", "/sw.js", "/manifest.webmanifest", "/icon.svg"}) {
      HttpResponse<byte[]> first = get(path);
      assertThat(header(first, "Cache-Control")).as(path).isEqualTo("no-cache");
      String tag = header(first, "ETag");
      HttpResponse<byte[]> again = get(path, "If-None-Match", "W/\"other\", " + tag);
      assertThat(again.statusCode()).as(path).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(header(again, "ETag")).isEqualTo(tag);
      assertThat(header(again, "Content-Length")).isNull();
      assertThat(get(path, "If-None-Match", "W/\"other\"").statusCode()).isEqualTo(200);
    }
    assertThat(header(get("/manifest.webmanifest"), "Content-Type"))
        .isEqualTo("application/manifest+json");
    assertThat(header(get("/icon.svg"), "Content-Type")).isEqualTo("image/svg+xml");
  }

  @Test
  void whatPacksWellIsSentPackedToThoseWhoTakeIt() throws Exception {
    String script = "/assets/index-a1b2c3.js";
    HttpResponse<byte[]> packed = get(script, "Accept-Encoding", "br, gzip;q=0.8");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(packed.body().length).isLessThan(SCRIPT.length() / 10);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(SCRIPT);
    }
    HttpResponse<byte[]> head = send("HEAD", script, "Accept-Encoding", "gzip");
    assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(packed.body().length));
    for (String other : new String[] {"identity", "gzip;q=0", "gzip; q=0.0", "br", "gzipped"}) {
      HttpResponse<byte[]> plain = get(script, "Accept-Encoding", other);
      assertThat(header(plain, "Content-Encoding")).as(other).isNull();
      assertThat(text(plain)).isEqualTo(SCRIPT);
      assertThat(header(plain, "Vary")).isEqualTo("Accept-Encoding");
    }
    assertThat(header(get("/", "Accept-Encoding", "gzip"), "Content-Encoding")).isNull();
  }

  @Test
  void pagesMayDoLittle() throws Exception {
    for (String path : new String[] {"/", "/assets/index-a1b2c3.js", "/sw.js", "/settings"}) {
      HttpResponse<byte[]> response = get(path);
      assertThat(header(response, "Content-Security-Policy"))
          .contains("default-src 'none'")
          .contains("script-src 'self'")
          .contains("style-src 'self'")
          .contains("connect-src 'self'")
          .contains("img-src 'self'")
          .contains("font-src 'self'")
          .contains("manifest-src 'self'")
          .contains("worker-src 'self'")
          .contains("frame-ancestors 'none'")
          .contains("base-uri 'none'")
          .contains("form-action 'self'")
          .contains("require-trusted-types-for 'script'")
          .doesNotContain("unsafe")
          .doesNotContain("*")
          .doesNotContain("http");
      assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(response, "X-Frame-Options")).isEqualTo("DENY");
      assertThat(header(response, "Referrer-Policy")).isEqualTo("same-origin");
      assertThat(header(response, "Permissions-Policy")).contains("camera=(), ");
      assertThat(header(response, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      assertThat(header(response, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(header(response, "Strict-Transport-Security")).isNull();
      assertThat(header(response, "Set-Cookie")).isNull();
    }
  }

  @Test
  void behindHttpsBrowsersAreToldToStayThere() throws Exception {
    host.close();
    Origins secure = new Origins(new Origin("https://chat.example.com"), Set.of());
    host = host(WebFiles.in(folder.resolve("web")), secure);
    assertThat(header(get("/"), "Strict-Transport-Security")).isEqualTo("max-age=31536000");
  }

  /// Raw, since clients tidy such addresses before they send them.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/assets/../index.html",
        "/%2e%2e/secret.txt",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/..%00/secret.txt",
        "/sw.js%00",
        "/sw.js%00.html",
        "//secret.txt",
        "/./secret.txt",
        "/secret.txt;a=b",
        "/assets/",
        "/assets",
        "/index.html",
        "/INDEX.HTML",
        "/assets/index-a1b2c3.js/",
        "/assets//index-a1b2c3.js",
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/parley/web/index.html",
        "/%c0%ae%c0%ae/secret.txt",
        "/?../../secret.txt%",
        "*",
        "secret.txt",
        "http://evil.example/secret.txt"
      })
  void nothingElseIsServedHoweverItIsAskedFor(String target) throws IOException {
    for (String accept : new String[] {"text/html", "*/*"}) {
      String answer =
          raw(
              "GET "
                  + target
                  + " HTTP/1.1\r\nHost: a\r\nAccept: "
                  + accept
                  + "\r\nConnection: close\r\n\r\n");
      assertThat(answer).doesNotContain(SECRET).doesNotContain("HTTP/1.1 5");
      if (answer.startsWith("HTTP/1.1 200 ")) {
        // With nothing before the question mark, it is the page as ever.
        assertThat(target).startsWith("/?");
      } else {
        assertThat(answer).startsWith("HTTP/1.1 4");
      }
      assertThat(answer).contains("X-Content-Type-Options: nosniff");
    }
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void withoutAClientItSaysSo() throws Exception {
    host.close();
    host = host(WebFiles.NONE, Origins.LOCAL);
    isProblem(get("/", "Accept", "text/html"), 404, "web_client_missing");
    isProblem(get("/settings", "Accept", "text/html"), 404, "route_not_found");
    HttpResponse<byte[]> head = send("HEAD", "/");
    assertThat(head.statusCode()).isEqualTo(404);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aFileOfAKindThatBrowsersCannotBeToldOfIsFoundWhenItStarts() throws IOException {
    Path web = Files.createDirectories(folder.resolve("other"));
    Files.writeString(web.resolve("index.html"), PAGE);
    Files.writeString(web.resolve("notes.docx"), "x");
    assertThatThrownBy(() -> WebFiles.in(web))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/notes.docx");
  }
}
