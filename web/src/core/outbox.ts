/// Brings messages to the server: in order in each conversation, each one once, whatever is cut off.
///
/// Before an attempt leaves, its id is kept; an attempt without an answer is made again under the
/// same id, which to the server is the same message. Only one tab does this (`Tabs`).
import type { Action } from "./actions";
import type { Api } from "./api";
import { backoffMillis } from "./backoff";
import type { ServerClock } from "./clock";
import type { Environment } from "./environment";
import type { OutboxEntry, Place, Problem, Result, Row, WrittenEntry } from "./model";
import { isPassing, isSessionOver, ownProblem } from "./problem";
import type { Storage } from "./storage";
import type { Store } from "./store";
import { timeOf, uuid7 } from "./uuid";

/// A request that the server fails at this often is not what it waits to recover from.
export const SERVER_FAULTS_MAX = 5;

/// How far the clocks of two servers can be apart, by far.
const CLOCKS_APART_MILLIS = 5 * 60_000;

export interface OutboxPorts {
  readonly env: Environment;
  readonly api: Api;
  readonly clock: ServerClock;
  readonly store: Store;
  readonly storage: Storage;
  /// Changes the state here and in the other tabs.
  readonly tell: (action: Action) => void;
  /// The server says that the session is over, or answers as somebody else.
  readonly onSessionDoubt: () => void;
}

export class Outbox {
  private running = false;
  private readonly busy = new Set<Place>();
  private readonly faults = new Map<string, number>();
  private failures = 0;
  /// No attempt before this time, by `elapsed`: what the server asked for, and what we chose.
  private askedUntil = 0;
  private restUntil = 0;
  private cancelTimer: (() => void) | null = null;

  constructor(private readonly ports: OutboxPorts) {}

  /// Sends from now on. What another tab or an earlier life of this one began is begun again.
  async start(): Promise<void> {
    this.running = true;
    for (const entry of await this.ports.storage.outbox()) {
      const known = this.ports.store.get().outbox.find((it) => it.key === entry.key);
      if (known === undefined || known.status.state === "sending") {
        const isCutOff = entry.status.state === "sending";
        this.ports.tell({
          type: "outbox",
          entry: isCutOff ? { ...entry, status: { state: "queued" } } : entry,
        });
      }
    }
    this.pump();
  }

  stop(): void {
    this.running = false;
    this.cancelTimer?.();
  }

  /// There may be a reason to hope: the network is back, somebody looks.
  wake(): void {
    this.restUntil = 0;
    this.failures = 0;
    this.pump();
  }

  /// Sends whatever may leave now.
  pump(): void {
    if (!this.running) {
      return;
    }
    const wait = Math.max(this.askedUntil, this.restUntil) - this.ports.env.elapsed();
    if (wait > 0) {
      this.cancelTimer?.();
      this.cancelTimer = this.ports.env.later(wait, () => this.pump());
      return;
    }
    for (const entry of nextOfEach(this.ports.store.get().outbox)) {
      if (!this.busy.has(entry.place)) {
        void this.run(entry);
      }
    }
  }

  /// Asked anew after every wait: what the compiler knows of a field may be over by then.
  private isStopped(): boolean {
    return !this.running;
  }

  private async run(entry: OutboxEntry): Promise<void> {
    this.busy.add(entry.place);
    try {
      if (entry.place.startsWith("@")) {
        await this.open(entry);
      } else {
        await this.attempt(entry);
      }
    } catch {
      // What is not kept is not sent: cut off here, it could be sent twice.
      const status = { state: "failed", problem: ownProblem("not_kept") } as const;
      this.ports.tell({ type: "outbox", entry: { ...entry, status } });
    } finally {
      this.busy.delete(entry.place);
    }
    this.pump();
  }

