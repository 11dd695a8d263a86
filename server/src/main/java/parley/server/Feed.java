package parley.server;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import parley.api.Inspector;
import parley.host.Services;
import parley.messaging.message.Appends;
import parley.messaging.message.Approaches;
import parley.store.StreamPump;

/// The use cases of a deployment and the pump that follows its change stream, each knowing of the
/// other: the pump tells the use cases what it hears, and they tell the pump what they have
/// written.
///
/// The pump is its owner's to start and to close.
///
/// @param inspector who shows the table to operators, null for nobody
public record Feed(Services services, StreamPump pump, @Nullable Inspector inspector) {
  /// How long an erasure waits for the projection before it looks again.
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /// Both, on an open deployment, for measurements: nobody is limited. Nothing runs yet.
  public static Feed on(Deployment deployment, InstantSource clock) {
    return on(deployment, clock, null, Approaches.UNLIMITED);
  }

  /// The same, with somebody who shows operators what changes, and as many strangers a day as one
  /// account may write to.
  static Feed on(
      Deployment deployment,
      InstantSource clock,
      @Nullable Inspector inspector,
      int strangersADay) {
    // What appends are told to, once it is there: it is made of the same services.
    AtomicReference<Appends> told = new AtomicReference<>((_, _) -> {});
    AtomicReference<StreamPump> following = new AtomicReference<>();
    Services services =
        deployment.services(
            clock,
            (id, entry) -> told.get().appended(id, entry),
            () -> isDrained(following.get()),
            strangersADay);
    StreamPump pump =
        new StreamPump(
            deployment.connection().streams(),
            deployment.table(),
            deployment.description(),
            UUID.randomUUID().toString(),
            services.projector(),
            new Heard(services, inspector),
            deployment.polling(),
            clock);
    following.set(pump);
    services.hearing().follow(pump::behind);
    told.set((id, entry) -> {
      services.audience().appendedHere(id, entry);
      pump.nudge();
    });
    return new Feed(services, pump, inspector);
  }

  private static boolean isDrained(@Nullable StreamPump pump) {
    return pump != null && pump.awaitCaughtUp(DRAIN);
  }
}
