/// Time that tests move: nothing waits for real.
export class Time {
  private readonly queue: { at: number; nr: number; call: () => void }[] = [];
  private nr = 0;

  constructor(public now = Date.parse("2026-01-05T10:00:00.000Z")) {}

  later(millis: number, call: () => void): () => void {
    const item = { at: this.now + Math.max(0, millis), nr: this.nr++, call };
    this.queue.push(item);
    return () => {
      const index = this.queue.indexOf(item);
      if (index >= 0) {
        this.queue.splice(index, 1);
      }
    };
  }

  wait(millis: number): Promise<void> {
    return new Promise((done) => this.later(millis, done));
  }

  /// Lets everything happen that is due within the given time.
  async pass(millis: number): Promise<void> {
    const end = this.now + millis;
    await settled();
    for (;;) {
      const next = this.queue.reduce<(typeof this.queue)[number] | null>(
        (first, it) =>
          it.at <= end &&
          (first === null || it.at < first.at || (it.at === first.at && it.nr < first.nr))
            ? it
            : first,
        null,
      );
      if (next === null) {
        break;
      }
      this.queue.splice(this.queue.indexOf(next), 1);
      this.now = Math.max(this.now, next.at);
      next.call();
      await settled();
    }
    this.now = end;
  }
}

/// Until promises and storage, which both run in real time, have come to rest.
export async function settled(): Promise<void> {
  for (let round = 0; round < 25; round++) {
    await new Promise((done) => setImmediate(done));
  }
}
