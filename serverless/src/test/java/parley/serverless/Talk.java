package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import parley.host.Services;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Rebuild;
import parley.messaging.message.ClientId;
import parley.messaging.message.Text;
import parley.messaging.message.Written;
import parley.serverless.runtime.LocalFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// People who write on the table under the functions, and what the functions make of it.
record Talk(LocalCloud cloud, Services services) {
  private static final Duration SETTLED = Duration.ofSeconds(60);

  static Talk on(LocalCloud cloud) {
    return new Talk(cloud, cloud.services());
  }

  /// Two people, and what the first says to the second.
  ConversationId said(int count) {
    SecureRandom random = new SecureRandom();
    UserId one = UserId.random(random);
    ConversationId id = services.conversations().openDirect(one, UserId.random(random));
    more(id, one, count);
    return id;
  }

  /// Several conversations, a message of each in turn.
  void saidInTurn(int conversations, int each) {
    SecureRandom random = new SecureRandom();
    List<UserId> people = new ArrayList<>();
    List<ConversationId> ids = new ArrayList<>();
    for (int i = 0; i < conversations; i++) {
      people.add(UserId.random(random));
      ids.add(services.conversations().openDirect(people.get(i), UserId.random(random)));
    }
    for (int n = 0; n < each; n++) {
      for (int i = 0; i < conversations; i++) {
        more(ids.get(i), people.get(i), 1);
      }
    }
  }

  void more(ConversationId id, UserId from, int count) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int n = 1; n <= count; n++) {
      ClientId clientId = ClientId.of(Instant.now(), random.nextLong(), random.nextLong());
      assertThat(services.messages().send(from, id, clientId, Text.parse("number " + n).orThrow()))
          .isInstanceOf(Written.Stored.class);
    }
  }

  /// What in the inboxes is not as the logs say.
  Rebuild.Report report() {
    return services.rebuild().run(false);
  }

  /// Waits until every inbox is as its logs say.
  void settles() throws InterruptedException {
    long until = System.nanoTime() + SETTLED.toNanos();
    while (!report().isClean() && System.nanoTime() < until) {
      Thread.sleep(200);
    }
    assertThat(report().differences()).isEmpty();
  }

  LocalFunction stream() {
    return cloud.functions().stream()
        .filter(function -> function.settings().name().equals("StreamFunction"))
        .findFirst()
        .orElseThrow();
  }

  /// What the stream's function said of each of its invocations.
  List<JsonNode> told() throws IOException {
    Path log = cloud.state().resolve("logs").resolve("StreamFunction.log");
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("{\"_aws\""))
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }

  static long sum(List<JsonNode> told, String metric) {
    return told.stream().mapToLong(line -> line.path(metric).asLong()).sum();
  }
}
