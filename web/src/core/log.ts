/// One conversation's log, put together from pages and single entries in whatever order they come.
///
/// The rule behind all of it: numbers have no gap, so what is here is one range, and an entry is
/// taken only at its edges. What lies further on is asked for again (`heard`), never guessed.
import type {
  Amendment,
  Conversation,
  Entry,
  Log,
  LogItem,
  MembersEntry,
  MessageEntry,
} from "./model";

/// A log that fell further behind than this begins anew with the newest page.
export const FAR_BEHIND = 200;

/// So far up one is taken to where new begins. Whoever missed more than that begins at the end.
export const UNREAD_REACH = 200;

export const EMPTY_LOG: Log = { from: 0, to: 0, items: [], amendments: new Map(), heard: 0 };

export function isLoaded(log: Log): boolean {
  return log.from > 0;
}

/// Whether what was unread when a conversation was opened begins further up than what is here, and
/// not too far.
export function isShort(log: Log, divider: Conversation["divider"]): boolean {
  return (
    divider !== null &&
    isLoaded(log) &&
    log.from > divider.after + 1 &&
    divider.until - divider.after <= UNREAD_REACH
  );
}

export function isBehind(log: Log): boolean {
  return isLoaded(log) && log.heard > log.to;
}

/// Says that there is an entry `seq`, wherever that was read.
export function hear(log: Log, seq: number): Log {
  return seq > log.heard ? { ...log, heard: seq } : log;
}

/// One entry by itself: a live event, or the answer to a message that was sent.
export function takeEntry(log: Log, entry: Entry): Log {
  const heard = hear(log, entry.seq);
  if (!isLoaded(log)) {
    return heard;
  }
  return entry.seq <= log.to + 1 ? append(heard, entry) : heard;
}

/// The answer to `?after=`: entries of every kind. Numbers that a page leaves out cannot be read by
/// anybody.
export function takeAfter(log: Log, after: number, items: readonly Entry[], lastSeq: number): Log {
  let next = hear(log, lastSeq);
  if (!isLoaded(log) || after > log.to) {
    return next;
  }
  for (const entry of items) {
    next = append(next, entry);
  }
  if (items.length === 0 && lastSeq > next.to) {
    next = { ...next, to: lastSeq };
  }
  return next;
}

/// The newest page. It has no edits among its items, so it never adds to the newer end of a log
/// that is here: `?after=` does.
export function takeNewest(
  log: Log,
  items: readonly Entry[],
  lastSeq: number,
  older: number | null,
): Log {
  const first = older ?? 1;
  if (!isLoaded(log) || lastSeq - log.to > FAR_BEHIND) {
    const begun: Log = { ...hear(log, lastSeq), from: lastSeq + 1, to: lastSeq, items: [] };
    return takeBefore(begun, first, lastSeq, items);
  }
  return takeBefore(hear(log, lastSeq), first, lastSeq, items);
}

/// The page before `before`.
export function takeOlder(
  log: Log,
  before: number,
  items: readonly Entry[],
  lastSeq: number,
  older: number | null,
): Log {
  return isLoaded(log)
    ? takeBefore(hear(log, lastSeq), older ?? 1, before - 1, items)
    : hear(log, lastSeq);
}

/// The log without what one has deleted for oneself: all up to `seq`, which comes no more.
export function withoutCleared(log: Log, seq: number): Log {
  const isBegun = log.from === 0 || log.from > seq + 1;
  if (seq === 0 || isBegun || (log.from === 1 && (log.items[0]?.seq ?? Infinity) > seq)) {
    return log;
  }
  return {
    ...log,
    from: 1,
    to: Math.max(log.to, seq),
    items: log.items.filter((it) => it.seq > seq),
    amendments: new Map(),
  };
}

/// The message with this number, if it is here.
export function messageAt(log: Log, seq: number): MessageEntry | null {
  const item = log.items[indexOf(log.items, seq)];
  return item?.seq === seq && item.kind === "message" ? item : null;
}

/// The newest message that is here.
export function newestMessage(log: Log): MessageEntry | null {
  for (let i = log.items.length - 1; i >= 0; i--) {
    const item = log.items[i];
    if (item?.kind === "message") {
      return item;
    }
  }
  return null;
}

/// All messages from `first` to `last`, and what was said of how long they are kept.
function takeBefore(log: Log, first: number, last: number, page: readonly Entry[]): Log {
  let next = log;
  for (const entry of page) {
    // One that is here already may have been edited since.
    if (entry.seq >= log.from && entry.seq <= log.to && entry.kind === "message") {
      next = renew(next, entry);
    }
  }
  if (first >= log.from || last < log.from - 1) {
    return next;
  }
  const amendments = new Map(next.amendments);
  const older: LogItem[] = [];
  for (const entry of page) {
    if (entry.kind === "retention" && entry.seq < log.from) {
      older.push(entry);
    } else if (entry.kind === "message" && entry.seq < log.from) {
      const amendment = amendments.get(entry.seq);
      amendments.delete(entry.seq);
      older.push(amendment === undefined ? entry : amended(entry, amendment));
    }
  }
  return { ...next, from: first, items: [...older, ...next.items], amendments };
}

/// The entry after the last one, or one that is here already.
function append(log: Log, entry: Entry): Log {
  const isNew = entry.seq > log.to;
  const next = isNew ? { ...log, to: entry.seq } : log;
  switch (entry.kind) {
    case "message":
      return isNew ? { ...next, items: [...next.items, entry] } : renew(next, entry);
    case "members":
      return isNew ? { ...next, items: [...withoutWords(next.items, entry), entry] } : next;
    case "retention":
      return isNew ? { ...next, items: [...next.items, entry] } : next;
    case "vanished":
      return isNew ? next : { ...next, items: next.items.filter((it) => it.seq !== entry.seq) };
    case "edit":
      return amend(next, entry.target, { rev: entry.seq, text: entry.text });
    case "unsend":
      return amend(next, entry.target, { rev: entry.seq, text: null });
    case "hidden":
    case "other":
    default:
      // Written by somebody whom one has blocked, or of a kind that this client does not know: its
      // number is all there is to it.
      return next;
  }
}

/// Whoever left without an account leaves no words behind.
function withoutWords(items: Log["items"], { left, seq }: MembersEntry): Log["items"] {
  return items.map((it) =>
    it.kind === "message" && left.includes(it.from) ? amended(it, { rev: seq, text: null }) : it,
  );
}

function renew(log: Log, entry: MessageEntry): Log {
  return entry.rev === undefined
    ? log
    : amend(log, entry.seq, { rev: entry.rev, text: entry.text ?? null });
}

function amend(log: Log, target: number, amendment: Amendment): Log {
  const index = indexOf(log.items, target);
  const item = log.items[index];
  if (item?.seq === target && item.kind === "message") {
    const changed = amended(item, amendment);
    return changed === item ? log : { ...log, items: log.items.with(index, changed) };
  }
  if (target >= log.from || (log.amendments.get(target)?.rev ?? 0) >= amendment.rev) {
    return log;
  }
  return { ...log, amendments: new Map(log.amendments).set(target, amendment) };
}

function amended(message: MessageEntry, amendment: Amendment): MessageEntry {
  if ((message.rev ?? 0) >= amendment.rev) {
    return message;
  }
  const { kind, seq, from, at, clientId, expiresAt } = message;
  return {
    ...{ kind, seq, from, at, rev: amendment.rev },
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(amendment.text === null ? { unsent: true } : { text: amendment.text }),
  };
}

/// Where `seq` is, or would be.
function indexOf(items: Log["items"], seq: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.seq ?? Infinity) < seq) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
