package parley.serverless.schedule;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parley.serverless.gateway.Invoker;
import parley.serverless.template.ScheduleSettings;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Calls functions as often as rules say, the first time when one interval is over. A call that
/// fails is not made again, as the rules have it.
public final class Schedules implements AutoCloseable {
  /// How long a call under way may take when this is closed.
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final List<ScheduleSettings> all;
  private final Invoker invoker;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private List<Thread> threads = List.of();

  public Schedules(List<ScheduleSettings> all, Invoker invoker, InstantSource clock) {
    this.all = List.copyOf(all);
    this.invoker = invoker;
    this.clock = clock;
  }

  public void start() {
    threads =
        all.stream()
            .map(
                each -> Thread.ofVirtual().name("schedule-" + each.name()).start(() -> again(each)))
            .toList();
  }

  private void again(ScheduleSettings schedule) {
    try {
      while (!closing.await(schedule.every().toMillis(), TimeUnit.MILLISECONDS)) {
        call(schedule);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Calls every function once, without waiting for the clock; returns when all have ended.
  public void callAll() throws InterruptedException {
    for (ScheduleSettings schedule : all) {
      call(schedule);
    }
  }

  private void call(ScheduleSettings schedule) throws InterruptedException {
    // What becomes of it is in the function's log.
    var _ = invoker.invoke(schedule.function(), event(schedule));
  }

  /// What EventBridge tells a function of the time.
  private String event(ScheduleSettings schedule) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.events");
    event.put("account", "000000000000");
    event.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", "local-1");
    event.putArray("resources").add("arn:aws:events:local-1:000000000000:rule/" + schedule.name());
    event.putObject("detail");
    return event.toString();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