  /// A first message: the conversation comes before it. Opening one that is open changes nothing.
  private async open(entry: OutboxEntry): Promise<void> {
    const { api, store, storage, tell } = this.ports;
    const { place } = entry;
    const known = store.get().openings.get(place);
    const id = known?.state === "open" ? known.conversation : null;
    let row: Row | undefined = id === null ? undefined : store.get().conversations.get(id)?.row;
    if (row === undefined) {
      const opened = await api.open(place.slice(1));
      if (!this.running) {
        return;
      }
      if (!opened.ok) {
        if (!this.waits(entry, opened.problem)) {
          tell({ type: "opening", place, opening: { state: "failed", problem: opened.problem } });
          for (const it of store.get().outbox.filter((it) => it.place === place)) {
            await this.fail(it, opened.problem);
          }
        }
        return;
      }
      row = opened.value;
    }
    this.failures = 0;
    const conversation = row.id;
    for (const it of store.get().outbox.filter((it) => it.place === place)) {
      await storage.changeOutbox(it.key, (kept) => ({ ...kept, place: conversation }));
    }
    tell({ type: "opened", place, row });
  }

  private async attempt(entry: OutboxEntry): Promise<void> {
    const { api, store, storage, tell } = this.ports;
    if (!(await this.knowsTime())) {
      return;
    }
    const made = await this.begin(entry);
    if (made?.clientId == null || this.isStopped()) {
      return;
    }
    tell({ type: "outbox", entry: made });
    const answer = await write(api, made, made.clientId);
    if (this.isStopped()) {
      // Kept as `sending`: whoever comes next sends it again, under the same id.
      return;
    }
    if (!answer.ok) {
      if (made.change?.kind === "unsend" && answer.problem.code === "message_not_found") {
        // Unsent from elsewhere: what was wanted is so.
        tell({ type: "outbox-removed", key: entry.key });
        return;
      }
      await this.refused(entry, made, answer.problem);
      return;
    }
    this.failures = 0;
    this.faults.delete(entry.key);
    if (answer.value.from !== myself(store)) {
      // The cookie is somebody else's by now. It was said as them, which cannot be undone; what
      // follows must not be.
      this.stop();
      this.ports.onSessionDoubt();
      return;
    }
    tell({ type: "sent", key: entry.key, conversation: made.place, entry: answer.value });
    await storage.removeOutbox(entry.key);
  }

  /// Keeps that an attempt is about to leave. Null if the message is not to be sent any more.
  private async begin(entry: OutboxEntry): Promise<OutboxEntry | null> {
    const { clock, env, storage, tell } = this.ports;
    const begun = await storage.changeOutbox(entry.key, (kept) => ({
      ...kept,
      place: entry.place,
      clientId: kept.clientId ?? uuid7(clock.now(), env.randomBytes(16)),
      unsure: true,
      status: { state: "sending" },
    }));
    if (begun === null) {
      tell({ type: "outbox-removed", key: entry.key });
    }
    return begun;
  }

  private async refused(before: OutboxEntry, made: OutboxEntry, problem: Problem): Promise<void> {
    const isUnknown =
      problem.code === "offline" || problem.code === "timeout" || problem.status >= 500;
    const unsure = before.unsure || isUnknown;
    if (problem.code === "client_id_in_future" && this.fault(made.key) < SERVER_FAULTS_MAX) {
      await this.settle(made, this.afterFuture(made, unsure));
      return;
    }
    if (
      problem.code === "client_id_expired" &&
      !unsure &&
      this.fault(made.key) < SERVER_FAULTS_MAX
    ) {
      // Never let in, so never stored. Where it may have been, only the person can say.
      await this.settle(made, { clientId: null, unsure: false, status: { state: "queued" } });
      return;
    }
    if (this.waits(made, problem)) {
      await this.settle(made, { unsure, status: { state: "queued" } });
      return;
    }
    await this.fail({ ...made, unsure }, problem);
  }

