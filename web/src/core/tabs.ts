/// Several tabs of one person: one of them leads, which sends and is connected, and all see the
/// same.
///
/// Who leads is decided by a lock that the browser gives back when its tab goes, however it goes.
/// What happens in one tab is told to the others as the same action. A tab that misses something
/// (asleep, restored) finds it in the log like anybody else.
import type { Action } from "./actions";
import type { Channel, Environment } from "./environment";
import type { AccountId } from "./model";

/// Tabs that do not speak alike do not speak: raised when actions change.
const VERSION = 1;

type Said =
  | { readonly say: "action"; readonly action: Action }
  /// A tab has come: what does the leader know that no server tells?
  | { readonly say: "hello" }
  /// Events were missed: everybody goes through what changed.
  | { readonly say: "missed" }
  /// Somebody asks to be connected now.
  | { readonly say: "retry" };

export interface TabsPorts {
  readonly env: Environment;
  readonly account: AccountId;
  readonly onAction: (action: Action) => void;
  readonly onHello: () => void;
  readonly onMissed: () => void;
  readonly onRetry: () => void;
}

export class Tabs {
  private readonly channel: Channel | null;
  private readonly gone = new AbortController();
  private release: (() => void) | null = null;

  constructor(private readonly ports: TabsPorts) {
    const { env, account } = ports;
    this.channel = env.openChannel(`parley ${VERSION} ${account}`);
    if (this.channel !== null) {
      this.channel.onmessage = (event) => this.heard(event.data as Said);
    }
    this.say({ say: "hello" });
  }

  /// Calls back once this tab leads.
  lead(onLead: () => void): void {
    const { env, account } = this.ports;
    void env.lock(`parley leader ${account}`, this.gone.signal, () => {
      if (this.gone.signal.aborted) {
        return Promise.resolve();
      }
      return new Promise<void>((release) => {
        this.release = release;
        onLead();
      });
    });
  }

  tell(action: Action): void {
    this.say({ say: "action", action });
  }

  say(said: Said): void {
    this.channel?.postMessage(said);
  }

  /// Lets another tab lead.
  close(): void {
    this.gone.abort();
    this.release?.();
    this.channel?.close();
  }

  private heard(said: Said): void {
    switch (said.say) {
      case "action":
        this.ports.onAction(said.action);
        break;
      case "hello":
        this.ports.onHello();
        break;
      case "missed":
        this.ports.onMissed();
        break;
      case "retry":
        this.ports.onRetry();
        break;
    }
  }
}
