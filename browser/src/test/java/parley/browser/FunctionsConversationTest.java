package parley.browser;

import org.junit.jupiter.api.Tag;

/// All of the conversation without a server: functions behind a gateway, as they would be deployed.
@Tag("serverless")
class FunctionsConversationTest extends ConversationTest {
  @Override
  Site opened() {
    return Site.onFunctions();
  }
}