  /// What to do with an id from the future, now that the answer has told the time. One that is far
  /// ahead was never let in by any server, and another takes its place. One that is a little ahead
  /// may have been, by a server whose clock is ahead of this one's: it waits.
  private afterFuture(
    made: OutboxEntry,
    unsure: boolean,
  ): Pick<OutboxEntry, "clientId" | "unsure" | "status"> {
    const { clock, env } = this.ports;
    const ahead = timeOf(made.clientId ?? "") - clock.now();
    if (ahead > CLOCKS_APART_MILLIS) {
      return { clientId: null, unsure: false, status: { state: "queued" } };
    }
    this.restUntil = env.elapsed() + Math.max(0, ahead);
    return { clientId: made.clientId, unsure, status: { state: "queued" } };
  }

  /// Whether this passes by itself, and then sees to it that time goes by before the next attempt.
  private waits(entry: OutboxEntry, problem: Problem): boolean {
    const { env } = this.ports;
    if (isSessionOver(problem)) {
      this.failures++;
      this.restUntil = env.elapsed() + backoffMillis(this.failures, env.random());
      this.stop();
      this.ports.onSessionDoubt();
      return true;
    }
    if (!isPassing(problem)) {
      return false;
    }
    if (problem.status === 500 && this.fault(entry.key) >= SERVER_FAULTS_MAX) {
      return false;
    }
    this.failures++;
    this.restUntil = env.elapsed() + backoffMillis(this.failures, env.random());
    if (problem.retryAfter !== null) {
      this.askedUntil = env.elapsed() + problem.retryAfter * 1000;
    }
    return true;
  }

  private fault(key: string): number {
    const count = (this.faults.get(key) ?? 0) + 1;
    this.faults.set(key, count);
    return count;
  }

  private async fail(entry: OutboxEntry, problem: Problem): Promise<void> {
    this.faults.delete(entry.key);
    await this.settle(entry, { unsure: entry.unsure, status: { state: "failed", problem } });
  }

  /// The end of an attempt that stored nothing that we know of. It may have arrived meanwhile: then
  /// the entry is gone from the state, and goes from the shelf.
  private async settle(
    entry: OutboxEntry,
    end: Partial<Pick<OutboxEntry, "clientId" | "unsure" | "status">>,
  ): Promise<void> {
    const { store, storage, tell } = this.ports;
    const known = store.get().outbox.find((it) => it.key === entry.key);
    if (known === undefined || known.status.state === "sent") {
      await storage.removeOutbox(entry.key);
      return;
    }
    const settled = await storage.changeOutbox(entry.key, (kept) => ({ ...kept, ...end }));
    if (settled === null) {
      tell({ type: "outbox-removed", key: entry.key });
    } else {
      tell({ type: "outbox", entry: settled });
    }
  }

  /// An id needs the server's time. Any answer tells it.
  private async knowsTime(): Promise<boolean> {
    const { api, clock, env } = this.ports;
    if (clock.isKnown()) {
      return true;
    }
    const asked = await api.config();
    if (clock.isKnown()) {
      return true;
    }
    this.failures++;
    const wait = asked.ok ? null : asked.problem.retryAfter;
    this.restUntil =
      env.elapsed() + (wait === null ? backoffMillis(this.failures, env.random()) : wait * 1000);
    return false;
  }
}

/// The oldest message of each place that is on its way, and not failed or stored.
function nextOfEach(outbox: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const next = new Map<Place, OutboxEntry>();
  for (const entry of outbox) {
    const { state } = entry.status;
    if ((state === "queued" || state === "sending") && !next.has(entry.place)) {
      next.set(entry.place, entry);
    }
  }
  return [...next.values()];
}

function write(api: Api, made: OutboxEntry, clientId: string): Promise<Result<WrittenEntry>> {
  const { change, place, text } = made;
  switch (change?.kind) {
    case undefined:
      return api.send(place, clientId, text);
    case "edit":
      return api.edit(place, change.target, clientId, text);
    case "unsend":
      return api.unsend(place, change.target, clientId);
  }
}

function myself(store: Store): string | null {
  const { session } = store.get();
  return session.state === "signed-in" ? session.account.id : null;
}
