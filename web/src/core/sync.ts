/// Brings the state up to what the server has: pages that somebody asks for, gaps that show, and
/// whatever changed while nobody was connected.
import type { Action, PageAsked } from "./actions";
import type { Api } from "./api";
import { backoffMillis } from "./backoff";
import type { Environment } from "./environment";
import { FAR_BEHIND, isBehind, isLoaded, isShort, newestMessage } from "./log";
import type { Conversation, ConversationId, Problem, Row, State } from "./model";
import { isSessionOver } from "./problem";
import { differs } from "./rows";
import type { Store } from "./store";

/// Pages of the inbox that are gone through after an absence. Whoever was away for longer finds the
/// rest when scrolling to it.
export const CATCH_UP_PAGES = 10;

export interface SyncPorts {
  readonly env: Environment;
  readonly api: Api;
  readonly store: Store;
  readonly onSessionDoubt: () => void;
  /// The server knows of an older mark than this client: it has not heard of the newer one.
  readonly onUnheardMark: (id: ConversationId, seq: number) => void;
}

export class Sync {
  private running = true;
  private readonly filling = new Set<ConversationId>();
  private readonly failures = new Map<ConversationId, number>();
  private readonly timers = new Set<() => void>();
  private readonly unwatch: () => void;
  private inboxLoad: Promise<void> | null = null;
  private passing: Promise<void> | null = null;
  private passAgain = false;
  /// Logs that were asked for what came since, and have heard of everything from then on.
  private readonly followed = new Set<ConversationId>();
  /// The rows as they were when events were last sure to come. Null while they come.
  private base: State["conversations"] | null = null;

  constructor(private readonly ports: SyncPorts) {
    this.unwatch = ports.store.watch((state, before) => {
      if (state.conversations !== before.conversations) {
        for (const it of state.conversations.values()) {
          if (before.conversations.get(it.id)?.log !== it.log) {
            this.fillGap(it);
          }
        }
      }
    });
  }

  stop(): void {
    this.running = false;
    this.unwatch();
    for (const cancel of this.timers) {
      cancel();
    }
  }

  /// What can be tried again now that there is hope.
  wake(): void {
    this.failures.clear();
    for (const it of this.ports.store.get().conversations.values()) {
      this.fillGap(it);
    }
  }

  /// From here on, events may be missed: what is known now is what the next pass is measured by.
  lost(): void {
    this.base ??= this.ports.store.get().conversations;
    this.followed.clear();
  }

  /// Rows that changed since: page by page from the top, until one that is known. Gaps in logs then
  /// show by themselves. Asked for while it runs, it runs once more.
  async catchUp(): Promise<void> {
    this.passAgain = true;
    this.passing ??= (async () => {
      try {
        while (this.passAgain && this.running) {
          this.passAgain = false;
          await this.passOver();
        }
      } finally {
        this.passing = null;
      }
    })();
    await this.passing;
  }

  private async passOver(): Promise<void> {
    const { api, store } = this.ports;
    const base = this.base ?? store.get().conversations;
    const isFirst = store.get().inbox.floor === null;
    let cursor: string | null = null;
    let upper: string | null = null;
    for (let pages = 1; pages <= CATCH_UP_PAGES; pages++) {
      const before = store.get().conversations;
      const answer = await api.inbox(cursor);
      if (!this.running) {
        return;
      }
      if (!answer.ok) {
        this.failed(answer.problem);
        if (isFirst) {
          this.tell({ type: "inbox-loading", loading: { problem: answer.problem } });
        }
        return;
      }
      const { items, next } = answer.value;
      this.tell({ type: "inbox-page", cursor, page: answer.value });
      this.compareMarks(items, before);
      this.compareTexts(items, before);
      this.compareFolders(items, before, upper, next === null);
      upper = items.at(-1)?.last?.at ?? "";
      const isKnown = items.some((it) => base.get(it.id)?.row.last?.seq === it.last?.seq);
      if (next === null || isKnown || isFirst) {
        this.base = null;
        return;
      }
      cursor = next;
    }
    // Away for longer than is gone through at once: what lies further down is loaded like anew.
    this.tell({ type: "inbox-cut", next: cursor });
    this.base = null;
  }

