package parley.serverless.runtime;

import java.time.Duration;

/// What became of one invocation.
public sealed interface Outcome {
  /// The function answered; `payload` is its answer, JSON as it came.
  record Answered(String payload) implements Outcome {}

  /// It said that it failed, and with what kind of error.
  record Failed(String type) implements Outcome {}

  /// It took longer than it may, and was ended.
  record TimedOut(Duration limit) implements Outcome {}

  /// Its process ended under it.
  record Crashed(int code) implements Outcome {}

  /// It was not called: all of its instances were busy for as long as one may wait.
  record Throttled() implements Outcome {}
}
