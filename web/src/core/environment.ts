/// Everything that the core takes from outside itself. In a browser this file gives it; tests bring
/// their own clock, network, storage and chance.

/// As much of a WebSocket as is used.
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

/// As much of a BroadcastChannel as is used.
export interface Channel {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

export interface Environment {
  /// Where the server is, such as `https://parley.example`.
  readonly origin: string;
  fetch(request: Request): Promise<Response>;
  openSocket(url: string, protocol: string): Socket;
  /// This machine's clock, in milliseconds, right or wrong.
  now(): number;
  /// Milliseconds that only ever go on, whatever happens to the clock.
  elapsed(): number;
  /// Calls back later, unless what it answers is called first.
  later(millis: number, callback: () => void): () => void;
  random(): number;
  randomBytes(count: number): Uint8Array;
  /// Null where the browser keeps nothing.
  readonly storage: IDBFactory | null;
  openChannel(name: string): Channel | null;
  /// Holds the lock, once it is free, until `held` ends. Where there are no locks, at once.
  lock(name: string, signal: AbortSignal, held: () => Promise<void>): Promise<void>;
  isOnline(): boolean;
  /// Calls back when the page is looked at again, came back from sleep, or the network is back.
  onWake(listener: () => void): () => void;
  /// Calls back when the network is gone.
  onOffline(listener: () => void): () => void;
  /// Calls back when the page may be about to go: the last moment to keep something.
  onHide(listener: () => void): () => void;
}

export function browserEnvironment(): Environment {
  return {
    origin: location.origin,
    fetch: (request) => fetch(request),
    openSocket: (url, protocol) => new WebSocket(url, protocol) as Socket,
    now: () => Date.now(),
    elapsed: () => performance.now(),
    later: (millis, callback) => {
      const timer = setTimeout(callback, millis);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    storage: typeof indexedDB === "undefined" ? null : indexedDB,
    openChannel: (name) =>
      typeof BroadcastChannel === "undefined" ? null : (new BroadcastChannel(name) as Channel),
    lock,
    isOnline: () => navigator.onLine,
    onWake: (listener) => {
      const seen = () => document.visibilityState === "visible" && listener();
      return listening([
        [document, "visibilitychange", seen],
        [window, "pageshow", listener],
        [window, "online", listener],
      ]);
    },
    onOffline: (listener) => listening([[window, "offline", listener]]),
    onHide: (listener) => {
      const hidden = () => document.visibilityState === "hidden" && listener();
      return listening([
        [document, "visibilitychange", hidden],
        [window, "pagehide", listener],
      ]);
    },
  };
}

async function lock(name: string, signal: AbortSignal, held: () => Promise<void>): Promise<void> {
  // Only pages that came by https, or from this machine, have locks.
  if (!("locks" in navigator)) {
    await held();
    return;
  }
  try {
    await navigator.locks.request(name, { signal }, held);
  } catch (e) {
    if (!signal.aborted) {
      throw e;
    }
  }
}

function listening(all: readonly (readonly [EventTarget, string, () => unknown])[]): () => void {
  for (const [target, event, listener] of all) {
    target.addEventListener(event, listener);
  }
  return () => {
    for (const [target, event, listener] of all) {
      target.removeEventListener(event, listener);
    }
  };
}
