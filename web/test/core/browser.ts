/// A browser of one person, whose network, storage, clock and tabs a test is master of.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import type { Account, App } from "../../src/core";
import { createApp } from "../../src/core";
import type { Channel, Environment, Socket } from "../../src/core/environment";
import { problem } from "./server";
import type { Answer, Server } from "./server";
import type { Time } from "./time";

/// What becomes of one request: it arrives, or not; its answer does, or not; or it is refused.
export type Fate =
  | "well"
  | "slow"
  | "never arrives"
  | "unanswered"
  | "hangs"
  | "too often"
  | "a stranger too many"
  | "too busy"
  | "fault";

/// What becomes of one live event.
export type Line = "well" | "late" | "twice" | "lost";

export class Browser {
  readonly storage = new IDBFactory();
  /// By the order of requests; when it runs out, all is well.
  fates: Fate[] = [];
  lines: Line[] = [];
  isOnline = true;
  hasLocks = true;
  hasSockets = true;
  /// Whether connections are dead without a word.
  isDeaf = false;
  /// How wrong this machine's clock is.
  skew = 0;
  /// Who the cookie says one is.
  cookie: Account | null;
  requests: string[] = [];
  private readonly channels = new Map<string, Set<TestChannel>>();
  private readonly locks = new Map<string, (() => Promise<void>)[]>();
  private readonly sockets = new Set<TestSocket>();
  private readonly wakers = new Set<() => void>();
  private readonly offliners = new Set<() => void>();
  private readonly hiders = new Set<() => void>();
  private chance = 1;

  constructor(
    readonly server: Server,
    me: Account | null,
  ) {
    this.cookie = me;
  }

  get time(): Time {
    return this.server.time;
  }

  /// A new tab; with null, of a browser that keeps nothing.
  tab(storage: IDBFactory | null = this.storage): Tab {
    return new Tab(this, storage);
  }

  /// The network goes, or comes back.
  connect(isOnline: boolean): void {
    this.isOnline = isOnline;
    if (!isOnline) {
      this.seemOffline();
      this.breakSockets(1006);
    } else {
      this.wakers.forEach((wake) => wake());
    }
  }

  /// The browser says that the network is gone, and it is not.
  seemOffline(): void {
    this.offliners.forEach((tell) => tell());
  }

  wake(): void {
    this.wakers.forEach((wake) => wake());
  }

  breakSockets(code: number): void {
    this.openSockets.forEach((socket) => socket.break(code));
  }

  get openSockets(): readonly TestSocket[] {
    return [...this.sockets];
  }

  environment(life: Life): Environment {
    const { time } = this;
    return {
      origin: "http://parley.test",
      fetch: (request) => this.request(request, life),
      openSocket: () => {
        const socket = new TestSocket(this, life);
        this.sockets.add(socket);
        return socket;
      },
      now: () => time.now + this.skew,
      elapsed: () => time.now - 1_000_000,
      later: (millis, call) => time.later(millis, () => life.isOver || call()),
      random: () => this.random(),
      randomBytes: (count) =>
        Uint8Array.from({ length: count }, () => Math.floor(this.random() * 256)),
      storage: this.storage,
      openChannel: (name) => this.channel(name, life),
      lock: (name, signal, held) => this.lock(name, signal, held, life),
      isOnline: () => this.isOnline,
      onWake: (listener) => listened(this.wakers, () => life.isOver || listener()),
      onOffline: (listener) => listened(this.offliners, () => life.isOver || listener()),
      onHide: (listener) => listened(this.hiders, () => life.isOver || listener()),
    };
  }

  forget(socket: TestSocket): void {
    this.sockets.delete(socket);
  }

  nextLine(): Line {
    return this.lines.shift() ?? "well";
  }

  /// Always the same chances, so that what failed can be seen again.
  private random(): number {
    this.chance = (this.chance * 48271) % 2147483647;
    return this.chance / 2147483647;
  }

  private async request(request: Request, life: Life): Promise<Response> {
    const path = new URL(request.url).pathname;
    this.requests.push(`${request.method} ${path}`);
    const fate = this.fates.shift() ?? "well";
    await this.time.wait(fate === "slow" ? 3_000 : 20);
    await life.goesOn();
    if (!this.isOnline || fate === "never arrives") {
      throw new TypeError("the network is gone");
    }
    if (fate === "too often") {
      return asResponse({ ...problem(429, "rate_limited"), headers: { "Retry-After": "2" } }, this);
    }
    if (fate === "a stranger too many") {
      const headers = { "Retry-After": "36000" };
      return asResponse({ ...problem(429, "too_many_strangers"), headers }, this);
    }
    if (fate === "too busy") {
      return asResponse(problem(503, "too_busy"), this);
    }
    if (fate === "fault") {
      return asResponse(problem(500, "internal"), this);
    }
    const text = await request.text();
    const answer = this.answer(request, text === "" ? null : JSON.parse(text));
    await this.time.wait(fate === "slow" ? 3_000 : 20);
    if (fate === "hangs") {
      await new Promise((_, reject) => {
        request.signal.addEventListener("abort", () => reject(new Error("aborted")));
      });
    }
    await life.goesOn();
    if (this.isCutOff() || fate === "unanswered") {
      throw new TypeError("the network is gone");
    }
    return asResponse(answer, this);
  }

