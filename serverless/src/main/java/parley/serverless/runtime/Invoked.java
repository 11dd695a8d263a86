package parley.serverless.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One invocation, measured. `init` is how long its instance took to start, null for one that ran
/// already; `took` is from handing it the event to its answer; `mostMemory_mb` is the instance's so
/// far, 0 where the system does not tell.
public record Invoked(
    Outcome outcome, @Nullable Duration init, Duration took, long mostMemory_mb) {}
