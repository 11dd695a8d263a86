import fc from "fast-check";
import { expect, test } from "vitest";
import type { Action, HistoryPage, PageAsked } from "../../src/core/actions";
import type { Account, Entry, MessageEntry, OutboxEntry, State } from "../../src/core";
import { inboxItems } from "../../src/core";
import { FAR_BEHIND } from "../../src/core/log";
import { INITIAL, reduce } from "../../src/core/reduce";
import { uuid7 } from "../../src/core/uuid";
import { runs } from "./runs";
import { Server } from "./server";
import { Time } from "./time";

/// What happens, in the order in which it happens at the server. What it makes is in flight, and
/// lands whenever, or never, or twice.
type Step =
  | {
      readonly do:
        | "burst"
        | "other"
        | "own"
        | "elsewhere"
        | "members"
        | "retention"
        | "day"
        | "newer"
        | "older"
        | "row"
        | "reload";
    }
  | { readonly do: "edit" | "unsend" | "read" | "land" | "double" | "lose"; readonly pick: number };

const plain = fc.constantFrom(
  ...(
    [
      "other",
      "own",
      "elsewhere",
      "members",
      "retention",
      "day",
      "newer",
      "older",
      "row",
      "reload",
    ] as const
  ).map((it) => ({ do: it })),
);
const picked = fc.record({
  do: fc.constantFrom(
    ...(["edit", "unsend", "read", "land", "land", "land", "double", "lose"] as const),
  ),
  pick: fc.nat(),
});
/// Rare: more than a client catches up with entry by entry.
const burst = fc.constant({ do: "burst" as const });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: plain },
    { weight: 30, arbitrary: picked },
    { weight: 1, arbitrary: burst },
  ),
  {
    minLength: 1,
    maxLength: 80,
  },
);

class Scene {
  readonly time = new Time();
  readonly server = new Server(this.time);
  readonly me: Account = this.server.account("ann");
  readonly other: Account = this.server.account("ben");
  readonly id = this.server.open(this.me, this.other).id;
  readonly flight: Action[] = [];
  state: State = INITIAL;
  private made = 0;
  private readonly revs = new Map<number, number>();

  constructor() {
    this.server.unfolded = 3;
    this.server.listeners.set(
      this.me.id,
      new Set([(event: unknown) => this.flight.push(this.entryOf(event as never))]),
    );
    this.begin();
  }

  take(action: Action): void {
    this.state = reduce(this.state, action);
    // Its timer is due at once where something comes late.
    this.state = reduce(this.state, { type: "vanish", now: this.time.now });
    this.holds();
  }

  do(step: Step): void {
    this.time.now += 1000;
    switch (step.do) {
      case "burst":
        for (let i = 0; i <= FAR_BEHIND; i++) {
          this.server.write(this.id, { kind: "message", from: this.other.id, text: "more" });
          this.flight.pop();
        }
        break;
      case "other":
        this.server.write(this.id, {
          kind: "message",
          from: this.other.id,
          text: `ben ${String(this.made++)}`,
        });
        break;
      case "own":
        this.sendOne();
        break;
      case "elsewhere":
        this.server.append(this.me.id, this.id, this.clientId(), `far ${String(this.made)}`);
        break;
      case "members":
        this.server.write(this.id, { kind: "members", from: this.me.id, members: [], left: [] });
        break;
      case "retention":
        this.server.retain(this.id, this.other.id, this.clientId(), this.made % 2);
        break;
      case "day":
        this.time.now += 25 * 60 * 60_000;
        break;
      case "edit":
      case "unsend":
        this.change(step.do, step.pick);
        break;
      case "read":
        this.read(step.pick);
        break;
      case "newer":
        this.ask(this.log.from === 0 ? { part: "newest" } : { part: "after", after: this.log.to });
        break;
      case "older":
        this.ask(this.log.from > 1 ? { part: "older", before: this.log.from } : { part: "newest" });
        break;
      case "row":
        this.flight.push({ type: "row", row: this.server.row(this.id, this.me.id) });
        break;
      case "reload":
        this.reload();
        break;
      case "land":
      case "double":
      case "lose":
        this.land(step.do, step.pick);
        break;
    }
  }

