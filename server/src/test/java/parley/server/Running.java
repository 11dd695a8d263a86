package parley.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import parley.host.oidc.ProviderSettings;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.message.ClientId;
import parley.store.TableAdmin.Capacity;

/// A server on an engine in memory, and a client of it.
final class Running implements AutoCloseable {
  static final String PASSWORD = "rowing at dawn";

  /// How far its clock is behind.
  private final AtomicReference<Duration> behind = new AtomicReference<>(Duration.ZERO);

  private final AtomicReference<InstantSource> time = new AtomicReference<>(InstantSource.system());

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final Deployment deployment;
  final ParleyServer server;

  Running() throws IOException {
    this(Browsers.LOCAL);
  }

  Running(Browsers browsers) throws IOException {
    this(browsers, new Storage.InMemory(), null);
  }

  Running(Browsers browsers, List<ProviderSettings> providers) throws IOException {
    this(browsers, new Storage.InMemory(), null, providers, Limiting.OFF);
  }

  Running(Browsers browsers, Storage storage, @Nullable Secret secret) throws IOException {
    this(browsers, storage, secret, List.of(), Limiting.OFF);
  }

  /// One that limits people as it does by itself.
  static Running limited() throws IOException {
    return new Running(Browsers.LOCAL, new Storage.InMemory(), null, List.of(), Limiting.ON);
  }

  private Running(
      Browsers browsers,
      Storage storage,
      @Nullable Secret secret,
      List<ProviderSettings> providers,
      Limiting limiting)
      throws IOException {
    this.deployment =
        Deployment.open(new Settings(storage, "parley", Capacity.parse("on-demand"), secret));
    Listen listen =
        new Listen("127.0.0.1", 0, OptionalInt.empty(), browsers, limiting)
            .withProviders(providers);
    this.server =
        ParleyServer.start(
            deployment,
            // A product whose people come from a provider may tell of them itself.
            providers.isEmpty() ? listen : listen.withOperator("127.0.0.1", 0),
            () -> time.get().instant().minus(behind.get()));
  }

  void setBehind(Duration by) {
    behind.set(by);
  }

  /// From here on its clock stands still, but for what it is set behind.
  void standStill() {
    time.set(InstantSource.fixed(Instant.now()));
  }

  /// Where its own pages would be.
  String origin() {
    return "http://127.0.0.1:" + server.port();
  }

  Account signUp(String handle) {
    Handle owner = new Handle(handle);
    DisplayName name = new DisplayName("Name of " + handle);
    SignUp signUp =
        server
            .services()
            .accounts()
            .signUp(owner, name, Password.parse(PASSWORD, owner, name).orThrow(), Source.HERE);
    return ((SignUp.Created) signUp).account();
  }

  /// The token of a new session of an account.
  String session(Account account) {
    Account latest =
        Objects.requireNonNull(server.services().accounts().byId(account.id()), "the account");
    return server.services().sessions().start(latest).token().value();
  }

  static String clientId() {
    return clientId(Instant.now());
  }

  /// The same, by this server's clock.
  String clientIdNow() {
    return clientId(time.get().instant().minus(behind.get()));
  }

  static String clientId(Instant at) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return ClientId.of(at, random.nextLong(), random.nextLong()).toString();
  }

  HttpResponse<String> send(
      String method, String path, Map<String, String> headers, @Nullable String body)
      throws IOException, InterruptedException {
    return send(server.port(), method, path, headers, body);
  }

  /// The same, of the operator's side.
  HttpResponse<String> order(String method, String path, String token, @Nullable String body)
      throws IOException, InterruptedException {
    Map<String, String> headers = Map.of("Authorization", "Bearer " + token);
    return send(server.operatorPort(), method, path, headers, body);
  }

  private HttpResponse<String> send(
      int port, String method, String path, Map<String, String> headers, @Nullable String body)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(headers);
    if (body != null) {
      all.putIfAbsent("Content-Type", "application/json");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    all.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
    deployment.close();
  }
}
