/// A small model of the server: the log, its rules for ids and numbers, rows worked out from it, and
/// events. What it answers has the shape of the contract.
import type { components } from "../../target/generated/schema";
import type { Account, Entry, MessageEntry, Row, WrittenEntry } from "../../src/core";
import { timeOf } from "../../src/core/uuid";
import type { Time } from "./time";

type Schemas = components["schemas"];

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

interface Conversation {
  readonly id: string;
  readonly members: readonly string[];
  readonly log: Entry[];
  readonly attempts: Map<string, WrittenEntry>;
  readonly read: Map<string, number>;
}

type Filed = Pick<Row, "folder" | "muted" | "clearedSeq">;

const DAY = 24 * 60 * 60_000;

export type Listener = (event: unknown) => void;

const MINUTE = 60_000;

export class Server {
  readonly accounts = new Map<string, Account>();
  readonly conversations = new Map<string, Conversation>();
  /// By account.
  readonly listeners = new Map<string, Set<Listener>>();
  private readonly filings = new Map<string, Filed>();
  inboxPage = 30;
  /// What was reported, each attempt.
  readonly reports: { readonly clientId: string; readonly seq: number; readonly reason: string }[] =
    [];
  /// How far the archive of whoever asks is.
  archive: Schemas["ExportStatus"] = { state: "none", done: 0, total: 0, parts: 0 };
  /// How many of the newest entries are not yet folded into the messages that they change.
  unfolded = 0;

  constructor(readonly time: Time) {}

  account(handle: string): Account {
    const id = `u-${handle.padEnd(26, "a")}`;
    const account = { id, handle, displayName: handle.toUpperCase() };
    this.accounts.set(id, account);
    return account;
  }

  open(a: Account, b: Account): Conversation {
    const id = `c-${[a.handle, b.handle].sort().join("").padEnd(26, "a")}`;
    const known = this.conversations.get(id);
    const made = known ?? {
      id,
      members: [a.id, b.id],
      log: [],
      attempts: new Map<string, WrittenEntry>(),
      read: new Map<string, number>(),
    };
    this.conversations.set(id, made);
    return made;
  }

  /// One conditional put at the next number, or the message that this attempt made before.
  append(
    from: string,
    id: string,
    clientId: string,
    text: string | null,
    target: number | null = null,
  ): Answer {
    const it = this.conversations.get(id);
    if (!it?.members.includes(from)) {
      return problem(404, "conversation_not_found");
    }
    const attempt = `${from} ${clientId}`;
    const earlier = it.attempts.get(attempt);
    if (earlier !== undefined) {
      return "text" in earlier && earlier.text !== text
        ? problem(409, "client_id_reused")
        : { status: 200, body: earlier };
    }
    const now = new Date(this.time.now).toISOString();
    if (timeOf(clientId) > this.time.now + MINUTE) {
      return { ...problem(422, "client_id_in_future", { now }) };
    }
    if (timeOf(clientId) < this.time.now - 7 * 24 * 60 * MINUTE) {
      return { ...problem(422, "client_id_expired", { now }) };
    }
    const message = this.messages(id).find((one) => one.seq === target);
    if (target !== null && (message?.from !== from || message.unsent === true)) {
      return problem(404, "message_not_found");
    }
    if (message !== undefined && text !== null && this.isLate(message)) {
      return problem(422, "edit_too_late");
    }
    const common = { seq: it.log.length + 1, from, at: now, clientId };
    const entry: WrittenEntry =
      target === null
        ? { kind: "message", ...common, text: text ?? "", ...this.ending(id) }
        : text === null
          ? { kind: "unsend", ...common, target }
          : { kind: "edit", ...common, target, text };
    it.attempts.set(attempt, entry);
    this.add(it, entry);
    return { status: 201, body: entry };
  }

  private isLate(message: MessageEntry): boolean {
    return this.time.now - Date.parse(message.at) > 24 * 60 * MINUTE;
  }

  /// An entry of any kind, by somebody who is not on this network.
  write(id: string, entry: Record<string, unknown>): void {
    const it = this.conversations.get(id);
    if (it !== undefined) {
      const at = new Date(this.time.now).toISOString();
      const ending = entry["kind"] === "message" ? this.ending(id) : {};
      this.add(it, { seq: it.log.length + 1, at, ...ending, ...entry } as unknown as Entry);
    }
  }

  /// Messages as they are now, with the text that the last edit gave them.
  messages(id: string, unfolded = 0): MessageEntry[] {
    const log = this.conversations.get(id)?.log ?? [];
    const changes = log
      .slice(0, Math.max(0, log.length - unfolded))
      .filter((it) => it.kind === "edit" || it.kind === "unsend");
    return log.flatMap((it) => {
      if (it.kind !== "message") {
        return [];
      }
      const change = changes.findLast((other) => other.target === it.seq);
      if (change === undefined) {
        return [it];
      }
      const rest: MessageEntry = { ...it };
      delete rest.text;
      return change.kind === "edit"
        ? [{ ...rest, text: change.text, rev: change.seq }]
        : [{ ...rest, unsent: true, rev: change.seq }];
    });
  }

