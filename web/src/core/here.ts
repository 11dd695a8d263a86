/// One person's time in this tab: everything that runs for them, from the moment that it is known
/// who they are until they go.
import type { Action } from "./actions";
import type { Api } from "./api";
import type { ServerClock } from "./clock";
import type { Environment } from "./environment";
import { heard } from "./events";
import { Live } from "./live";
import { Marks } from "./marks";
import type { Account, OutboxEntry, Place, State } from "./model";
import { Outbox } from "./outbox";
import { ownProblem } from "./problem";
import { Storage } from "./storage";
import type { Store } from "./store";
import { Sync } from "./sync";
import { Tabs } from "./tabs";
import { keptAt, LONGEST_MILLIS, nextEnd } from "./vanish";

/// How long changes wait to be kept together.
const KEEP_MILLIS = 1_000;

export interface HerePorts {
  readonly env: Environment;
  readonly api: Api;
  readonly clock: ServerClock;
  readonly store: Store;
  readonly onSessionDoubt: () => void;
}

export class Here {
  readonly sync: Sync;
  readonly marks: Marks;
  private readonly tabs: Tabs;
  private readonly live: Live;
  private readonly outbox: Outbox;
  private readonly unwatch: () => void;
  private kept: State;
  private cancelKeep: (() => void) | null = null;
  private cancelEnd: (() => void) | null = null;
  private endsAt = Infinity;
  private keeping: Promise<void> = Promise.resolve();
  private leads = false;
  private isConfirmed = false;
  private isClosed = false;

  private constructor(
    private readonly ports: HerePorts,
    account: Account,
    readonly storage: Storage,
  ) {
    const { env, store, onSessionDoubt } = ports;
    this.kept = store.get();
    const tell = (action: Action): void => this.tell(action);
    this.marks = new Marks({ ...ports }, tell);
    this.sync = new Sync({ ...ports, onUnheardMark: (id, seq) => this.marks.want(id, seq) });
    this.outbox = new Outbox({ ...ports, storage, tell });
    this.live = new Live({
      env,
      onConnection: (connection) => {
        if (connection.state !== "online") {
          this.sync.lost();
        }
        this.tell({ type: "connection", connection });
        if (connection.state === "waiting") {
          // Where no connection comes about, each attempt at one is also a look at what changed.
          this.tabs.say({ say: "missed" });
          this.missed();
        }
      },
      onEvent: (event) => this.event(event),
      onConnected: () => {
        this.tabs.say({ say: "missed" });
        this.missed();
        this.hope();
      },
      onSessionDoubt,
    });
    this.tabs = new Tabs({
      env,
      account: account.id,
      onAction: (action) => store.dispatch(action),
      onHello: () => {
        if (this.leads) {
          this.tabs.tell({ type: "connection", connection: store.get().connection });
        }
      },
      onMissed: () => this.missed(),
      onRetry: () => this.leads && this.live.retry(),
    });
    this.unwatch = store.watch((state, before) => this.changed(state, before));
  }

  /// Shows what is kept of them, before anything is asked, and all of it together: a box that is
  /// drawn without its draft would not take it later.
  static async begin(ports: HerePorts, account: Account): Promise<Here> {
    const storage = await Storage.open(ports.env, account);
    // What cannot be read is as good as not kept: the server has the log.
    const kept = await storage.load().catch(() => null);
    ports.store.dispatch({
      type: "session",
      session: { state: "signed-in", account, confirmed: false },
    });
    const here = new Here(ports, account, storage);
    if (kept !== null) {
      const days = ports.store.get().config?.retentionDays ?? 0;
      const now = ports.clock.now();
      ports.store.dispatch({ type: "kept", kept: keptAt(kept, days, now) });
      here.kept = ports.store.get();
      // What has vanished meanwhile leaves what this browser keeps, too.
      await storage.forget(kept, now, days).catch(() => undefined);
    }
    here.kept = ports.store.get();
    here.awaitEnd();
    here.sync.lost();
    return here;
  }

  /// The server has said that it is them: from here on, things are sent in their name.
  confirmed(): void {
    if (this.isConfirmed) {
      // Asked once more after a doubt: what stopped goes on.
      if (this.leads) {
        void this.outbox.start();
      }
      return;
    }
    this.isConfirmed = true;
    this.marks.start();
    this.tabs.lead(() => {
      this.leads = true;
      this.live.start();
      void this.outbox.start();
    });
    this.missed();
  }

  /// Changes the state here and in the other tabs.
  tell(action: Action): void {
    this.ports.store.dispatch(action);
    this.tabs.tell(action);
  }

  /// Keeps a message, and shows it at once.
  send(entry: OutboxEntry): void {
    const kept = this.storage.putOutbox(entry);
    this.tell({ type: "outbox", entry });
    kept.catch(() => {
      const status = { state: "failed", problem: ownProblem("not_kept") } as const;
      this.tell({ type: "outbox", entry: { ...entry, status } });
    });
  }

