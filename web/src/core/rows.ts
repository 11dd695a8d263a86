/// What the inbox says of a conversation, put together from rows, marks and the log, of which any
/// may be late.
import { isLoaded, newestMessage } from "./log";
import type { AccountId, LastMessage, Log, MessageEntry, Row } from "./model";

/// Characters of a preview, where the server has not said how many.
const PREVIEW_CODE_POINTS = 160;

/// The later of two rows. Marks never go back: an older mark in a later row is that of a server that
/// has not heard of the newer one.
export function laterRow(known: Row, came: Row): Row {
  const readSeq = Math.max(known.readSeq, came.readSeq);
  // What was deleted comes no more, so such a row is later whatever its last message is.
  const isLater =
    came.clearedSeq === known.clearedSeq
      ? (came.last?.seq ?? 0) >= (known.last?.seq ?? 0)
      : came.clearedSeq > known.clearedSeq;
  const base = isLater ? came : known;
  return {
    ...base,
    participants: came.participants,
    readSeq,
    unread: base.readSeq === readSeq ? base.unread : unreadAtMost(base, readSeq),
  };
}

/// Everything up to `seq` is read.
export function readUpTo(row: Row, seq: number, unread?: number): Row {
  if (seq <= row.readSeq) {
    return row;
  }
  const marked = { ...row, readSeq: seq };
  return { ...marked, unread: Math.min(unread ?? Infinity, unreadAtMost(marked, seq)) };
}

/// The row brought up to what the log knows: its newest message, and, where the log reaches back
/// far enough, exactly what is unread.
export function rowWithLog(row: Row, log: Log, me: AccountId): Row {
  const newest = newestMessage(log);
  let next = row;
  if (newest !== null && newest.seq >= (row.last?.seq ?? 0)) {
    const last = preview(newest);
    if (!sameLast(row.last, last)) {
      const isNew = newest.seq > (row.last?.seq ?? 0);
      next = { ...next, last, folder: isNew ? folderWith(row, newest, me) : row.folder };
    }
  }
  const days = newestRetention(log);
  if (days !== null && days !== next.retentionDays) {
    next = { ...next, retentionDays: days };
  }
  const unread = unreadInLog(log, next, me);
  return unread === null || unread === next.unread ? next : { ...next, unread };
}

/// The row after a message that this client knows to be stored, whether or not the log is here.
export function rowWithMessage(row: Row, entry: MessageEntry, me: AccountId): Row {
  if (entry.seq <= (row.last?.seq ?? 0)) {
    return row;
  }
  const unread = entry.from === me ? 0 : row.unread;
  return { ...row, last: preview(entry), unread, folder: folderWith(row, entry, me) };
}

/// Where a newer message finds a conversation, until the server's row says it: from the archive it
/// returns unless it is muted, and a request is accepted by an answer.
function folderWith(row: Row, entry: MessageEntry, me: AccountId): Row["folder"] {
  const stays =
    (row.folder === "archive" && row.muted) || (row.folder === "requests" && entry.from !== me);
  return stays ? row.folder : "inbox";
}

/// What the log says of how long messages are kept, where it is the newest word. Null where it says
/// nothing, or more may have been said since.
function newestRetention(log: Log): number | null {
  const said = log.heard > log.to ? undefined : log.items.findLast((it) => it.kind === "retention");
  return said?.days ?? null;
}

function unreadInLog(log: Log, row: Row, me: AccountId): number | null {
  if (!isLoaded(log) || log.to < (row.last?.seq ?? 0)) {
    return null;
  }
  let count = 0;
  for (let i = log.items.length - 1; i >= 0; i--) {
    const item = log.items[i];
    if (item === undefined || item.seq <= row.readSeq) {
      return count;
    }
    if (item.kind === "message") {
      if (item.from === me) {
        return count;
      }
      count++;
    }
  }
  return log.from <= row.readSeq + 1 ? count : null;
}

function unreadAtMost(row: Row, readSeq: number): number {
  return Math.min(row.unread, Math.max(0, (row.last?.seq ?? 0) - readSeq));
}

function preview(message: MessageEntry): LastMessage {
  const { seq, at, from, text, expiresAt } = message;
  return {
    ...{ seq, at, from },
    ...(text === undefined
      ? { unsent: true }
      : { text: firstCodePoints(text, PREVIEW_CODE_POINTS) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/// Whether a row and the log say different things of the same message.
export function differs(last: LastMessage, newest: MessageEntry): boolean {
  return last.seq === newest.seq && !sameLast(last, preview(newest));
}

function firstCodePoints(text: string, max: number): string {
  return text.length <= max
    ? text
    : Array.from(text.slice(0, 2 * max))
        .slice(0, max)
        .join("");
}

function sameLast(a: LastMessage | null, b: LastMessage): boolean {
  return (
    a?.seq === b.seq &&
    a.text === b.text &&
    a.unsent === b.unsent &&
    a.at === b.at &&
    a.expiresAt === b.expiresAt
  );
}
