/// Brings what was seen to the server.
import type { Action } from "./actions";
import { backoffMillis } from "./backoff";
import type { ConversationId, Result } from "./model";
import { isPassing, isSessionOver } from "./problem";
import type { SyncPorts } from "./sync";

/// Brings read marks to the server: the newest of each conversation, one at a time, until each has
/// arrived.
export class Marks {
  private running = false;
  private readonly wanted = new Map<ConversationId, number>();
  private isBusy = false;
  private failures = 0;
  private cancelTimer: (() => void) | null = null;

  constructor(
    private readonly ports: Omit<SyncPorts, "onUnheardMark">,
    /// Tells the state here and in the other tabs.
    private readonly tell: (action: Action) => void,
  ) {}

  /// Tells the server from now on, and what was wanted before.
  start(): void {
    this.running = true;
    void this.run();
  }

  stop(): void {
    this.running = false;
    this.cancelTimer?.();
  }

  mark(id: ConversationId, seq: number): void {
    const it = this.ports.store.get().conversations.get(id);
    if (
      it === undefined ||
      // Whoever asks learns nothing before one has answered or accepted.
      it.row.folder === "requests" ||
      seq <= it.row.readSeq ||
      seq > Math.max(it.log.to, it.row.last?.seq ?? 0)
    ) {
      return;
    }
    const hadUnread = it.row.unread > 0;
    this.tell({ type: "read", conversation: id, seq });
    // One's own messages count as read by themselves.
    if (hadUnread) {
      this.want(id, seq);
    }
  }

  /// A mark that the server should have heard of, and perhaps has not.
  want(id: ConversationId, seq: number): void {
    this.wanted.set(id, Math.max(seq, this.wanted.get(id) ?? 0));
    void this.run();
  }

  wake(): void {
    this.failures = 0;
    void this.run();
  }

  /// Asked anew after every wait: what the compiler knows of a field may be over by then.
  private isStopped(): boolean {
    return !this.running;
  }

  private async run(): Promise<void> {
    if (this.isBusy || !this.running) {
      return;
    }
    this.cancelTimer?.();
    this.isBusy = true;
    for (const [id, seq] of this.wanted) {
      const answer = await this.ports.api.markRead(id, seq);
      if (this.isStopped() || !(await this.settle(id, seq, answer))) {
        break;
      }
    }
    this.isBusy = false;
  }

  /// Whether to go on with the next.
  private async settle(
    id: ConversationId,
    seq: number,
    answer: Result<{ readonly readSeq: number; readonly unread: number }>,
  ): Promise<boolean> {
    const { api, env } = this.ports;
    if (!answer.ok && isPassing(answer.problem)) {
      this.failures++;
      const wait = Math.max(
        backoffMillis(this.failures, env.random()),
        (answer.problem.retryAfter ?? 0) * 1000,
      );
      this.cancelTimer = env.later(wait, () => void this.run());
      return false;
    }
    this.failures = 0;
    if (this.wanted.get(id) === seq) {
      this.wanted.delete(id);
    }
    if (answer.ok) {
      this.tell({
        type: "read",
        conversation: id,
        seq: answer.value.readSeq,
        unread: answer.value.unread,
      });
    } else if (isSessionOver(answer.problem)) {
      this.ports.onSessionDoubt();
      return false;
    } else if (answer.problem.code === "read_beyond_last") {
      // What is here is not what the server has: its row is right.
      const row = await api.conversation(id);
      if (row.ok && this.running) {
        this.tell({ type: "read-refused", conversation: id, row: row.value });
      }
    }
    return true;
  }
}
