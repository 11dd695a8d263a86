/// A browser of one person on the way to a real server: a cookie jar, real time, a real connection.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { WebSocket } from "ws";
import { createApp } from "../../src/core";
import type { App, State } from "../../src/core";
import type { Environment, Socket } from "../../src/core/environment";

const PATIENCE_MILLIS = 60_000;

export class Person {
  readonly app: App;
  private readonly storage = new IDBFactory();
  private readonly wakers = new Set<() => void>();
  private readonly sockets = new Set<WebSocket>();
  private cookie = "";
  private isOnline = true;

  constructor(
    private readonly origin: string,
    private readonly skew = 0,
  ) {
    this.app = createApp(this.environment());
  }

  /// The network goes, or comes back.
  connect(isOnline: boolean): void {
    this.isOnline = isOnline;
    if (isOnline) {
      this.wakers.forEach((wake) => wake());
    } else {
      this.sockets.forEach((socket) => socket.terminate());
    }
  }

  /// Waits until the state is as somebody says.
  async until(what: string, holds: (state: State) => boolean): Promise<State> {
    const end = Date.now() + PATIENCE_MILLIS;
    while (!holds(this.app.getState())) {
      if (Date.now() > end) {
        throw new Error(`waited in vain for ${what}`);
      }
      await new Promise((done) => setTimeout(done, 20));
    }
    return this.app.getState();
  }

  private environment(): Environment {
    return {
      origin: this.origin,
      fetch: (request) => this.request(request),
      openSocket: (url, protocol) => this.open(url, protocol),
      now: () => Date.now() + this.skew,
      elapsed: () => performance.now(),
      later: (millis, callback) => {
        const timer = setTimeout(callback, millis);
        return () => clearTimeout(timer);
      },
      random: () => Math.random(),
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      storage: this.storage,
      openChannel: () => null,
      lock: (_name, _signal, held) => held(),
      isOnline: () => this.isOnline,
      onWake: (listener) => {
        this.wakers.add(listener);
        return () => this.wakers.delete(listener);
      },
      onOffline: () => () => undefined,
      onHide: () => () => undefined,
    };
  }

  private async request(request: Request): Promise<Response> {
    if (!this.isOnline) {
      throw new TypeError("the network is gone");
    }
    const headers = new Headers(request.headers);
    headers.set("Origin", this.origin);
    if (this.cookie !== "") {
      headers.set("Cookie", this.cookie);
    }
    const response = await fetch(new Request(request, { headers }));
    for (const cookie of response.headers.getSetCookie()) {
      this.cookie = cookie.split(";")[0] ?? "";
    }
    return response;
  }

  private open(url: string, protocol: string): Socket {
    const headers = { Cookie: this.cookie };
    const socket = new WebSocket(url, protocol, { headers, origin: this.origin });
    this.sockets.add(socket);
    // What a browser tells with the closing alone.
    socket.on("error", () => undefined);
    return socket as unknown as Socket;
  }
}
