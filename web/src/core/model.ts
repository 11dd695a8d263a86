/// What the client knows: the types of its state. Plain data, never changed in place.
import type { components } from "../../target/generated/schema";

type Schemas = components["schemas"];

/// `c-…`, as the server names it.
export type ConversationId = string;
/// `u-…`, as the server names it.
export type AccountId = string;

/// Where one writes: a conversation by its id, or a person by `@handle` as long as it is not known
/// which conversation that is. What is under `@handle` (draft, unsent messages) moves to the
/// conversation when it opens.
export type Place = string;

export type Account = Schemas["Account"];
export type Participant = Schemas["Participant"];
export type Erasure = Schemas["ErasureAsked"];
export type ErasureStatus = Schemas["ErasureStatus"];
/// How far the archive of what is held of one is. `link` fetches it, once: null where it was asked
/// for in another browser.
export type ExportProgress = Schemas["ExportStatus"] & { readonly link: string | null };
export type ReportReason = Schemas["NewReport"]["reason"];
export type Config = Schemas["Config"];
export type Row = Schemas["Conversation"];
export type LastMessage = Schemas["LastMessage"];
export type Entry = Schemas["Item"];
export type MessageEntry = Schemas["Message"];
export type MembersEntry = Schemas["MembersChange"];
export type RetentionEntry = Schemas["Retention"];
/// What is drawn of a log.
export type LogItem = MessageEntry | MembersEntry | RetentionEntry;
/// What somebody writes: a message, or a change of one of their own.
export type WrittenEntry = MessageEntry | Schemas["Edit"] | Schemas["Unsend"];
export type FieldError = Schemas["FieldError"];

/// Why something was not done. `code` is the server's, or one of this client's own: `offline` (no
/// answer at all), `timeout`, `unreadable` (an answer that is none of Parley's), `not_kept` (this
/// browser's storage is full or refuses).
export interface Problem {
  readonly code: string;
  readonly status: number;
  /// For people, in the server's words; empty for this client's own codes.
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /// Seconds to wait, where the server said so.
  readonly retryAfter: number | null;
  /// When that is over, in the server's time.
  readonly retryAt: number | null;
  readonly requestId: string | null;
}

/// A value, or why there is none.
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/// Why nobody is here. `erased`: the account is gone, and not only the session.
export type SignedOut = "never" | "signed-out" | "expired" | "erased";

/// Who is here. `signed-in` is `confirmed` once the server said so; before that, it is what this
/// browser remembers, and shows while it asks or is offline.
export type Session =
  | { readonly state: "starting" }
  | { readonly state: "signed-out"; readonly why: SignedOut }
  | { readonly state: "signed-in"; readonly account: Account; readonly confirmed: boolean };

/// How it stands with live events. `retryAt` is by this machine's clock. Show a banner for `waiting` and `offline`, after a moment;
/// `stopped` means too many connections: only `retryConnection` brings it back.
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "online" }
  | { readonly state: "waiting"; readonly retryAt: number }
  | { readonly state: "offline" }
  | { readonly state: "stopped" };

/// Something that loads in steps.
export type Loading = "idle" | "loading" | { readonly problem: Problem };

/// One conversation's log as far as it is here: every number from `from` to `to`, without a gap.
/// `to` is 0 as long as nothing is here. What stands in `items` is drawn: messages as they are now,
/// changes of members, words on how long messages are kept. Edits are not drawn, they are in the messages.
export interface Log {
  readonly from: number;
  readonly to: number;
  readonly items: readonly LogItem[];
  /// Edits of messages that are not here yet, by the message's number.
  readonly amendments: ReadonlyMap<number, Amendment>;
  /// The greatest number that anybody spoke of. Beyond `to`, there is something to ask for.
  readonly heard: number;
}

export interface Amendment {
  readonly rev: number;
  /// Null when it was unsent.
  readonly text: string | null;
}

export interface Conversation {
  readonly id: ConversationId;
  readonly row: Row;
  readonly log: Log;
  /// The newest page or what follows it.
  readonly newer: Loading;
  readonly older: Loading;
  /// What was unread when it was opened, for the divider: what others wrote from behind `after` on,
  /// or from behind one's own last message up to `until`. Null for nothing.
  readonly divider: { readonly after: number; readonly until: number } | null;
}

/// `sent` stays until the log has it, so that it never flickers.
export type OutboxState =
  | { readonly state: "queued" }
  | { readonly state: "sending" }
  | { readonly state: "failed"; readonly problem: Problem }
  | { readonly state: "sent"; readonly seq: number };

/// What is to become of a message that is stored, by its number.
export interface Change {
  readonly kind: "edit" | "unsend";
  readonly target: number;
}

/// A message of one's own that is on its way, or a change of one.
export interface OutboxEntry {
  /// Names it in this browser, from the first keystroke of its life to the last.
  readonly key: string;
  readonly place: Place;
  /// Exactly what will be stored.
  readonly text: string;
  /// Left out for a message; empty text for an unsend.
  readonly change?: Change;
  /// When it was written, in the server's time as far as it was known.
  readonly writtenAt: number;
  /// Messages of one place leave in this order.
  readonly order: number;
  /// Null until its first attempt: it carries the server's time.
  readonly clientId: string | null;
  /// Whether an attempt may have been stored without an answer.
  readonly unsure: boolean;
  readonly status: OutboxState;
}

/// A person that one wants to write to, before the conversation is known.
export type Opening =
  | { readonly state: "opening" }
  | { readonly state: "waiting" }
  | { readonly state: "open"; readonly conversation: ConversationId }
  | { readonly state: "failed"; readonly problem: Problem };

export interface Inbox {
  /// How far down it is loaded: rows from here on are complete. Null for not at all.
  readonly floor: { readonly at: string; readonly id: ConversationId } | null;
  /// What to ask for next. Null on the last page.
  readonly next: string | null;
  readonly complete: boolean;
  readonly loading: Loading;
}

/// Where a conversation is listed.
export type Folder = "inbox" | "archive" | "requests";

export interface State {
  readonly session: Session;
  readonly config: Config | null;
  readonly connection: Connection;
  /// The conversation on the screen, null for none.
  readonly open: Place | null;
  readonly conversations: ReadonlyMap<ConversationId, Conversation>;
  /// By `@handle`.
  readonly openings: ReadonlyMap<Place, Opening>;
  /// What lists inbox and requests together.
  readonly inbox: Inbox;
  readonly archive: Inbox;
  /// Whom one has blocked. Null as long as nobody asked.
  readonly blocked: ReadonlyMap<AccountId, Participant> | null;
  readonly people: ReadonlyMap<AccountId, Account>;
  /// In the order of `order`.
  readonly outbox: readonly OutboxEntry[];
  /// The key of the outbox entry that a message was, by its clientId: lines keep their key.
  readonly keys: ReadonlyMap<string, string>;
  readonly drafts: ReadonlyMap<Place, string>;
  /// Milliseconds to add to this machine's clock to have the server's. Null as long as unknown.
  readonly clockOffset: number | null;
}