  private compareMarks(items: readonly Row[], before: State["conversations"]): void {
    for (const { id, readSeq, unread } of items) {
      const known = before.get(id)?.row.readSeq ?? 0;
      if (known > readSeq && unread > 0) {
        this.ports.onUnheardMark(id, known);
      }
    }
  }

  /// A change of the newest message while nobody heard: the log has a number more than it knows of.
  private compareTexts(items: readonly Row[], before: State["conversations"]): void {
    for (const { id, last } of items) {
      const log = before.get(id)?.log;
      const newest = log === undefined ? null : newestMessage(log);
      if (log !== undefined && last !== null && newest !== null && differs(last, newest)) {
        void this.page(id, { part: "after", after: log.to }, "newer");
      }
    }
  }

  /// What was here and is not on the page where it would be was put elsewhere meanwhile.
  private compareFolders(
    items: readonly Row[],
    before: State["conversations"],
    upper: string | null,
    isLast: boolean,
  ): void {
    const listed = new Set(items.map((it) => it.id));
    const lower = isLast ? "" : (items.at(-1)?.last?.at ?? "");
    for (const { id, row } of before.values()) {
      const at = row.last?.at ?? "";
      const isOfPage = at > lower && (upper === null || at < upper);
      const isListed = row.folder === "inbox" || row.folder === "requests";
      if (isListed && isOfPage && !listed.has(id)) {
        void this.ports.api.conversation(id).then((answer) => {
          if (answer.ok && this.running) {
            this.tell({ type: "row", row: answer.value });
          }
        });
      }
    }
  }

  /// A page of the archive: the first one, or the next.
  async loadArchive(isMore: boolean): Promise<void> {
    const { archive } = this.ports.store.get();
    if (archive.loading === "loading" || (isMore && archive.complete)) {
      return;
    }
    const cursor = isMore ? archive.next : null;
    this.tell({ type: "inbox-loading", of: "archive", loading: "loading" });
    const answer = await this.ports.api.inbox(cursor, "archive");
    if (!this.running) {
      return;
    }
    if (answer.ok) {
      this.tell({ type: "inbox-page", of: "archive", cursor, page: answer.value });
    } else {
      this.failed(answer.problem);
      const loading = { problem: answer.problem };
      this.tell({ type: "inbox-loading", of: "archive", loading });
    }
  }

  async loadInbox(): Promise<void> {
    if (this.ports.store.get().inbox.floor === null) {
      this.tell({ type: "inbox-loading", loading: "loading" });
    }
    await this.catchUp();
  }

  async loadMoreInbox(): Promise<void> {
    const { inbox } = this.ports.store.get();
    if (inbox.floor === null) {
      return this.loadInbox();
    }
    if (inbox.complete) {
      return;
    }
    this.inboxLoad ??= (async () => {
      try {
        this.tell({ type: "inbox-loading", loading: "loading" });
        const answer = await this.ports.api.inbox(inbox.next);
        if (!this.running) {
          return;
        }
        if (answer.ok) {
          this.tell({ type: "inbox-page", cursor: inbox.next, page: answer.value });
        } else if (answer.problem.code === "cursor_invalid") {
          // Kept for too long: begin again at the top.
          this.tell({ type: "inbox-cut", next: null });
          await this.catchUp();
        } else {
          this.failed(answer.problem);
          this.tell({ type: "inbox-loading", loading: { problem: answer.problem } });
        }
      } finally {
        this.inboxLoad = null;
      }
    })();
    await this.inboxLoad;
  }

  /// The newest page if nothing is here, and whatever came since if something is.
  async load(id: ConversationId): Promise<void> {
    const { api, store } = this.ports;
    if (store.get().conversations.get(id) === undefined) {
      const answer = await api.conversation(id);
      if (!this.running) {
        return;
      }
      if (!answer.ok) {
        this.failed(answer.problem);
        this.tell({
          type: "opening",
          place: id,
          opening: { state: "failed", problem: answer.problem },
        });
        return;
      }
      this.tell({ type: "row", row: answer.value });
    }
    const known = store.get().conversations.get(id);
    if (known !== undefined && isLoaded(known.log)) {
      this.fillGap(known);
      // An edit or unsend that nobody heard of leaves no trace but its number.
      if (!isBehind(known.log) && !this.followed.has(id)) {
        this.followed.add(id);
        const answer = await this.page(id, { part: "after", after: known.log.to }, "newer");
        if (answer?.ok !== true) {
          this.followed.delete(id);
        }
      }
    } else {
      await this.loadNewest(id);
    }
    await this.reachUnread(id);
  }

