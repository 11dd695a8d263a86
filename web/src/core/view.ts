/// How selectors work out what a screen shows. Kept apart from the types that screens read.
import { isLoaded, isShort } from "./log";
import type {
  Conversation,
  Folder,
  LogItem,
  MessageEntry,
  OutboxEntry,
  Participant,
  Place,
  State,
} from "./model";
import { myId } from "./reduce";
import { changesIn } from "./pending";
import { resolvePlace } from "./place";
import type { ConversationView, InboxItem, Line, Mark, MessageView, Preview } from "./select";

type ChangeEntry = NonNullable<ReturnType<ReturnType<typeof changesIn>["get"]>>;

/// How far apart two messages of one group are, at most.
export const GROUP_MILLIS = 5 * 60 * 1000;

export function computeInbox(state: State, folder: Folder): readonly InboxItem[] {
  const me = myId(state);
  const items: InboxItem[] = [];
  for (const { id, row } of state.conversations.values()) {
    const waiting = newestWaiting(state.outbox, id);
    const at = row.last === null ? waiting?.writtenAt : Date.parse(row.last.at);
    // What one has just written shows at once, wherever it was before.
    const isMoved = waiting !== null && folder === "inbox" && row.folder !== "archive";
    const isHere = row.folder === folder && isWithin(state, folder, row.last?.at ?? "");
    if (at === undefined || !(isHere || isMoved)) {
      continue;
    }
    const person = row.participants[0];
    const change = changesIn(state, id).get(row.last?.seq ?? 0);
    items.push({
      place: id,
      person: (person && state.people.get(person.id)) ?? person ?? { id: "" },
      at,
      preview: waiting === null ? changedPreview(stored(row.last, me), change) : unsent(waiting),
      unread: row.unread,
      muted: row.muted,
      draft: state.drafts.get(id) ?? null,
    });
  }
  // A first message that is still on its way to somebody.
  for (const place of folder === "inbox" ? new Set(state.outbox.map((it) => it.place)) : []) {
    const waiting = newestWaiting(state.outbox, place);
    if (place.startsWith("@") && waiting !== null) {
      items.push({
        place,
        person: personOf(state, place),
        at: waiting.writtenAt,
        preview: unsent(waiting),
        unread: 0,
        muted: false,
        draft: state.drafts.get(place) ?? null,
      });
    }
  }
  // As the server orders them: by time, and by id where times are the same.
  return items.sort((a, b) => b.at - a.at || (a.place < b.place ? 1 : -1));
}

export function computeView(state: State, place: Place): ConversationView {
  const conversation = resolvePlace(state, place);
  const opening = state.openings.get(place);
  const failed = opening?.state === "failed" ? opening.problem : null;
  const id = conversation?.id ?? null;
  const waiting = state.outbox.filter(
    (it) => (it.place === place || it.place === id) && it.change === undefined,
  );
  const lines = linesOf(state, conversation, waiting);
  if (conversation === null) {
    return {
      place,
      id: null,
      person: place.startsWith("@") ? personOf(state, place) : null,
      lines,
      complete: false,
      loaded: false,
      reaching: false,
      newer: opening?.state === "opening" ? "loading" : "idle",
      older: "idle",
      newestSeq: 0,
      unread: 0,
      firstContact: true,
      row: null,
      blocked: false,
      problem: failed,
    };
  }
  const { row, log } = conversation;
  const person = row.participants[0];
  const others = new Set(log.items.map((it) => it.from));
  return {
    place,
    id,
    person: (person && state.people.get(person.id)) ?? person ?? null,
    lines,
    complete: log.from === 1,
    loaded: isLoaded(log),
    reaching: isShort(log, conversation.divider) && typeof conversation.older !== "object",
    newer: conversation.newer,
    older: conversation.older,
    newestSeq: log.to,
    unread: row.unread,
    firstContact: log.from <= 1 && others.size < 2,
    row,
    blocked: person !== undefined && state.blocked?.has(person.id) === true,
    problem: typeof conversation.newer === "object" ? conversation.newer.problem : failed,
  };
}

function linesOf(
  state: State,
  conversation: Conversation | null,
  waiting: readonly OutboxEntry[],
): readonly Line[] {
  const lines: Line[] = [];
  const items: (LogItem | OutboxEntry)[] = [...(conversation?.log.items ?? []), ...waiting];
  const times = items.map(timeOf);
  const days = dayOfEach(times);
  const divided = conversation === null ? -1 : dividedAt(conversation, state);
  const changes = changesIn(state, conversation?.id ?? null);
  const isTogether = (a: number, b: number): boolean => {
    const [one, other] = [items[a], items[b]];
    return (
      one !== undefined &&
      other !== undefined &&
      b !== divided &&
      days[a] === days[b] &&
      (times[b] ?? 0) - (times[a] ?? 0) <= GROUP_MILLIS &&
      senderOf(state, one) === senderOf(state, other)
    );
  };
  for (const [index, item] of items.entries()) {
    const at = times[index] ?? 0;
    const day = days[index] ?? 0;
    if (index === 0 || day !== days[index - 1]) {
      lines.push({ kind: "day", key: `day ${day}`, at });
    }
    if (index === divided) {
      lines.push({ kind: "unread", key: "unread" });
    }
    const first = !isTogether(index - 1, index);
    const last = !isTogether(index, index + 1);
    if ("key" in item) {
      lines.push({
        kind: "message",
        key: item.key,
        message: waitingView(state, item, first, last),
      });
    } else if (item.kind === "members") {
      lines.push({ kind: "members", key: `members ${item.seq}`, entry: item, at });
    } else if (item.kind === "retention") {
      lines.push({ kind: "retention", key: `retention ${item.seq}`, entry: item, at });
    } else {
      const stored = storedView(state, item, first, last);
      const message = changedView(stored, changes.get(item.seq));
      lines.push({ kind: "message", key: keyOf(state, item), message });
    }
  }
  return lines;
}

