package parley.server;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import parley.messaging.Parsed;
import parley.server.webhook.EventKind;
import parley.server.webhook.WebhookBounds;
import parley.server.webhook.WebhookSecret;
import parley.server.webhook.WebhookSettings;

/// The files in which operators say who is told what happens here, one each.
public final class WebhookFile {
  private static final Set<String> KEYS = Set.of("url", "secret-file", "events", "text");

  private WebhookFile() {}

  /// Reads all of them.
  ///
  /// @throws Refused if one says something else, two have the same name, or there are too many
  public static List<WebhookSettings> readAll(List<Path> files) {
    if (files.size() > WebhookBounds.ENDPOINTS) {
      throw Refused.option(
          "There are "
              + files.size()
              + " files of --webhook, and may be "
              + WebhookBounds.ENDPOINTS
              + ". Leave some out, and let one endpoint tell others.");
    }
    List<WebhookSettings> all = files.stream().map(WebhookFile::read).toList();
    if (all.stream().map(WebhookSettings::id).distinct().count() < all.size()) {
      throw Refused.option("Two files of --webhook have the same name. Rename one.");
    }
    return all;
  }

  /// Reads one. The name of the file, without its ending, is what the endpoint is called here.
  ///
  /// @throws Refused if the file says something else
  static WebhookSettings read(Path file) {
    PropertyFile said = PropertyFile.read(file, "a webhook endpoint", KEYS);
    return new WebhookSettings(
        said.id(),
        url(said.required("url"), file),
        secrets(file.resolveSibling(said.required("secret-file")), file),
        events(said.otherwise("events", "message.sent account.erased"), file),
        switch (said.otherwise("text", "off")) {
          case "on" -> true;
          case "off" -> false;
          default -> throw Refused.option("In " + file + ", text is on or off. Say one of them.");
        });
  }

  private static URI url(String text, Path file) {
    try {
      URI url = new URI(text);
      if ("https".equals(url.getScheme())
          && url.getHost() != null
          && url.getUserInfo() == null
          && url.getFragment() == null
          && text.length() <= WebhookBounds.URL_CHARS) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Said below, without the text: a token may be in it.
    }
    throw Refused.option(
        "The url in "
            + file
            + " is an https URL with a host, without a name and password and without #, of at most "
            + WebhookBounds.URL_CHARS
            + " characters. Write it so.");
  }

  private static List<WebhookSecret> secrets(Path secret, Path file) {
    PrivateFile.check(secret);
    List<String> lines;
    try {
      lines =
          Files.readAllLines(secret).stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
    } catch (IOException e) {
      throw new Refused(
          Refused.Why.OPTION,
          "The secret file " + secret + ", which " + file + " names, cannot be read.",
          e);
    }
    if (lines.isEmpty() || lines.size() > WebhookBounds.SECRETS) {
      throw Refused.option(
          "The secret file "
              + secret
              + " has a secret on each line, 1 to "
              + WebhookBounds.SECRETS
              + " of them.");
    }
    return lines.stream()
        .map(line ->
            switch (WebhookSecret.parse(line)) {
              case Parsed.Good<WebhookSecret>(WebhookSecret good) -> good;
              case Parsed.Bad<WebhookSecret> bad ->
                  throw Refused.option(
                      "The secret file " + secret + " cannot be used. " + bad.message());
            })
        .toList();
  }

  private static Set<EventKind> events(String text, Path file) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (String word : PropertyFile.words(text)) {
      switch (EventKind.parse(word)) {
        case Parsed.Good<EventKind>(EventKind kind) -> kinds.add(kind);
        case Parsed.Bad<EventKind> bad ->
            throw Refused.option("In " + file + ", events is wrong. " + bad.message());
      }
    }
    if (kinds.isEmpty()) {
      throw Refused.option("In " + file + ", events names none. Name some, or leave the line out.");
    }
    return kinds;
  }
}
