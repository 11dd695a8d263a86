package parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import parley.serverless.LocalCloud;
import parley.serverless.LocalOptions;

/// The conversation without a server: functions behind a gateway, as they would be deployed.
@Tag("serverless")
class FunctionsTest {
  /// Live events wait for the batching window, and for functions that start.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration USUAL = Duration.ofSeconds(5);

  private record Functions(LocalCloud cloud, Chromium chromium) implements Visited {
    @Override
    public String url() {
      return cloud.url();
    }

    @Override
    public String otherUrl() {
      return "http://127.0.0.1:" + cloud.port();
    }
  }

  @BeforeEach
  void patiently() {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
  }

  @AfterEach
  void asUsual() {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) USUAL.toMillis());
  }

  @Test
  void twoPeopleConverseWithNoServerInBetween() throws Exception {
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
            Map.of("PARLEY_RATE_LIMITS", "off"));
    try (Chromium chromium = Chromium.start();
        LocalCloud cloud = LocalCloud.start(options, Instant::now)) {
      Meeting.at(new Functions(cloud, chromium), "ann", "ben");
      assertThat(cloud.givenUp()).isEmpty();
    }
  }
}