  async discard(key: string): Promise<void> {
    // One that is being sent cannot be called back.
    if (await this.storage.removeOutbox(key, (it) => it.status.state === "sending")) {
      this.tell({ type: "outbox-removed", key });
    }
  }

  async retry(key: string, order: number): Promise<void> {
    const entry = await this.storage.changeOutbox(key, (it) => {
      const code = it.status.state === "failed" ? it.status.problem.code : "";
      const isSpent = code === "client_id_reused" || code === "client_id_expired";
      return {
        ...it,
        order,
        status: { state: "queued" },
        ...(isSpent ? { clientId: null, unsure: false } : {}),
      };
    });
    const shown = this.ports.store.get().outbox.find((it) => it.key === key);
    if (entry !== null) {
      this.tell({ type: "outbox", entry });
    } else if (shown?.status.state === "failed" && shown.status.problem.code === "not_kept") {
      this.send({ ...shown, order, status: { state: "queued" } });
    }
  }

  /// Somebody looks again, or the network is back.
  wake(): void {
    // Timers stand still while a machine sleeps.
    this.endsAt = Infinity;
    this.awaitEnd();
    if (!this.isConfirmed) {
      return;
    }
    this.hope();
    if (this.leads) {
      this.live.wake();
    } else {
      // A tab that slept may not have heard the others.
      this.missed();
    }
  }

  offline(): void {
    if (this.leads) {
      this.live.offline();
    }
  }

  retryConnection(): void {
    if (this.leads) {
      this.live.retry();
    } else {
      this.tabs.say({ say: "retry" });
    }
  }

  /// Keeps what changed, now: the page may be about to go.
  async keep(): Promise<void> {
    this.cancelKeep?.();
    this.cancelKeep = null;
    const state = this.ports.store.get();
    const before = this.kept;
    if (state === before || this.isClosed) {
      return this.keeping;
    }
    this.kept = state;
    const writes = [this.storage.putState(state, before)];
    const drafts = changedDrafts(state, before);
    if (drafts.length > 0) {
      writes.push(this.storage.putDrafts(drafts));
    }
    // A full disk: the session goes on without being kept.
    this.keeping = Promise.allSettled(writes).then(() => undefined);
    return this.keeping;
  }

  /// Goes. With `wipe`, nothing of them stays in this browser.
  async close(wipe: boolean): Promise<void> {
    if (!wipe) {
      await this.keep();
    }
    this.isClosed = true;
    this.cancelKeep?.();
    this.cancelEnd?.();
    this.unwatch();
    this.sync.stop();
    this.marks.stop();
    this.outbox.stop();
    this.live.stop();
    this.tabs.close();
    await this.keeping;
    if (wipe) {
      await this.storage.wipe();
    } else {
      this.storage.close();
    }
  }

  private event(event: unknown): void {
    const it = heard(event);
    if (it.kind === "action") {
      this.tell(it.action);
    } else if (it.kind === "missed") {
      this.tabs.say({ say: "missed" });
      this.missed();
    }
  }

  /// What waits before it tries again need not.
  private hope(): void {
    this.marks.wake();
    this.sync.wake();
    this.outbox.wake();
  }

  private missed(): void {
    if (this.isConfirmed) {
      void this.sync.catchUp();
    }
  }

  private changed(state: State, before: State): void {
    if (this.isClosed) {
      return;
    }
    if (state.outbox !== before.outbox) {
      this.forgetArrived(state, before);
      this.outbox.pump();
    }
    if (state.conversations !== before.conversations || state.config !== before.config) {
      this.awaitEnd();
    }
    const isKept =
      state.conversations !== before.conversations ||
      state.drafts !== before.drafts ||
      state.inbox !== before.inbox;
    if (isKept) {
      this.cancelKeep ??= this.ports.env.later(KEEP_MILLIS, () => void this.keep());
    }
  }

  /// Lets go of messages at the moment that they vanish. Every tab does that by itself.
  private awaitEnd(): void {
    const { env, clock, store } = this.ports;
    const end = nextEnd(store.get());
    if (end === this.endsAt || this.isClosed) {
      return;
    }
    this.cancelEnd?.();
    this.endsAt = end;
    const wait = Math.min(LONGEST_MILLIS, Math.max(0, end - clock.now()));
    this.cancelEnd =
      end === Infinity
        ? null
        : env.later(wait, () => {
            this.endsAt = Infinity;
            store.dispatch({ type: "vanish", now: clock.now() });
            this.awaitEnd();
          });
  }

  /// What the log has need not be sent again after a reload.
  private forgetArrived(state: State, before: State): void {
    const left = new Set(state.outbox.map((it) => it.key));
    for (const { key } of before.outbox) {
      if (!left.has(key)) {
        void this.storage.removeOutbox(key).catch(() => undefined);
      }
    }
  }
}

function changedDrafts(state: State, before: State): [Place, string | undefined][] {
  const places = new Set([...state.drafts.keys(), ...before.drafts.keys()]);
  return [...places]
    .filter((place) => state.drafts.get(place) !== before.drafts.get(place))
    .map((place) => [place, state.drafts.get(place)]);
}