/// The place of the first message that was unread; -1 for none, or as long as it may lie further up.
function dividedAt({ divider, log }: Conversation, state: State): number {
  if (divider === null) {
    return -1;
  }
  const me = myId(state);
  let first = log.from <= divider.after + 1 ? 0 : -1;
  for (const [index, item] of log.items.entries()) {
    if (item.seq <= divider.after || (item.seq <= divider.until && item.from === me)) {
      first = index + 1;
    }
  }
  while (first >= 0 && first < log.items.length && log.items[first]?.kind !== "message") {
    first++;
  }
  return first < log.items.length ? first : -1;
}

/// The beginning of the day of each time, where this person is. Asks the calendar once a day, not
/// once a message.
function dayOfEach(times: readonly number[]): readonly number[] {
  let start = 0;
  let end = 0;
  return times.map((time) => {
    if (time < start || time >= end) {
      const day = new Date(time);
      start = day.setHours(0, 0, 0, 0);
      end = day.setDate(day.getDate() + 1);
    }
    return start;
  });
}

/// Views of stored messages by the entry they show, so that what did not change is the same object.
const views = new WeakMap<MessageEntry, MessageView>();

function storedView(state: State, entry: MessageEntry, first: boolean, last: boolean): MessageView {
  const author = state.people.get(entry.from) ?? null;
  const own = entry.from === myId(state);
  const known = views.get(entry);
  if (
    known?.first === first &&
    known.last === last &&
    known.author === author &&
    known.own === own
  ) {
    return known;
  }
  const view: MessageView = {
    seq: entry.seq,
    from: entry.from,
    author,
    own,
    at: Date.parse(entry.at),
    text: entry.text ?? null,
    edited: entry.rev !== undefined && entry.unsent !== true,
    first,
    last,
    mark: own ? "stored" : null,
    outboxKey: null,
    change: null,
    problem: null,
  };
  views.set(entry, view);
  return view;
}

function waitingView(state: State, entry: OutboxEntry, first: boolean, last: boolean): MessageView {
  const me = myId(state) ?? "";
  return {
    seq: entry.status.state === "sent" ? entry.status.seq : null,
    from: me,
    author: state.people.get(me) ?? null,
    own: true,
    at: entry.writtenAt,
    text: entry.text,
    edited: false,
    first,
    last,
    mark: markOf(entry),
    outboxKey: entry.key,
    change: null,
    problem: entry.status.state === "failed" ? entry.status.problem : null,
  };
}

/// A stored message as one wants it: an edit shows at once, and so does an unsend, unless it failed.
function changedView(view: MessageView, entry: ChangeEntry | undefined): MessageView {
  if (entry === undefined || (view.text === null && entry.status.state !== "failed")) {
    return view;
  }
  const isFailed = entry.status.state === "failed";
  const { kind } = entry.change;
  return {
    ...view,
    text: view.text === null || (kind === "unsend" && isFailed) ? view.text : changedText(entry),
    edited: view.edited || kind === "edit",
    mark: markOf(entry),
    outboxKey: entry.key,
    change: kind,
    problem: entry.status.state === "failed" ? entry.status.problem : null,
  };
}

function changedPreview(preview: Preview, entry: ChangeEntry | undefined): Preview {
  if (entry === undefined || preview.text === null || entry.status.state === "failed") {
    return preview;
  }
  return { ...preview, text: changedText(entry) };
}

function changedText({ change, text }: ChangeEntry): string | null {
  return change.kind === "edit" ? text : null;
}

/// Null for what is no message.
function senderOf(state: State, item: LogItem | OutboxEntry): string | null {
  if ("key" in item) {
    return myId(state);
  }
  return item.kind === "message" ? item.from : null;
}

function timeOf(item: LogItem | OutboxEntry): number {
  return "key" in item ? item.writtenAt : Date.parse(item.at);
}

function keyOf(state: State, item: MessageEntry): string {
  const kept = item.clientId === undefined ? undefined : state.keys.get(item.clientId);
  return kept ?? `message ${item.seq}`;
}

function newestWaiting(outbox: readonly OutboxEntry[], place: Place): OutboxEntry | null {
  return outbox.findLast((it) => it.place === place && it.change === undefined) ?? null;
}

function stored(last: Conversation["row"]["last"], me: string | null): Preview {
  const vanished = last?.vanished === true;
  const own = last?.from === me && !vanished;
  return { own, text: last?.text ?? null, vanished, mark: own ? "stored" : null };
}

function unsent(entry: OutboxEntry): Preview {
  return { own: true, text: entry.text, vanished: false, mark: markOf(entry) };
}

function markOf(entry: OutboxEntry): Mark {
  switch (entry.status.state) {
    case "failed":
      return "failed";
    case "sent":
      return "stored";
    case "queued":
    case "sending":
      return "sending";
  }
}

function isWithin(state: State, folder: Folder, at: string): boolean {
  const { floor, complete } = folder === "archive" ? state.archive : state.inbox;
  return complete || floor === null || at >= floor.at;
}

function personOf(state: State, place: Place): Participant {
  const handle = place.slice(1);
  for (const account of state.people.values()) {
    if (account.handle === handle) {
      return account;
    }
  }
  return { id: "", handle, displayName: handle };
}