  row(id: string, me: string): Row {
    const it = this.conversations.get(id);
    const { clearedSeq } = this.filed(id, me);
    const messages = this.messages(id).filter((message) => message.seq > clearedSeq);
    const last = messages.at(-1);
    const readSeq = it?.read.get(me) ?? 0;
    const own = messages.findLast((message) => message.from === me)?.seq ?? 0;
    const others = (it?.members ?? []).filter((member) => member !== me);
    return {
      id,
      kind: "direct",
      participants: others.flatMap((other) => this.accounts.get(other) ?? []),
      last:
        last === undefined
          ? null
          : {
              ...{ seq: last.seq, at: last.at, from: last.from },
              ...(this.isOver(last)
                ? { vanished: true }
                : last.text === undefined
                  ? { unsent: true }
                  : { text: last.text }),
              ...(last.expiresAt === undefined ? {} : { expiresAt: last.expiresAt }),
            },
      unread: messages.filter((m) => m.seq > Math.max(readSeq, own) && !this.isOver(m)).length,
      readSeq,
      ...this.filed(id, me),
      retentionDays: this.kept(id),
    };
  }

  /// For how many days messages are kept that are written now.
  private kept(id: string): number {
    const said = this.conversations.get(id)?.log.findLast((it) => it.kind === "retention");
    return said?.days ?? 0;
  }

  /// Lets messages from here on vanish.
  retain(id: string, from: string, clientId: string, days: number): Answer {
    const it = this.conversations.get(id);
    if (it === undefined) {
      return problem(404, "conversation_not_found");
    }
    const at = new Date(this.time.now).toISOString();
    const seq = it.log.length + 1;
    const entry = { kind: "retention" as const, seq, from, at, days, clientId };
    this.add(it, entry);
    return { status: 200, body: entry };
  }

  /// When a message vanishes that is written now.
  private ending(id: string): { expiresAt?: string } {
    const days = this.kept(id);
    return days === 0 ? {} : { expiresAt: new Date(this.time.now + days * DAY).toISOString() };
  }

  /// Whether an entry's time is over: only its number is shown.
  isOver(entry: Entry): boolean {
    return (
      entry.kind === "message" &&
      entry.expiresAt !== undefined &&
      Date.parse(entry.expiresAt) <= this.time.now
    );
  }

  /// What somebody decided about a conversation for themselves.
  filed(id: string, me: string): Filed {
    const known = this.filings.get(`${id} ${me}`);
    return known ?? { folder: "inbox", muted: false, clearedSeq: 0 };
  }

  file(id: string, me: string, change: Partial<Filed>): Answer {
    this.filings.set(`${id} ${me}`, { ...this.filed(id, me), ...change });
    const row = this.row(id, me);
    this.tell(me, { type: "conversation", row });
    return { status: 200, body: row };
  }

  inbox(
    me: string,
    cursor: string | null,
    folder: string | null = null,
  ): Schemas["ConversationsPage"] {
    const listed = folder === null ? ["inbox", "requests"] : [folder];
    const rows = [...this.conversations.values()]
      .filter((it) => it.members.includes(me) && it.log.length > 0)
      .map((it) => this.row(it.id, me))
      .filter((row) => listed.includes(row.folder ?? ""))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
    const rest = cursor === null ? rows : rows.filter((row) => keyOf(row) < cursor);
    const items = rest.slice(0, this.inboxPage);
    const last = items.at(-1);
    return { items, next: last !== undefined && rest.length > items.length ? keyOf(last) : null };
  }

  history(id: string, me: string, query: URLSearchParams): Answer {
    const it = this.conversations.get(id);
    if (!it?.members.includes(me)) {
      return problem(404, "conversation_not_found");
    }
    const limit = Number(query.get("limit") ?? 50);
    const after = query.get("after");
    const before = Number(query.get("before") ?? it.log.length + 1);
    const lastSeq = it.log.length;
    const strip = (entry: Entry): Entry =>
      this.isOver(entry) ? { kind: "vanished", seq: entry.seq } : this.as(entry, me);
    const { clearedSeq } = this.filed(id, me);
    if (after !== null) {
      const items = it.log.slice(Number(after), Number(after) + limit).map(strip);
      return { status: 200, body: { items, accounts: this.people(), lastSeq, older: null } };
    }
    const said = it.log.filter((entry) => entry.kind === "retention");
    const all = [...this.messages(id, this.unfolded), ...said]
      .filter((entry) => entry.seq < before && entry.seq > clearedSeq && !this.isOver(entry))
      .sort((a, b) => a.seq - b.seq);
    const items = all.slice(-limit);
    const older = all.length > items.length ? (items[0]?.seq ?? null) : null;
    const body = { items: items.map(strip), accounts: this.people(), lastSeq, older };
    return { status: 200, body };
  }

