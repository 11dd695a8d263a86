/// What screens show, worked out from the state. Pure, and cheap to call on every change.
import type {
  Account,
  AccountId,
  ConversationId,
  Folder,
  Loading,
  MembersEntry,
  RetentionEntry,
  Participant,
  Place,
  Problem,
  Row,
  State,
} from "./model";
import { Memory } from "./memory";
import { resolvePlace } from "./place";
import { computeInbox, computeView } from "./view";

export { resolvePlace } from "./place";
export { codePoints } from "./text";
export { GROUP_MILLIS } from "./view";

const inboxes = new Memory<readonly InboxItem[]>(3);
const views = new Memory<ConversationView>(8);

/// Conversations that count for the number in the title.
export const COUNTED_CONVERSATIONS = 100;

/// One line of the inbox.
export interface InboxItem {
  /// Where it leads: a conversation, or `@handle` for a first message that is still on its way.
  readonly place: Place;
  /// The other person. Handle and name are missing when the account is no longer there.
  readonly person: Participant;
  /// When its newest message was sent, in milliseconds.
  readonly at: number;
  /// The newest message or, after it, the newest unsent one of one's own.
  readonly preview: Preview;
  readonly unread: number;
  /// Whether it calls for no attention.
  readonly muted: boolean;
  readonly draft: string | null;
}

export interface Preview {
  readonly own: boolean;
  /// Null for a message that was unsent, or has vanished.
  readonly text: string | null;
  readonly vanished: boolean;
  readonly mark: Mark | null;
}

/// The state of a message of one's own.
export type Mark = "sending" | "stored" | "failed";

/// What a conversation's screen shows, from top to bottom.
export interface ConversationView {
  readonly place: Place;
  /// Null as long as it is only a person.
  readonly id: ConversationId | null;
  readonly person: Participant | null;
  readonly lines: readonly Line[];
  /// Whether the beginning of the conversation is here.
  readonly complete: boolean;
  /// Whether anything of the log is here (else skeletons, after 150 ms).
  readonly loaded: boolean;
  /// Where new begins is on its way: what is here is not yet where one starts to read.
  readonly reaching: boolean;
  readonly newer: Loading;
  readonly older: Loading;
  /// Greatest number that is here, for `markSeen`.
  readonly newestSeq: number;
  readonly unread: number;
  /// Whether it is a first contact: nobody but oneself or nobody at all has written.
  readonly firstContact: boolean;
  /// What one has decided about it. Null as long as it is only a person.
  readonly row: Row | null;
  /// Whether one has blocked the other one.
  readonly blocked: boolean;
  readonly problem: Problem | null;
}

/// `key` is stable while a message goes from the outbox to the log.
export type Line =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "unread"; readonly key: string }
  | { readonly kind: "message"; readonly key: string; readonly message: MessageView }
  | {
      readonly kind: "members";
      readonly key: string;
      readonly entry: MembersEntry;
      readonly at: number;
    }
  | {
      readonly kind: "retention";
      readonly key: string;
      readonly entry: RetentionEntry;
      readonly at: number;
    };

export interface MessageView {
  /// Null as long as it is on its way.
  readonly seq: number | null;
  readonly from: AccountId;
  readonly author: Account | null;
  readonly own: boolean;
  readonly at: number;
  /// Null for a message that was unsent.
  readonly text: string | null;
  readonly edited: boolean;
  /// First and last of a group: the same person, within five minutes, on the same day.
  readonly first: boolean;
  readonly last: boolean;
  readonly mark: Mark | null;
  /// With `failed`: why, and what to name in `retry` and `discard`.
  readonly outboxKey: string | null;
  /// What is on its way for a message that is stored.
  readonly change: "edit" | "unsend" | null;
  readonly problem: Problem | null;
}

/// What one may do with a message now: unsend one's own at any time, edit it for a while. `now` is by
/// this machine's clock.
export function mayChange(
  state: State,
  message: MessageView,
  now: number,
): { readonly edit: boolean; readonly unsend: boolean } {
  const isStored = message.own && message.seq !== null && message.text !== null;
  const isFree = isStored && (message.outboxKey === null || message.change !== null);
  const seconds = state.config?.limits.editSeconds ?? 0;
  const age = now + (state.clockOffset ?? 0) - message.at;
  return { edit: isFree && age < seconds * 1000, unsend: isFree };
}

/// Own messages that are not stored yet: what a sign-out would lose.
export function unsentCount(state: State): number {
  return state.outbox.filter((entry) => entry.status.state !== "sent").length;
}

/// Why what one wrote here did not go out, if that is because one has written to as many strangers as
/// one may today.
export function strangersProblem(state: State, place: Place): Problem | null {
  const { status } =
    state.outbox.findLast((it) => it.place === place && it.status.state === "failed") ?? {};
  return status?.state === "failed" && status.problem.code === "too_many_strangers"
    ? status.problem
    : null;
}

/// A folder as far as it is loaded, newest first.
export function inboxItems(state: State, folder: Folder = "inbox"): readonly InboxItem[] {
  const { conversations, inbox, archive, outbox, drafts, people, session } = state;
  const of = [conversations, inbox, archive, outbox, drafts, people, session];
  return inboxes.recall(folder, of, () => computeInbox(state, folder));
}

/// Unread messages in the newest 100 conversations that are not muted, for title and favicon.
export function totalUnread(state: State): number {
  let total = 0;
  for (const item of inboxItems(state).slice(0, COUNTED_CONVERSATIONS)) {
    total += item.muted ? 0 : item.unread;
  }
  return total;
}

/// What the screen of a place shows. The same object as before as long as nothing in it changed.
export function conversationView(state: State, place: Place): ConversationView {
  const { openings, outbox, people, session, keys, blocked } = state;
  const conversation = resolvePlace(state, place);
  const of = [conversation, openings.get(place), outbox, people, session, keys, blocked];
  return views.recall(place, of, () => computeView(state, place));
}