  /// What a client does about a gap and about messages without an answer, until all is calm.
  finish(): void {
    this.server.unfolded = 3;
    for (const action of this.flight.splice(0).reverse()) {
      this.take(action);
    }
    this.take({ type: "row", row: this.server.row(this.id, this.me.id) });
    for (const entry of this.state.outbox) {
      this.post(entry);
      this.flight.splice(0).forEach((action) => this.take(action));
    }
    if (this.log.from === 0) {
      this.take(this.page({ part: "newest" }));
    }
    for (let i = 0; i < 100 && this.log.to < this.log.heard; i++) {
      this.take(this.page({ part: "after", after: this.log.to }));
    }
    // The one look that edits in the newest page call for: see `Sync.loadNewest`.
    this.take(this.page({ part: "after", after: this.log.from - 1 }));
    for (let i = 0; i < 100 && this.log.from > 1; i++) {
      this.take(this.page({ part: "older", before: this.log.from }));
    }
  }

  get log(): NonNullable<ReturnType<State["conversations"]["get"]>>["log"] {
    const it = this.state.conversations.get(this.id);
    if (it === undefined) {
      throw new Error("the conversation is gone");
    }
    return it.log;
  }

  /// The messages that are still there.
  get messages(): MessageEntry[] {
    return this.server.messages(this.id).filter((message) => !this.server.isOver(message));
  }

  /// Always: in order, nothing twice, nothing missing within what is here.
  private holds(): void {
    const it = this.state.conversations.get(this.id);
    if (it === undefined) {
      return;
    }
    const { log } = it;
    const seqs = log.items.filter((item) => item.kind === "message").map((item) => item.seq);
    const real = this.messages.map((message) => message.seq);
    expect(seqs).toEqual(real.filter((seq) => seq >= log.from && seq <= log.to));
    for (const item of log.items) {
      const rev = item.kind === "message" ? (item.rev ?? 0) : 0;
      // What was edited is never seen as it was before.
      expect(rev).toBeGreaterThanOrEqual(this.revs.get(item.seq) ?? 0);
      this.revs.set(item.seq, rev);
    }
    const onTheWay = this.state.outbox.map((entry) => entry.key);
    expect(new Set(onTheWay).size).toBe(onTheWay.length);
  }

  private begin(): void {
    this.state = reduce(this.state, {
      type: "session",
      session: { state: "signed-in", account: this.me, confirmed: true },
    });
    this.state = reduce(this.state, { type: "row", row: this.server.row(this.id, this.me.id) });
  }

  private sendOne(): void {
    const key = `key ${String(this.made)}`;
    const entry: OutboxEntry = {
      ...{ key, place: this.id, text: `ann ${String(this.made)}`, writtenAt: this.time.now },
      ...{
        order: this.made,
        clientId: this.clientId(),
        unsure: true,
        status: { state: "sending" },
      },
    };
    this.take({ type: "outbox", entry });
    this.post(entry);
  }

  private post({ key, clientId, text }: OutboxEntry): void {
    const { body } = this.server.append(this.me.id, this.id, clientId ?? "", text);
    this.flight.push({
      ...{ type: "sent", key, conversation: this.id, entry: body as MessageEntry },
    });
  }

  private change(kind: "edit" | "unsend", pick: number): void {
    const messages = this.server.messages(this.id);
    const target = messages[pick % Math.max(1, messages.length)];
    if (target !== undefined) {
      const from = target.from;
      const text = kind === "edit" ? { text: `again ${String(this.made++)}` } : {};
      this.server.write(this.id, { kind, from, target: target.seq, ...text });
    }
  }

  private read(pick: number): void {
    const length = this.server.conversations.get(this.id)?.log.length ?? 0;
    if (length > 0) {
      this.server.markRead(this.id, this.me.id, 1 + (pick % length));
    }
  }

  private ask(asked: PageAsked): void {
    this.flight.push(this.page(asked));
  }

  private page(asked: PageAsked): Action {
    const query = new URLSearchParams({ limit: "7" });
    if (asked.part === "older") {
      query.set("before", String(asked.before));
    } else if (asked.part === "after") {
      query.set("after", String(asked.after));
      query.set("limit", "100");
    }
    const page = this.server.history(this.id, this.me.id, query).body as HistoryPage;
    return { type: "page", conversation: this.id, asked, page };
  }

