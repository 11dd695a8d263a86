package parley.serverless.runtime;

import java.time.Duration;

/// What became of one invocation.
public sealed interface Outcome {
  /// The function answered; `payload` is its answer, JSON as it came.
  record Answered(String payload) implements Outcome {}

  /// It said that it failed, with what kind of error and in which words. Those may repeat some of
  /// the event: they belong in no log.
  record Failed(String type, String message) implements Outcome {}

  /// It took longer than it may, and was ended.
  record TimedOut(Duration limit) implements Outcome {}

  /// Its process ended under it.
  record Crashed(int code) implements Outcome {}

  /// It was not called: all of its instances were busy for as long as one may wait.
  record Throttled() implements Outcome {}
}