  /// Where new begins may be pages away from the end.
  private async reachUnread(id: ConversationId): Promise<void> {
    const here = () => this.ports.store.get().conversations.get(id);
    for (let it = here(); it !== undefined && isShort(it.log, it.divider);) {
      const { from } = it.log;
      await this.loadOlder(id);
      it = here();
      if (it?.log.from === from || !this.running) {
        return;
      }
    }
  }

  async loadOlder(id: ConversationId): Promise<void> {
    const it = this.ports.store.get().conversations.get(id);
    if (it === undefined || it.older === "loading") {
      return;
    }
    if (!isLoaded(it.log)) {
      return this.load(id);
    }
    if (it.log.from > 1) {
      await this.page(id, { part: "older", before: it.log.from }, "older");
    }
  }

  private async loadNewest(id: ConversationId): Promise<void> {
    if (this.ports.store.get().conversations.get(id)?.newer === "loading") {
      return;
    }
    const answer = await this.page(id, { part: "newest" }, "newer");
    if (answer?.ok !== true) {
      return;
    }
    // The page has messages alone, as they were when last folded. Where numbers are missing there
    // may be a newer edit.
    const { items, lastSeq, older } = answer.value;
    let expected = older ?? 1;
    for (const item of items) {
      if (item.seq !== expected) {
        break;
      }
      expected++;
    }
    if (expected <= lastSeq) {
      await this.page(id, { part: "after", after: expected - 1 }, "newer");
    }
  }

  /// Asks for what is missing at the newer end, until nothing is.
  private fillGap(conversation: Conversation): void {
    const { id, log } = conversation;
    if (!isBehind(log) || this.filling.has(id) || !this.running) {
      return;
    }
    this.filling.add(id);
    void this.fill(id).then((isDone) => {
      this.filling.delete(id);
      const now = this.ports.store.get().conversations.get(id);
      if (now === undefined || !isBehind(now.log)) {
        this.failures.delete(id);
      } else if (isDone) {
        this.fillGap(now);
      } else {
        this.fillLater(id);
      }
    });
  }

  /// False if the server did not give what it spoke of, or did not answer.
  private async fill(id: ConversationId): Promise<boolean> {
    const log = this.ports.store.get().conversations.get(id)?.log;
    if (log === undefined || !isBehind(log)) {
      return true;
    }
    const isFar = log.heard - log.to > FAR_BEHIND;
    const asked: PageAsked = isFar ? { part: "newest" } : { part: "after", after: log.to };
    await this.page(id, asked, "newer");
    return (this.ports.store.get().conversations.get(id)?.log.to ?? 0) > log.to;
  }

  private fillLater(id: ConversationId): void {
    const failures = (this.failures.get(id) ?? 0) + 1;
    this.failures.set(id, failures);
    const { env, store } = this.ports;
    const cancel = env.later(backoffMillis(failures, env.random()), () => {
      this.timers.delete(cancel);
      const it = store.get().conversations.get(id);
      if (it !== undefined) {
        this.fillGap(it);
      }
    });
    this.timers.add(cancel);
  }

  private async page(
    id: ConversationId,
    asked: PageAsked,
    end: "newer" | "older",
  ): Promise<Awaited<ReturnType<Api["page"]>> | null> {
    this.tell({ type: "page-loading", conversation: id, end, loading: "loading" });
    const answer = await this.ports.api.page(id, asked);
    if (!this.running) {
      return null;
    }
    if (answer.ok) {
      this.tell({ type: "page", conversation: id, asked, page: answer.value });
      this.tell({ type: "page-loading", conversation: id, end, loading: "idle" });
    } else {
      this.failed(answer.problem);
      const loading = { problem: answer.problem };
      this.tell({ type: "page-loading", conversation: id, end, loading });
    }
    return answer;
  }

  private failed(problem: Problem): void {
    if (isSessionOver(problem)) {
      this.ports.onSessionDoubt();
    }
  }

  private tell(action: Action): void {
    this.ports.store.dispatch(action);
  }
}
