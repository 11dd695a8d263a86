package parley.server.webhook;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.messaging.StoreUnavailable;
import parley.store.Happening;
import parley.store.StreamFollower;
import parley.store.StreamFollower.GoneAway;

/// One endpoint, and the telling of events to it: those of one conversation one after the other,
/// each until it has been taken, those of several side by side.
final class Endpoint implements StreamFollower.Reader, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Endpoint.class.getName());

  private final WebhookSettings settings;
  private final Events events;
  private final Post post;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(WebhookBounds.AT_ONCE);

  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder givenUp = new LongAdder();
  private final LongAdder gaps = new LongAdder();

  /// Whether a log was told that it takes nothing, and when: it is told of the change, not of each
  /// attempt, nor of one that comes and goes.
  private volatile boolean isDown;

  private volatile Instant said = Instant.EPOCH;

  Endpoint(WebhookSettings settings, Events events, Post post, InstantSource clock) {
    this.settings = settings;
    this.events = events;
    this.post = post;
    this.clock = clock;
  }

  WebhookSettings settings() {
    return settings;
  }

  long delivered() {
    return delivered.sum();
  }

  /// Attempts that failed.
  long failed() {
    return failed.sum();
  }

  /// Events that were given up.
  long givenUp() {
    return givenUp.sum();
  }

  /// Times that events were lost because nobody was told of them for too long.
  long gaps() {
    return gaps.sum();
  }

  @Override
  public void lost() {
    gaps.increment();
  }

  @Override
  public void read(List<Happening> happenings) throws InterruptedException, GoneAway {
    Map<String, List<Happening>> ordered = new LinkedHashMap<>();
    for (Happening happening : happenings) {
      if (Events.isOne(happening, settings.events())) {
        ordered.computeIfAbsent(Events.order(happening), _ -> new ArrayList<>()).add(happening);
      }
    }
    List<Future<?>> running = new ArrayList<>();
    for (List<Happening> ofOne : ordered.values()) {
      running.add(
          threads.submit(() -> {
            places.acquire();
            try {
              for (Happening happening : ofOne) {
                tell(happening);
              }
            } finally {
              places.release();
            }
            return null;
          }));
    }
    await(running);
  }

  private static void await(List<Future<?>> running) throws InterruptedException, GoneAway {
    try {
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case GoneAway gone -> throw gone;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException fault -> throw fault;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      running.forEach(one -> one.cancel(true));
    }
  }

  private void tell(Happening happening) throws InterruptedException, GoneAway {
    Event event = event(happening);
    if (event == null) {
      givenUp.increment();
      return;
    }
    Instant refusedFirst = null;
    for (int attempt = 1; ; attempt++) {
      Instant now = clock.instant();
      if (happening.at().plus(WebhookBounds.LIFE).isBefore(now)) {
        giveUp(event, "it was not taken within a day");
        return;
      }
      Post.Answer answer = post.post(settings.url(), headers(event, now), event.body());
      switch (Verdict.of(answer)) {
        case TAKEN -> {
          delivered.increment();
          wasReached();
          return;
        }
        case GONE -> {
          failed.increment();
          LOG.log(
              ERROR,
              "The webhook endpoint {0} answered 410: it is told nothing more until a server starts"
                  + " anew. Leave its file out, or mend it.",
              settings.id());
          throw new GoneAway();
        }
        case REFUSED -> {
          refusedFirst = refusedFirst == null ? now : refusedFirst;
          if (!now.isBefore(refusedFirst.plus(WebhookBounds.REFUSED_FOR))) {
            failed.increment();
            giveUp(event, "it was refused with " + Verdict.shown(answer));
            return;
          }
        }
        case FAILED -> refusedFirst = null;
      }
      failed.increment();
      wasNotReached(answer);
      Thread.sleep(Backoff.pause(attempt, answer, ThreadLocalRandom.current()));
    }
  }

  /// What there is to tell, null for what cannot be told. A table that does not answer is waited
  /// for.
  private @Nullable Event event(Happening happening) throws InterruptedException {
    while (true) {
      try {
        return events.of(happening, settings.text());
      } catch (StoreUnavailable e) {
        Thread.sleep(WebhookBounds.PAUSE);
      } catch (RuntimeException e) {
        LOG.log(
            ERROR,
            "An event of {0} cannot be told to the webhook endpoint {1}: {2}. It is left out.",
            Events.shown(happening),
            settings.id(),
            e.toString());
        return null;
      }
    }
  }

  private Map<String, String> headers(Event event, Instant now) {
    long seconds = now.getEpochSecond();
    return Map.of(
        "webhook-id",
        event.id(),
        "webhook-timestamp",
        Long.toString(seconds),
        "webhook-signature",
        settings.secrets().stream()
            .map(secret -> secret.sign(event.id(), seconds, event.body()))
            .collect(Collectors.joining(" ")));
  }

  private void giveUp(Event event, String why) {
    givenUp.increment();
    LOG.log(
        ERROR,
        "The event {0} is not told to the webhook endpoint {1} any more: {2}.",
        event.shown(),
        settings.id(),
        why);
  }

  private void wasReached() {
    if (isDown && said.plus(WebhookBounds.SAID_AGAIN).isBefore(clock.instant())) {
      isDown = false;
      LOG.log(INFO, "The webhook endpoint {0} takes events again.", settings.id());
    }
  }

  private void wasNotReached(Post.Answer answer) {
    if (!isDown) {
      isDown = true;
      said = clock.instant();
      LOG.log(
          WARNING,
          "The webhook endpoint {0} takes no events just now ({1}). They are kept and told again for"
              + " a day.",
          settings.id(),
          Verdict.shown(answer));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    post.close();
  }
}
