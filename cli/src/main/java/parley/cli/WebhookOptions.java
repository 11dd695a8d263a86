package parley.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parley.server.WebhookFile;
import parley.server.webhook.WebhookSettings;
import picocli.CommandLine.Option;

/// Who is told what happens.
final class WebhookOptions {
  @Option(
      names = "--webhook",
      paramLabel = "FILE",
      split = ",",
      description =
          "Tell the endpoint that FILE describes of messages and erased accounts, by https. May be"
              + " repeated. In words: docs/webhooks.md.")
  List<Path> files = new ArrayList<>();

  List<WebhookSettings> endpoints() {
    return WebhookFile.readAll(files);
  }
}
