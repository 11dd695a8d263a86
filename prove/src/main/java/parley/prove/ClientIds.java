package parley.prove;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Makes client ids, as RFC 9562 describes version 7.
public final class ClientIds {
  private final InstantSource clock;

  public ClientIds(InstantSource clock) {
    this.clock = clock;
  }

  public String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = clock.millis() << 16 | 0x7000L | random.nextInt(1 << 12);
    long low = random.nextLong() >>> 2 | 1L << 63;
    return new UUID(high, low).toString();
  }
}
