/// Messages that are on their way, as the state has them.
import type { Change, ConversationId, Entry, OutboxEntry, State } from "./model";

/// An own message leaves the outbox when the log has it: never before, so that it is always on the
/// screen, and never after, so that it is there once.
export function withoutArrived(state: State, id: ConversationId, came: readonly Entry[]): State {
  const log = state.conversations.get(id)?.log;
  const here = state.outbox.filter((it) => it.place === id && it.clientId !== null);
  if (here.length === 0 || log === undefined) {
    return state;
  }
  const arrived = new Map<string, number>();
  for (const entry of came) {
    if ("clientId" in entry) {
      arrived.set(entry.clientId, entry.seq);
    }
  }
  const gone = new Set<OutboxEntry>();
  const stored = new Map<OutboxEntry, OutboxEntry>();
  const keys = new Map(state.keys);
  for (const it of here) {
    const clientId = it.clientId ?? "";
    const seq = it.status.state === "sent" ? it.status.seq : arrived.get(clientId);
    if (seq === undefined) {
      continue;
    }
    if (log.from > 0 && seq <= log.to) {
      gone.add(it);
      keys.set(clientId, it.key);
    } else if (it.status.state !== "sent") {
      stored.set(it, { ...it, unsure: false, status: { state: "sent", seq } });
    }
  }
  if (gone.size + stored.size === 0) {
    return state;
  }
  const outbox = state.outbox.filter((it) => !gone.has(it)).map((it) => stored.get(it) ?? it);
  return { ...state, outbox, keys };
}

/// What one wants a stored message to be, by its number: the last that was said of it.
export function changesIn(
  state: State,
  id: ConversationId | null,
): ReadonlyMap<number, OutboxEntry & { readonly change: Change }> {
  const changes = new Map<number, OutboxEntry & { readonly change: Change }>();
  for (const it of state.outbox) {
    if (it.place === id && it.change !== undefined) {
      changes.set(it.change.target, { ...it, change: it.change });
    }
  }
  return changes;
}

export function withOutbox(state: State, entry: OutboxEntry): State {
  // What the log has, or is known to be stored, is not on its way any more, whoever says so late.
  const known = state.outbox.find((it) => it.key === entry.key);
  if (entry.clientId !== null && state.keys.has(entry.clientId)) {
    return state;
  }
  if (known?.status.state === "sent" && entry.status.state !== "sent") {
    return state;
  }
  const others = state.outbox.filter((it) => it.key !== entry.key);
  const next = { ...state, outbox: [...others, entry].sort((a, b) => a.order - b.order) };
  const items = state.conversations.get(entry.place)?.log.items ?? [];
  return withoutArrived(next, entry.place, entry.clientId === null ? [] : items);
}
