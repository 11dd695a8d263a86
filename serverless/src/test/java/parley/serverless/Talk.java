package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import parley.host.Services;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Rebuild;
import parley.messaging.message.ClientId;
import parley.messaging.message.Text;
import parley.messaging.message.Written;
import parley.serverless.runtime.LocalFunction;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// People who write on the table under the functions, and what the functions make of it.
record Talk(LocalCloud cloud, Services services) {
  private static final Duration SETTLED = Duration.ofMinutes(3);

  /// What a function says of each of its invocations begins like this.
  private static final String LINE = "{\"_aws\"";

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

  /// Waits until nothing is under way: all that is in the stream has been handled, as far as the
  /// next start will know, and what functions say of it stands in their logs.
  void rests() throws InterruptedException, IOException {
    long until = System.nanoTime() + SETTLED.toNanos();
    while (!isAtRest() && System.nanoTime() < until) {
      Thread.sleep(200);
    }
    assertThat(isAtRest()).isTrue();
  }

  private boolean isAtRest() throws IOException {
    Path file = cloud.state().resolve("checkpoints.json");
    if (!Files.exists(file)) {
      return false;
    }
    JsonNode kept = JsonMapper.shared().readTree(Files.readString(file)).path("shards");
    for (Map.Entry<String, String> last : newest().entrySet()) {
      String position = kept.path(last.getKey()).asString("");
      if (!position.equals(last.getValue()) && !position.equals("END")) {
        return false;
      }
    }
    for (LocalFunction function : cloud.functions()) {
      if (told(function.settings().name()).size() != function.invocations()) {
        return false;
      }
    }
    return true;
  }

  /// The number of the newest record of each shard that has any.
  private Map<String, String> newest() {
    var streams = cloud.engine().streams();
    String arn =
        cloud
            .engine()
            .client()
            .describeTable(r -> r.tableName(TableDesign.TABLE))
            .table()
            .latestStreamArn();
    Map<String, String> newest = new HashMap<>();
    for (Shard shard : streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards()) {
      String iterator =
          streams
              .getShardIterator(r ->
                  r.streamArn(arn)
                      .shardId(shard.shardId())
                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      while (iterator != null) {
        String at = iterator;
        GetRecordsResponse page = streams.getRecords(r -> r.shardIterator(at));
        page.records()
            .forEach(record -> newest.put(shard.shardId(), record.dynamodb().sequenceNumber()));
        iterator = page.records().isEmpty() ? null : page.nextShardIterator();
      }
    }
    return newest;
  }

  LocalFunction stream() {
    return function("StreamFunction");
  }

  LocalFunction function(String name) {
    return cloud.functions().stream()
        .filter(function -> function.settings().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// What the stream's function said of each of its invocations.
  List<JsonNode> told() throws IOException {
    return told("StreamFunction");
  }

  /// What a function said of each of its invocations, as far as it has come.
  List<JsonNode> told(String function) throws IOException {
    String log = Files.readString(cloud.state().resolve("logs").resolve(function + ".log"));
    return log.substring(0, log.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.startsWith(LINE))
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }

  static long sum(List<JsonNode> told, String metric) {
    return told.stream().mapToLong(line -> line.path(metric).asLong()).sum();
  }
}
