/// The one connection for live events: opened, kept, and opened again (docs/events.md).
import { backoffMillis } from "./backoff";
import type { Environment, Socket } from "./environment";
import type { Connection } from "./model";

const PROTOCOL = "parley.v1";
const PING_MILLIS = 30_000;
/// Silence after which nobody is there any more: a ping and its answer are overdue.
const SILENCE_MILLIS = 75_000;
/// The same for whoever comes back from sleep, and has just asked.
const WAKE_MILLIS = 5_000;
/// A connection that lasted this long has been good: the next wait is short again.
const GOOD_MILLIS = 10_000;

export interface LivePorts {
  readonly env: Environment;
  readonly onConnection: (connection: Connection) => void;
  /// One message of the server, as it came.
  readonly onEvent: (event: unknown) => void;
  /// Events may have been missed: go through what changed.
  readonly onConnected: () => void;
  /// Could not connect, or was told that the session is over: ask the server who one is.
  readonly onSessionDoubt: () => void;
}

/// The code in the last words of a connection; null in any others.
function endingCode(event: unknown): number | null {
  if (typeof event !== "object" || event === null) {
    return null;
  }
  const { type, code } = event as { type?: unknown; code?: unknown };
  return type === "ending" && typeof code === "number" ? code : null;
}

export class Live {
  private socket: Socket | null = null;
  private running = false;
  private failures = 0;
  private openedAt = 0;
  private heardAt = 0;
  private isStopped = false;
  private startedAt = 0;
  /// Whether it was said that the network is gone while a connection stood.
  private saidOffline = false;
  private cancelRetry: (() => void) | null = null;
  private cancelPing: (() => void) | null = null;
  private cancelWake: (() => void) | null = null;

  constructor(private readonly ports: LivePorts) {}

  start(): void {
    this.running = true;
    this.connect();
  }

  stop(): void {
    this.running = false;
    this.leave();
  }

  /// At once, whatever the wait; also after the server said that there are too many.
  retry(): void {
    this.isStopped = false;
    this.failures = 0;
    if (this.running && this.socket === null) {
      this.connect();
    }
  }

  /// Somebody looks again, or the network is back. A connection may have died in its sleep.
  wake(): void {
    if (!this.running || this.isStopped) {
      return;
    }
    if (this.socket === null) {
      this.retry();
      return;
    }
    const asked = this.ports.env.elapsed();
    if (this.openedAt === 0) {
      if (asked - this.startedAt > WAKE_MILLIS) {
        this.connect();
      }
      return;
    }
    this.say("ping");
    this.cancelWake?.();
    this.cancelWake = this.ports.env.later(WAKE_MILLIS, () => {
      if (this.heardAt < asked) {
        this.failures = 0;
        this.broken(1006);
      }
    });
  }

  offline(): void {
    if (this.running && !this.isStopped) {
      this.saidOffline = true;
      this.ports.onConnection({ state: "offline" });
    }
  }

  private connect(): void {
    const { env, onConnection } = this.ports;
    this.leave();
    this.startedAt = env.elapsed();
    onConnection(env.isOnline() ? { state: "connecting" } : { state: "offline" });
    const url = `${env.origin.replace(/^http/, "ws")}/api/events`;
    const socket = env.openSocket(url, PROTOCOL);
    this.socket = socket;
    // One that neither opens nor fails is given up like one that fell silent.
    this.cancelPing = env.later(SILENCE_MILLIS, () => this.broken(1006));
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (event) => this.heard(socket, event.data);
    socket.onclose = (event) => {
      if (this.socket === socket) {
        this.broken(event.code);
      }
    };
  }

  private opened(socket: Socket): void {
    if (this.socket !== socket) {
      return;
    }
    const { env, onConnection, onConnected } = this.ports;
    this.openedAt = this.heardAt = env.elapsed();
    this.keepAlive();
    this.saidOffline = false;
    onConnection({ state: "online" });
    // Connected first, asked afterwards: so nothing falls in between.
    onConnected();
  }

  private heard(socket: Socket, data: unknown): void {
    if (this.socket !== socket || typeof data !== "string") {
      return;
    }
    this.heardAt = this.ports.env.elapsed();
    if (this.saidOffline) {
      // It outlived the time without a network.
      this.saidOffline = false;
      this.ports.onConnection({ state: "online" });
      this.ports.onConnected();
    }
    try {
      const event: unknown = JSON.parse(data);
      const ending = endingCode(event);
      if (ending === null) {
        this.ports.onEvent(event);
      } else {
        // Said before it is closed, for not every host can close with a code of its own.
        this.broken(ending);
      }
    } catch (e) {
      if (!(e instanceof SyntaxError)) {
        throw e;
      }
      // No JSON is no event of this protocol.
    }
  }

  private keepAlive(): void {
    this.cancelPing?.();
    this.cancelPing = this.ports.env.later(PING_MILLIS, () => {
      if (this.ports.env.elapsed() - this.heardAt > SILENCE_MILLIS) {
        this.broken(1006);
      } else {
        this.say("ping");
        this.keepAlive();
      }
    });
  }

  private broken(code: number): void {
    const { env, onConnection, onSessionDoubt } = this.ports;
    const wasGood = this.openedAt > 0 && env.elapsed() - this.openedAt > GOOD_MILLIS;
    const wasOpen = this.openedAt > 0;
    this.leave();
    if (!this.running) {
      return;
    }
    if (code === 4003) {
      this.isStopped = true;
      onConnection({ state: "stopped" });
      return;
    }
    if (code === 4001 || !wasOpen) {
      // A refused upgrade tells a page nothing of why.
      onSessionDoubt();
    }
    this.failures = wasGood ? 1 : this.failures + 1;
    const wait = backoffMillis(this.failures, env.random());
    onConnection(
      env.isOnline() ? { state: "waiting", retryAt: env.now() + wait } : { state: "offline" },
    );
    this.cancelRetry = env.later(wait, () => this.connect());
  }

  private leave(): void {
    const { socket } = this;
    this.socket = null;
    this.openedAt = 0;
    this.cancelRetry?.();
    this.cancelPing?.();
    this.cancelWake?.();
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private say(type: "ping"): void {
    this.socket?.send(JSON.stringify({ type }));
  }
}
