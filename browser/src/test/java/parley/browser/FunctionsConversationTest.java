package parley.browser;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/// All of the conversation without a server: functions behind a gateway, as they would be deployed.
@Tag("serverless")
class FunctionsConversationTest extends ConversationTest {
  /// Live events wait for the batching window, and for functions that start.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  Site opened() {
    return Site.onFunctions();
  }

  @BeforeEach
  void patiently() {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
  }

  @AfterEach
  void asUsual() {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Chromium.PATIENCE.toMillis());
  }
}
