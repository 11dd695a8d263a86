/// Messages whose time is over: gone from the state, and with it from what this browser keeps, at the
/// moment that the server said, without being told.
import type { Kept } from "./actions";
import type { Conversation, LastMessage, Log, State } from "./model";

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/// Timers of browsers take no more than some weeks.
export const LONGEST_MILLIS = 24 * DAY_MILLIS;

type Ending = Pick<LastMessage, "at" | "expiresAt">;

/// When something vanishes, by what it says of itself and by what the deployment says of all;
/// `Infinity` for never.
function endOf({ at, expiresAt }: Ending, days: number): number {
  const own = expiresAt === undefined ? Infinity : Date.parse(expiresAt);
  return days === 0 ? own : Math.min(own, Date.parse(at) + days * DAY_MILLIS);
}

/// The next moment at which something vanishes, by the server's time; `Infinity` for none.
export function nextEnd(state: State): number {
  const days = state.config?.retentionDays ?? 0;
  let next = Infinity;
  for (const { row, log } of state.conversations.values()) {
    if (row.last !== null && row.last.vanished !== true) {
      next = Math.min(next, endOf(row.last, days));
    }
    next = Math.min(next, endOfLog(log, days));
  }
  return next;
}

/// By log, for nothing changes in most of them.
const ends = new WeakMap<Log["items"], { readonly days: number; readonly end: number }>();

function endOfLog({ items }: Log, days: number): number {
  const known = ends.get(items);
  if (known?.days === days) {
    return known.end;
  }
  let end = Infinity;
  for (const item of items) {
    if (item.kind === "message") {
      end = Math.min(end, endOf(item, days));
    }
  }
  ends.set(items, { days, end });
  return end;
}

/// The state without what has vanished by `now`.
export function withoutVanished(state: State, now: number): State {
  if (nextEnd(state) > now) {
    return state;
  }
  const days = state.config?.retentionDays ?? 0;
  const conversations = new Map(state.conversations);
  for (const [id, it] of state.conversations) {
    const log = endOfLog(it.log, days) > now ? it.log : swept(it.log, days, now);
    const row = rowAt(it.row, days, now);
    if (log !== it.log || row !== it.row) {
      conversations.set(id, { ...it, log, row });
    }
  }
  return { ...state, conversations };
}

function swept(log: Log, days: number, now: number): Log {
  return {
    ...log,
    items: log.items.filter((it) => it.kind !== "message" || endOf(it, days) > now),
  };
}

/// A row whose newest message has vanished says so, and nothing is unread in it as far as is known
/// here: the server's next word on it counts exactly.
function rowAt(row: Conversation["row"], days: number, now: number): Conversation["row"] {
  const { last } = row;
  if (last === null || last.vanished === true || endOf(last, days) > now) {
    return row;
  }
  const { seq, at, from } = last;
  return { ...row, last: { seq, at, from, vanished: true }, unread: 0 };
}

/// What was kept, without what may have vanished while one was away. The server's time may not be
/// known yet, and this machine's clock be wrong: so what lies before it goes too, and is asked for
/// again.
export function keptAt(kept: Kept, days: number, now: number): Kept {
  return {
    ...kept,
    rows: kept.rows.map((row) => rowAt(row, days, now)),
    logs: new Map([...kept.logs].map(([id, log]) => [id, behind(log, days, now)])),
  };
}

function behind(log: Log, days: number, now: number): Log {
  const last = log.items.findLastIndex((it) => it.kind === "message" && endOf(it, days) <= now);
  const gone = log.items[last];
  return gone === undefined
    ? log
    : { ...log, from: gone.seq + 1, items: log.items.slice(last + 1), amendments: new Map() };
}