  /// What is kept is all that is left; what was in flight still lands, as after a tab was restored.
  private reload(): void {
    const { conversations, outbox, drafts, inbox } = this.state;
    const kept = {
      account: this.me,
      rows: [...conversations.values()].map((it) => it.row),
      logs: new Map([...conversations].map(([id, it]) => [id, it.log])),
      ...{ outbox, drafts, inbox },
    };
    this.state = INITIAL;
    this.begin();
    this.take({ type: "kept", kept });
  }

  private land(how: "land" | "double" | "lose", pick: number): void {
    const index = pick % Math.max(1, this.flight.length);
    const action = this.flight[index];
    if (action === undefined) {
      return;
    }
    // A message of one's own is tried until it is answered: only its answer can be lost, not it.
    if (how !== "double") {
      this.flight.splice(index, 1);
    }
    if (how !== "lose") {
      this.take(action);
    }
  }

  private clientId(): string {
    return uuid7(this.time.now, new Uint8Array(16).fill(this.made++ % 256));
  }

  private entryOf(event: {
    type: string;
    conversation: string;
    entry: Entry;
    seq: number;
    unread: number;
    row: ReturnType<Server["row"]>;
  }): Action {
    const { conversation, entry, row, seq, unread } = event;
    return event.type === "read"
      ? { type: "read", conversation, seq, unread }
      : { type: "entry", conversation, entry, row };
  }
}

test("whatever the order, it ends as the log", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const scene = new Scene();
      all.forEach((step) => scene.do(step));
      scene.finish();
      const { server, id, me, state, log } = scene;
      const drawn = log.items.filter((it) => it.kind === "message");
      expect(drawn.map(textOf)).toEqual(scene.messages.map(textOf));
      const members = server.conversations.get(id)?.log.filter((it) => it.kind === "members");
      const first = drawn[0]?.seq ?? Infinity;
      const late = log.items.filter((it) => it.kind === "members").map((it) => it.seq);
      expect(members?.map((it) => it.seq)).toEqual(expect.arrayContaining(late));
      expect(late.length <= (members?.length ?? 0) && first > 0).toBe(true);
      expect(state.outbox).toEqual([]);
      const row = state.conversations.get(id)?.row;
      const real = server.row(id, me.id);
      expect(row?.last?.seq).toBe(real.last?.seq);
      expect(row?.last?.text).toBe(real.last?.text);
      expect(row?.last?.vanished).toBe(real.last?.vanished);
      expect(row?.retentionDays).toBe(real.retentionDays);
      expect(row?.readSeq).toBe(real.readSeq);
      expect(row?.unread).toBe(real.unread);
    }),
    runs(400),
  );
});

test("a message of one's own is on the screen in every moment, once", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const scene = new Scene();
      for (const step of all) {
        const before = scene.state.outbox;
        scene.do(step);
        for (const { key, clientId } of before) {
          const isWaiting = scene.state.outbox.some((it) => it.key === key);
          const isHere = scene.log.items.some(
            (it) => it.kind === "message" && it.clientId === clientId,
          );
          // Only a log that begins anew, far behind, takes one off the screen: it is further up.
          const stored = scene.server.messages(scene.id).find((it) => it.clientId === clientId);
          const isFurtherUp = !isWaiting && (stored?.seq ?? Infinity) < scene.log.from;
          const hasVanished = stored !== undefined && scene.server.isOver(stored);
          expect(isWaiting !== isHere || isFurtherUp || hasVanished).toBe(true);
        }
      }
      const shown = inboxItems(scene.state);
      expect(shown.length).toBeLessThanOrEqual(1);
    }),
    runs(200),
  );
});

test("a row never goes back behind what is known to be read", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const scene = new Scene();
      let readSeq = 0;
      for (const step of all) {
        scene.do(step);
        const row = scene.state.conversations.get(scene.id)?.row;
        expect(row?.readSeq).toBeGreaterThanOrEqual(readSeq);
        readSeq = row?.readSeq ?? 0;
      }
    }),
    runs(100),
  );
});

function textOf(message: MessageEntry): string {
  return `${message.seq} ${message.from} ${message.unsent === true ? "(unsent)" : (message.text ?? "")}`;
}
