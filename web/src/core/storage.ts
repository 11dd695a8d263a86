/// What this browser keeps of a person's session, apart from everybody else's: messages on their way
/// and drafts, which exist nowhere else, and enough of rows and logs to start at once and offline.
///
/// A sign-out wipes it. A session that is over by itself does not: the same person finds it again,
/// and another one opens a shelf of their own.
import type { Kept } from "./actions";
import type { Environment } from "./environment";
import { EMPTY_LOG } from "./log";
import type { Account, Conversation, Inbox, Log, OutboxEntry, Place, Row, State } from "./model";
import { openShelf } from "./shelf";
import type { Shelf } from "./shelf";
import { keptAt } from "./vanish";

/// Conversations of which entries are kept, and entries of each.
const KEPT_LOGS = 40;
const KEPT_ENTRIES = 100;
/// Rows that are kept: no more than a start needs.
const KEPT_ROWS = 200;

const COMMON = "parley";

/// Who was here last: whose session a start shows before the server has answered.
export async function lastAccount(env: Environment): Promise<Account | null> {
  const shelf = await openShelf(env.storage, COMMON);
  const account = (await shelf.get("facts", "account")) as Account | undefined;
  shelf.close();
  return account ?? null;
}

export async function rememberAccount(env: Environment, account: Account | null): Promise<void> {
  const shelf = await openShelf(env.storage, COMMON);
  await shelf.putAll([["facts", "account", account ?? undefined]]);
  shelf.close();
}

export class Storage {
  private constructor(
    private readonly env: Environment,
    private readonly account: Account,
    private readonly shelf: Shelf,
  ) {}

  static async open(env: Environment, account: Account): Promise<Storage> {
    return new Storage(env, account, await openShelf(env.storage, nameOf(account)));
  }

  async load(): Promise<Kept> {
    const [outbox, drafts, rows, logs, inbox] = await Promise.all([
      this.outbox(),
      this.shelf.all("drafts"),
      this.shelf.all("rows"),
      this.shelf.all("logs"),
      this.shelf.get("facts", "inbox"),
    ]);
    return {
      account: this.account,
      outbox,
      drafts: new Map(drafts as [Place, string][]),
      rows: rows.map(([, row]) => row as Row),
      logs: new Map(logs as [string, Log][]),
      inbox: (inbox as Pick<Inbox, "floor" | "next" | "complete"> | undefined) ?? null,
    };
  }

  /// Messages on their way. One whose attempt was cut off is queued again: sent once more under the
  /// same id, it is the same message.
  async outbox(): Promise<readonly OutboxEntry[]> {
    const all = (await this.shelf.all("outbox")).map(([, entry]) => entry as OutboxEntry);
    return all.sort((a, b) => a.order - b.order);
  }

  putOutbox(entry: OutboxEntry): Promise<void> {
    return this.shelf.put("outbox", entry.key, entry);
  }

  /// Changes an entry, unless it is gone: then the answer is null, and nothing may be sent.
  async changeOutbox(
    key: string,
    step: (entry: OutboxEntry) => OutboxEntry,
  ): Promise<OutboxEntry | null> {
    const changed = await this.shelf.update("outbox", key, (it) =>
      it === undefined ? undefined : step(it as OutboxEntry),
    );
    return (changed as OutboxEntry | undefined) ?? null;
  }

  /// Takes an entry away, unless `keep` says no. Answers whether it is gone.
  async removeOutbox(key: string, keep?: (entry: OutboxEntry) => boolean): Promise<boolean> {
    const left = await this.shelf.update("outbox", key, (it) =>
      it !== undefined && keep?.(it as OutboxEntry) === true ? it : undefined,
    );
    return left === undefined;
  }

  putDrafts(changed: readonly (readonly [Place, string | undefined])[]): Promise<void> {
    return this.shelf.putAll(changed.map(([place, text]) => ["drafts", place, text] as const));
  }

  /// The link of the archive that one has asked for. Whoever has it needs no session, so it goes with
  /// everything else at a sign-out.
  async exportLink(): Promise<string | null> {
    return ((await this.shelf.get("facts", "export")) as string | undefined) ?? null;
  }

  putExportLink(link: string | null): Promise<void> {
    return this.shelf.put("facts", "export", link ?? undefined);
  }

  /// Keeps what changed since `before`, as much of it as is kept.
  async putState(state: State, before: State): Promise<void> {
    const kept = newestFirst(state);
    const earlier = newestFirst(before);
    const puts: ["rows" | "logs" | "facts", string, unknown][] = [];
    for (const [index, it] of kept.entries()) {
      const known = before.conversations.get(it.id);
      if (known?.row !== it.row) {
        puts.push(["rows", it.id, it.row]);
      }
      if (index < KEPT_LOGS && known?.log !== it.log && it.log.from > 0) {
        puts.push(["logs", it.id, trimmed(it.log)]);
      }
    }
    const ids = new Set(kept.map((it) => it.id));
    const logs = new Set(kept.slice(0, KEPT_LOGS).map((it) => it.id));
    for (const { id } of earlier) {
      if (!ids.has(id)) {
        puts.push(["rows", id, undefined]);
      }
      if (!logs.has(id)) {
        puts.push(["logs", id, undefined]);
      }
    }
    if (state.inbox !== before.inbox) {
      puts.push(["facts", "inbox", keptInbox(state)]);
    }
    await this.shelf.putAll(puts);
  }

  /// Takes away what of `kept` has vanished by `now`.
  forget(kept: Kept, now: number, days: number): Promise<void> {
    const left = keptAt(kept, days, now);
    const puts: ["rows" | "logs", string, unknown][] = [];
    for (const [index, row] of left.rows.entries()) {
      if (row !== kept.rows[index]) {
        puts.push(["rows", row.id, row]);
      }
    }
    for (const [id, log] of left.logs) {
      if (log !== kept.logs.get(id)) {
        puts.push(["logs", id, log]);
      }
    }
    return this.shelf.putAll(puts);
  }

  async wipe(): Promise<void> {
    // Another tab may have been quicker, and this one's shelf be closed.
    await this.shelf.wipe().catch(() => undefined);
    this.shelf.close();
    // Not even its name stays. It goes once no other tab has it open; empty it is already.
    this.env.storage?.deleteDatabase(nameOf(this.account));
  }

  close(): void {
    this.shelf.close();
  }
}

function nameOf(account: Account): string {
  return `${COMMON} ${account.id}`;
}

function newestFirst(state: State): readonly Conversation[] {
  return [...state.conversations.values()]
    .sort((a, b) => ((a.row.last?.at ?? "") < (b.row.last?.at ?? "") ? 1 : -1))
    .slice(0, KEPT_ROWS);
}

/// The newest entries: still one range without a gap.
function trimmed(log: Log): Log {
  const items = log.items.slice(-KEPT_ENTRIES);
  const first = items[0];
  return first === undefined || items.length === log.items.length
    ? { ...EMPTY_LOG, ...log }
    : { ...log, from: first.seq, items };
}

/// Rows beyond those that are kept have to be loaded again.
function keptInbox(state: State): Pick<Inbox, "floor" | "next" | "complete"> | undefined {
  const { floor, next, complete } = state.inbox;
  return floor === null || state.conversations.size > KEPT_ROWS
    ? undefined
    : { floor, next, complete };
}