  markRead(id: string, me: string, seq: number): Answer {
    const it = this.conversations.get(id);
    if (!it?.members.includes(me)) {
      return problem(404, "conversation_not_found");
    }
    if (seq > it.log.length) {
      return problem(422, "read_beyond_last");
    }
    it.read.set(me, Math.max(seq, it.read.get(me) ?? 0));
    const { readSeq, unread } = this.row(id, me);
    this.tell(me, { type: "read", conversation: id, account: me, seq: readSeq, unread });
    return { status: 200, body: { readSeq, unread } };
  }

  handle(me: Account, method: string, path: string, query: URLSearchParams, body: unknown): Answer {
    const [, api, first, id = "", last, seq] = path.split("/");
    const given = (body ?? {}) as Record<string, unknown>;
    const route = `${method} ${api ?? ""}/${first ?? ""}${id === "" ? "" : "/{}"}${last === undefined ? "" : `/${last}`}${seq === undefined ? "" : "/{}"}`;
    switch (route) {
      case "GET api/config":
        return {
          status: 200,
          body: { limits: { textCodePoints: 2000, editSeconds: 86_400 }, signIn: [], demo: [] },
        };
      case "GET api/me":
        return { status: 200, body: me };
      case "GET api/me/{}":
        return { status: 200, body: this.archive };
      case "POST api/me/{}":
        this.archive = { state: "waiting", done: 0, total: 1, parts: 0 };
        return { status: 201, body: { link: "/api/exports/x-1" } };
      case "PUT api/conversations/{}/retention":
        return this.retain(id, me.id, String(given["clientId"]), Number(given["days"]));
      case "POST api/conversations/{}/reports":
        this.reports.push(given as unknown as Server["reports"][number]);
        return given["seq"] === 404
          ? problem(422, "nothing_to_report")
          : { status: 204, body: null };
      case "GET api/conversations":
        return {
          status: 200,
          body: this.inbox(me.id, query.get("cursor"), query.get("folder")),
        };
      case "POST api/conversations":
        return this.openFor(me, String((given["participants"] as string[] | undefined)?.[0]));
      case "GET api/conversations/{}":
        return this.conversations.get(id)?.members.includes(me.id) === true
          ? { status: 200, body: this.row(id, me.id) }
          : problem(404, "conversation_not_found");
      case "GET api/conversations/{}/messages":
        return this.history(id, me.id, query);
      case "POST api/conversations/{}/messages":
        return this.append(me.id, id, String(given["clientId"]), String(given["text"]));
      case "PATCH api/conversations/{}/messages/{}":
        return this.append(
          ...([me.id, id, String(given["clientId"]), String(given["text"]), Number(seq)] as const),
        );
      case "DELETE api/conversations/{}/messages/{}":
        return this.append(me.id, id, query.get("clientId") ?? "", null, Number(seq));
      case "PATCH api/conversations/{}":
        return this.file(id, me.id, given);
      case "DELETE api/conversations/{}":
        return this.file(id, me.id, { folder: null, clearedSeq: Number(query.get("upTo")) });
      case "GET api/blocks":
        return { status: 200, body: { items: [], next: null } };
      case "PUT api/blocks/{}":
      case "DELETE api/blocks/{}":
        this.tell(me.id, { type: "block", account: id, blocked: method === "PUT" });
        return { status: 204, body: null };
      case "PUT api/conversations/{}/read":
        return this.markRead(id, me.id, Number(given["seq"]));
      case "DELETE api/sessions/{}":
        return { status: 204, body: null };
      default:
        throw new Error(`the model knows no ${route}`);
    }
  }

  private openFor(me: Account, handle: string): Answer {
    const other = [...this.accounts.values()].find((it) => it.handle === handle);
    return other === undefined
      ? problem(422, "participant_unknown")
      : { status: 200, body: this.row(this.open(me, other).id, me.id) };
  }

  private add(it: Conversation, entry: Entry): void {
    it.log.push(entry);
    for (const member of it.members) {
      this.tell(member, {
        type: "message",
        conversation: it.id,
        entry: this.as(entry, member),
        row: this.row(it.id, member),
        accounts: this.people(),
      });
    }
  }

  private tell(account: string, event: unknown): void {
    for (const listener of this.listeners.get(account) ?? []) {
      listener(structuredClone(event));
    }
  }

  /// Others are not told the id that a sender gave.
  private as(entry: Entry, me: string): Entry {
    if (!("clientId" in entry) || entry.from === me) {
      return entry;
    }
    const rest = { ...entry };
    delete rest.clientId;
    return rest;
  }

  private people(): Record<string, Account> {
    return Object.fromEntries(this.accounts);
  }
}

export function problem(status: number, code: string, more: object = {}): Answer {
  return { status, body: { code, status, title: code, type: code, detail: code, ...more } };
}

function keyOf(row: Row): string {
  return `${row.last?.at ?? ""} ${row.id}`;
}
