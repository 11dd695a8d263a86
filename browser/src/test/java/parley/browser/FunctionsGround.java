package parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import parley.host.Services;
import parley.host.Variables;
import parley.serverless.LocalCloud;
import parley.serverless.LocalOptions;
import parley.store.Capabilities;
import parley.store.Table;
import parley.store.TableDesign;
import parley.store.Units;

/// The packaged functions, each instance a process, behind a gateway of this machine.
record FunctionsGround(LocalCloud cloud, Table table, Services services) implements Ground {
  private static final Duration START = Duration.ofMinutes(3);
  private static final int AT_ONCE = 4;

  static FunctionsGround open() {
    Path zip = Path.of("../lambda/target/functions.zip").toAbsolutePath().normalize();
    assertThat(zip).as("the functions' package: build with verify, not with test").exists();
    Path template = Path.of("../infra/src/test/resources/Parley.template.json");
    LocalOptions options =
        new LocalOptions(
            template.toAbsolutePath().normalize(),
            zip,
            LocalOptions.Packaging.MANAGED,
            null,
            0,
            Map.of(Variables.RATE_LIMITS, "off"));
    try {
      LocalCloud cloud = LocalCloud.start(options, Instant::now);
      started(cloud);
      Table table =
          new Table(cloud.engine().client(), TableDesign.TABLE, Capabilities.ALL, Units.IGNORED);
      return new FunctionsGround(cloud, table, cloud.services());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// A person waits for a page, a test not for two functions that start: both have, when this many
  /// requests that came at once are answered.
  private static void started(LocalCloud cloud) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(cloud.url() + "/api/config")).timeout(START).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int n = 0; n < AT_ONCE; n++) {
        answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }
  }

  @Override
  public int port() {
    return cloud.port();
  }

  @Override
  public boolean settles(Duration within) {
    long until = System.nanoTime() + within.toNanos();
    while (!services.rebuild().run(false).isClean()) {
      if (System.nanoTime() > until) {
        return false;
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /// Nothing may have been given up.
  @Override
  public void close() {
    try {
      assertThat(cloud.givenUp()).isEmpty();
    } finally {
      cloud.close();
    }
  }
}
