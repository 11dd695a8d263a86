/// The server's time, learnt from what it answers.
///
/// Message ids carry a time, and the server looks for earlier attempts by it: an id by a PC's clock
/// that is hours wrong would be refused. What is kept is the distance to a clock that only ever goes
/// on, so nobody who sets the PC's clock in between changes it.
import type { Environment } from "./environment";

/// Answers tell the time in whole seconds: what differs by less is no news.
export const GRAIN_MILLIS = 1500;

export class ServerClock {
  private offset: number | null = null;

  constructor(private readonly env: Pick<Environment, "now" | "elapsed">) {}

  /// Takes the time of an answer, from its `Date`.
  hear(headers: Headers): void {
    const date = Date.parse(headers.get("Date") ?? "");
    if (!Number.isNaN(date)) {
      // The middle of the second that it names.
      this.learn(date + 500, GRAIN_MILLIS);
    }
  }

  /// Takes a time that is exact.
  hearNow(now: string): void {
    this.learn(Date.parse(now), 0);
  }

  isKnown(): boolean {
    return this.offset !== null;
  }

  /// The server's time; this machine's as long as nothing is known.
  now(): number {
    return this.offset === null ? this.env.now() : this.env.elapsed() + this.offset;
  }

  /// Milliseconds to add to this machine's clock.
  distance(): number | null {
    return this.offset === null ? null : this.now() - this.env.now();
  }

  private learn(time: number, grain: number): void {
    const known = this.offset;
    const offset = time - this.env.elapsed();
    if (Number.isFinite(offset) && (known === null || Math.abs(offset - known) > grain)) {
      this.offset = offset;
    }
  }
}
