package parley.server.webhook;

import java.net.URI;
import java.util.List;
import java.util.Set;

/// What an operator says of one endpoint, in a file of its own: what it is called here, where it
/// is, what it knows events by (several while it goes over to another), which it wants to be told,
/// and whether with what people wrote.
public record WebhookSettings(
    String id, URI url, List<WebhookSecret> secrets, Set<EventKind> events, boolean text) {
  public WebhookSettings {
    secrets = List.copyOf(secrets);
    events = Set.copyOf(events);
  }

  /// The URL may hold something that lets one in.
  @Override
  public String toString() {
    return "WebhookSettings[" + id + "]";
  }
}
