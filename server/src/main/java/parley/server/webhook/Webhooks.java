package parley.server.webhook;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import parley.messaging.message.Log;
import parley.store.StreamFollower;

/// The endpoints of a server. Each is a reader of the change stream for itself, so that one which
/// does not answer holds up no other, nor anything else.
public final class Webhooks implements AutoCloseable {
  private record Told(Endpoint endpoint, StreamFollower follower) {}

  private final List<Told> all;

  private Webhooks(List<Told> all) {
    this.all = all;
  }

  /// Starts all of them. `followers` makes what reads the stream for an endpoint under a name.
  public static Webhooks start(
      List<WebhookSettings> settings, Log log, InstantSource clock, Followers followers) {
    return start(settings, log, clock, followers, Post::toPublicAddresses);
  }

  /// For tests alone: `post` goes where no other may.
  static Webhooks start(
      List<WebhookSettings> settings,
      Log log,
      InstantSource clock,
      Followers followers,
      Supplier<Post> post) {
    Webhooks webhooks =
        new Webhooks(
            settings.stream()
                .map(one -> {
                  Endpoint endpoint = new Endpoint(one, new Events(log), post.get(), clock);
                  return new Told(endpoint, followers.of("webhook-" + one.id(), endpoint));
                })
                .toList());
    webhooks.all.forEach(told -> told.follower().start());
    return webhooks;
  }

  /// Makes what reads the change stream for somebody.
  @FunctionalInterface
  public interface Followers {
    StreamFollower of(String name, StreamFollower.Reader reader);
  }

  /// What is counted of one endpoint. `behind` is how old the event is that it is being told.
  public record Count(
      String endpoint, long delivered, long failed, long givenUp, long gaps, Duration behind) {}

  /// The endpoints' names.
  public List<String> names() {
    return all.stream().map(told -> told.endpoint().settings().id()).toList();
  }

  /// What was counted of one of them since the start.
  public Count count(String name) {
    return all.stream()
        .filter(told -> told.endpoint().settings().id().equals(name))
        .findFirst()
        .map(Webhooks::count)
        .orElseThrow();
  }

  private static Count count(Told told) {
    return new Count(
        told.endpoint().settings().id(),
        told.endpoint().delivered(),
        told.endpoint().failed(),
        told.endpoint().givenUp(),
        told.endpoint().gaps(),
        told.follower().behind());
  }

  @Override
  public void close() {
    all.forEach(told -> told.follower().close());
    all.forEach(told -> told.endpoint().close());
  }
}
