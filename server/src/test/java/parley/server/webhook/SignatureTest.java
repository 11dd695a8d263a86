package parley.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.messaging.conversation.ConversationId;
import parley.server.NodeTool;
import tools.jackson.databind.json.JsonMapper;

/// Signatures, held against an implementation of Standard Webhooks of other people's making.
class SignatureTest {
  private static final Path FOLDER = Path.of("src", "test", "webhooks").toAbsolutePath();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEW = "whsec_" + "B".repeat(44);

  /// The example that implementations of the standard test themselves with.
  @Test
  void theKnownExampleHasTheKnownSignature() {
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    assertThat(
            WebhookSecret.parse(OLD)
                .orThrow()
                .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void whatIsToldIsVerifiedByEitherSecretAndNotWhenItWasChanged() throws Exception {
    NodeTool.install(FOLDER);
    try (HookWorld world = new HookWorld();
        Hooks hooks = new Hooks()) {
      WebhookSettings settings =
          new WebhookSettings(
              "a",
              hooks.url(),
              List.of(WebhookSecret.parse(NEW).orThrow(), WebhookSecret.parse(OLD).orThrow()),
              Set.of(EventKind.values()),
              true);
      ConversationId id = world.talk(HookWorld.person(), HookWorld.person());
      try (HookWorld.Server server = world.new Server(Duration.ZERO, settings)) {
        var members =
            world.services.log().end(id, 1, parley.messaging.message.Log.Consistency.STRONG);
        world.send(members.head().members().iterator().next(), id, "héllo wörld 👋 \"quoted\" \n");
        Hooks.await("the event", () -> server.count("a").delivered() == 1);
      }
      Hooks.Heard heard = hooks.taken().getFirst();
      Map<String, String> headers = new HashMap<>();
      heard
          .headers()
          .forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
      assertThat(headers.get("webhook-signature").split(" ", -1)).hasSize(2);
      Map<String, String> later = new HashMap<>(headers);
      later.put("webhook-id", "msg_another");
      String other = "whsec_" + "C".repeat(44);
      assertThat(
              verified(
                  asked(OLD, headers, heard.body()),
                  asked(NEW, headers, heard.body()),
                  asked(other, headers, heard.body()),
                  asked(OLD, headers, heard.body().replace("llo", "LLO")),
                  asked(OLD, later, heard.body())))
          .satisfiesExactly(
              it -> assertThat(it).isEqualTo("good"),
              it -> assertThat(it).isEqualTo("good"),
              it -> assertThat(it).startsWith("bad: No matching signature"),
              it -> assertThat(it).startsWith("bad: No matching signature"),
              it -> assertThat(it).startsWith("bad: No matching signature"));
    }
  }

  private static String asked(String secret, Map<String, String> headers, String body) {
    return JSON.writeValueAsString(Map.of("secret", secret, "headers", headers, "body", body));
  }

  private static List<String> verified(String... lines) throws Exception {
    Process node = run("node", "verify.js");
    try (BufferedReader out = node.inputReader(StandardCharsets.UTF_8)) {
      try (Writer in = node.outputWriter(StandardCharsets.UTF_8)) {
        in.write(String.join("\n", lines) + "\n");
      }
      return within(Duration.ofSeconds(60), () -> out.lines().toList());
    } finally {
      node.destroyForcibly();
    }
  }

  private static Process run(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(FOLDER.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static <T> T within(Duration limit, Callable<T> call) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().start(task);
    return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
