package parley.messaging.export;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;

/// An archive of what is held of one person: asked for, being written, or there to be fetched.
///
/// - `place`: under which it lies. It follows from the code that whoever asked was given.
/// - `done` of `total` conversations are in it.
/// - `attempts`: how often somebody began to write what is written now; 0 while nobody is at it.
/// - `touchedAt`: when somebody last worked on it.
/// - `until`: how long it can be fetched, null as long as it is not there.
/// - `parts`: how many are written to their end. Where one file can be of any size, it is one.
/// - `mark`: where the next part begins, null for the beginning.
/// - `version`: changes with every write where several work at once, so that one of them goes on.
public record Export(
    UserId user,
    String place,
    State state,
    Instant askedAt,
    int done,
    int total,
    int attempts,
    Instant touchedAt,
    @Nullable Instant until,
    int parts,
    @Nullable String mark,
    long version) {
  /// How far it is.
  public enum State {
    WAITING,
    WORKING,
    READY,
    FAILED
  }

  static Export asked(UserId user, String place, Instant now) {
    return new Export(user, place, State.WAITING, now, 0, 0, 0, now, null, 0, null, 0);
  }

  boolean isUnderWay() {
    return state == State.WAITING || state == State.WORKING;
  }

  /// Whether it is nobody's at `now`: nobody is at it, or whoever began is gone.
  boolean canBeTaken(Instant now) {
    return state == State.WAITING
        || state == State.WORKING
            && (attempts == 0 || touchedAt.plus(Limits.EXPORT_LEASE).isBefore(now));
  }

  /// When it goes: a day after it was there, or was asked for in vain.
  boolean isOverAt(Instant now) {
    return !now.isBefore(end());
  }

  /// When that is at the latest.
  public Instant end() {
    return until != null ? until : askedAt.plus(Limits.EXPORT_LIFE.multipliedBy(2));
  }

  Export begun(Instant now) {
    return with(State.WORKING, done, total, attempts + 1, now, null, parts, mark);
  }

  Export at(int done, int total, Instant now) {
    return with(State.WORKING, done, total, attempts, now, null, parts, mark);
  }

  /// One more part is there, and another one begins at `next`: for whoever has time.
  Export rested(String next, Instant now) {
    return with(State.WORKING, done, total, 0, now, null, parts + 1, next);
  }

  Export ready(Instant now) {
    return with(
        State.READY, total, total, attempts, now, now.plus(Limits.EXPORT_LIFE), parts + 1, null);
  }

  Export failed(Instant now) {
    return with(
        State.FAILED, done, total, attempts, now, now.plus(Limits.EXPORT_LIFE), parts, mark);
  }

  /// As it is once some of it was handed out, where nobody hears whether it arrived.
  public Export handedOut(Instant now) {
    Instant soon = now.plus(Limits.EXPORT_AGAIN);
    return with(
        state, done, total, attempts, now, soon.isBefore(end()) ? soon : end(), parts, mark);
  }

  /// As it is stored over this one.
  public Export stored() {
    return new Export(
        user,
        place,
        state,
        askedAt,
        done,
        total,
        attempts,
        touchedAt,
        until,
        parts,
        mark,
        version + 1);
  }

  private Export with(
      State state,
      int done,
      int total,
      int attempts,
      Instant touchedAt,
      @Nullable Instant until,
      int parts,
      @Nullable String mark) {
    return new Export(
        user, place, state, askedAt, done, total, attempts, touchedAt, until, parts, mark, version);
  }

  /// Names neither the person nor what opens the archive.
  @Override
  public String toString() {
    return "Export[" + state + ", " + done + " of " + total + "]";
  }
}
