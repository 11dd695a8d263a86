package parley.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is moved.
public final class TestClock implements InstantSource {
  /// Long ago: the engine deletes by this machine's clock what was over within the last five years,
  /// and nothing older, so that nothing vanishes in the middle of a test.
  public static final Instant START = Instant.parse("2016-03-01T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);

  @Override
  public Instant instant() {
    return now.get();
  }

  public void advance(Duration by) {
    now.updateAndGet(at -> at.plus(by));
  }

  public void set(Instant at) {
    now.set(at);
  }
}