  private isCutOff(): boolean {
    return !this.isOnline;
  }

  private answer(request: Request, body: unknown): Answer {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/api/sessions" && request.method === "POST") {
      const handle = (body as { handle: string }).handle;
      this.cookie = [...this.server.accounts.values()].find((it) => it.handle === handle) ?? null;
      return this.cookie === null
        ? problem(401, "credentials_wrong")
        : { status: 201, body: { account: this.cookie, token: null, expiresAt: "" } };
    }
    if (this.cookie === null && pathname !== "/api/config") {
      return problem(401, "token_invalid");
    }
    const me = this.cookie ?? { id: "", handle: "", displayName: "" };
    const answer = this.server.handle(me, request.method, pathname, searchParams, body);
    if (pathname.startsWith("/api/sessions") && request.method === "DELETE") {
      this.cookie = null;
    }
    return answer;
  }

  private channel(name: string, life: Life): Channel {
    const all = this.channels.get(name) ?? new Set<TestChannel>();
    this.channels.set(name, all);
    const channel = new TestChannel(all, this.time, life);
    all.add(channel);
    return channel;
  }

  private async lock(
    name: string,
    signal: AbortSignal,
    held: () => Promise<void>,
    life: Life,
  ): Promise<void> {
    if (!this.hasLocks) {
      return held();
    }
    const queue = this.locks.get(name) ?? [];
    this.locks.set(name, queue);
    const turn = async (): Promise<void> => {
      if (!life.isOver && !signal.aborted) {
        await Promise.race([held(), life.over]);
      }
      queue.shift();
      void queue[0]?.();
    };
    queue.push(turn);
    if (queue.length === 1) {
      await turn();
    }
  }
}

/// The time from opening a tab until it goes.
export class Life {
  isOver = false;
  readonly over: Promise<void>;
  private end!: () => void;

  constructor() {
    this.over = new Promise((end) => (this.end = end));
  }

  /// Nothing happens any more in a tab that is gone.
  async goesOn(): Promise<void> {
    if (this.isOver) {
      await new Promise(() => undefined);
    }
  }

  finish(): void {
    this.isOver = true;
    this.end();
  }
}

export class Tab {
  readonly life = new Life();
  readonly app: App;

  constructor(
    readonly browser: Browser,
    storage: IDBFactory | null,
  ) {
    this.app = createApp({ ...browser.environment(this.life), storage });
  }

  /// The tab goes as after a crash: in the middle of whatever it did.
  crash(): void {
    this.life.finish();
    for (const socket of this.browser.openSockets) {
      if (socket.life === this.life) {
        this.browser.forget(socket);
        socket.stop();
      }
    }
  }
}

class TestSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number }) => void) | null = null;
  private readonly listener = (event: unknown): void => this.send1(event);
  private account: string | null = null;

  constructor(
    private readonly browser: Browser,
    readonly life: Life,
  ) {
    browser.time.later(30, () => {
      if (!browser.isOnline || browser.cookie === null || !browser.hasSockets) {
        this.break(1006);
        return;
      }
      this.account = browser.cookie.id;
      const { listeners } = browser.server;
      const all = listeners.get(this.account) ?? new Set();
      listeners.set(this.account, all.add(this.listener));
      if (!life.isOver) {
        this.onopen?.();
      }
    });
  }

  send(): void {
    this.browser.time.later(20, () => this.hear({ type: "pong" }));
  }

  close(): void {
    this.browser.forget(this);
    this.stop();
  }

  break(code: number): void {
    this.close();
    if (!this.life.isOver) {
      this.onclose?.({ code });
    }
  }

  stop(): void {
    this.browser.server.listeners.get(this.account ?? "")?.delete(this.listener);
  }

  private send1(event: unknown): void {
    const line = this.browser.nextLine();
    if (line === "lost") {
      return;
    }
    this.browser.time.later(line === "late" ? 700 : 25, () => this.hear(event));
    if (line === "twice") {
      this.browser.time.later(400, () => this.hear(event));
    }
  }

  private hear(event: unknown): void {
    if (!this.life.isOver && !this.browser.isDeaf) {
      this.onmessage?.({ data: JSON.stringify(event) });
    }
  }
}

class TestChannel implements Channel {
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;

  constructor(
    private readonly all: Set<TestChannel>,
    private readonly time: Time,
    private readonly life: Life,
  ) {}

  postMessage(message: unknown): void {
    if (this.life.isOver) {
      return;
    }
    const data = structuredClone(message);
    for (const other of this.all) {
      if (other !== this) {
        this.time.later(1, () => other.life.isOver || other.onmessage?.({ data }));
      }
    }
  }

  close(): void {
    this.all.delete(this);
  }
}

function asResponse({ status, body, headers }: Answer, { time }: Browser): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/json",
      Date: new Date(time.now).toUTCString(),
      ...headers,
    },
  });
}

function listened(all: Set<() => void>, listener: () => unknown): () => void {
  const call = (): void => void listener();
  all.add(call);
  return () => all.delete(call);
}
