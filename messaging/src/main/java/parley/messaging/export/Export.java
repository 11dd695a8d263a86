package parley.messaging.export;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;

/// An archive of what is held of one person: asked for, being written, or there to be fetched.
///
/// - `place`: under which it lies. It follows from the code that whoever asked was given.
/// - `done` of `total` conversations are in it.
/// - `attempts`: how often somebody began to write it.
/// - `touchedAt`: when somebody last worked on it.
/// - `until`: how long it can be fetched, null as long as it is not there.
public record Export(
    UserId user,
    String place,
    State state,
    Instant askedAt,
    int done,
    int total,
    int attempts,
    Instant touchedAt,
    @Nullable Instant until) {
  /// How far it is.
  public enum State {
    WAITING,
    WORKING,
    READY,
    FAILED
  }

  static Export asked(UserId user, String place, Instant now) {
    return new Export(user, place, State.WAITING, now, 0, 0, 0, now, null);
  }

  boolean isUnderWay() {
    return state == State.WAITING || state == State.WORKING;
  }

  /// Whether it is nobody's at `now`: not begun, or whoever began is gone.
  boolean canBeTaken(Instant now) {
    return state == State.WAITING
        || state == State.WORKING && touchedAt.plus(Limits.EXPORT_LEASE).isBefore(now);
  }

  /// When it goes: a day after it was there, or was asked for in vain.
  boolean isOverAt(Instant now) {
    Instant end = until != null ? until : askedAt.plus(Limits.EXPORT_LIFE.multipliedBy(2));
    return !now.isBefore(end);
  }

  Export begun(Instant now) {
    return new Export(user, place, State.WORKING, askedAt, 0, 0, attempts + 1, now, null);
  }

  Export at(int done, int total, Instant now) {
    return new Export(user, place, State.WORKING, askedAt, done, total, attempts, now, null);
  }

  Export ready(Instant now) {
    return new Export(
        user,
        place,
        State.READY,
        askedAt,
        total,
        total,
        attempts,
        now,
        now.plus(Limits.EXPORT_LIFE));
  }

  Export failed(Instant now) {
    return new Export(
        user,
        place,
        State.FAILED,
        askedAt,
        done,
        total,
        attempts,
        now,
        now.plus(Limits.EXPORT_LIFE));
  }

  /// Names neither the person nor what opens the archive.
  @Override
  public String toString() {
    return "Export[" + state + ", " + done + " of " + total + "]";
  }
}
