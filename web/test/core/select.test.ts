import { expect, test } from "vitest";
import type { Line, MessageEntry, State } from "../../src/core";
import {
  COUNTED_CONVERSATIONS,
  totalUnread,
  codePoints,
  conversationView,
  GROUP_MILLIS,
  inboxItems,
  unsentCount,
} from "../../src/core";
import { INITIAL, reduce } from "../../src/core/reduce";

const ann = { id: "u-ann", handle: "ann", displayName: "Ann" };
const ben = { id: "u-ben", handle: "ben", displayName: "Ben" };
const ID = "c-1";
const NOON = new Date(2026, 0, 5, 12).getTime();

function message(seq: number, from: string, time: number): MessageEntry {
  return { kind: "message", seq, from, at: new Date(time).toISOString(), text: `text ${seq}` };
}

/// Ann's state with these messages loaded, as far as `from`.
function stateWith(messages: MessageEntry[], unread = 0, readSeq = 0, from = 1): State {
  const last = messages.at(-1);
  const row = {
    ...{ id: ID, kind: "direct" as const, participants: [ben], unread, readSeq },
    ...{ folder: "inbox" as const, muted: false, clearedSeq: 0, retentionDays: 0 },
    last: last === undefined ? null : { seq: last.seq, at: last.at, from: last.from, text: "x" },
  };
  const page = {
    items: messages,
    accounts: { [ann.id]: ann, [ben.id]: ben },
    lastSeq: last?.seq ?? 0,
    older: from === 1 ? null : from,
  };
  let state = reduce(INITIAL, {
    type: "session",
    session: { state: "signed-in", account: ann, confirmed: true },
  });
  state = reduce(state, { type: "row", row });
  state = reduce(state, { type: "open", place: ID });
  return reduce(state, { type: "page", conversation: ID, asked: { part: "newest" }, page });
}

function drawn(state: State): string[] {
  return conversationView(state, ID).lines.map((line) => nameOf(line));
}

function nameOf(line: Line): string {
  if (line.kind !== "message") {
    return line.kind;
  }
  const { seq, first, last } = line.message;
  return `${first ? "[" : ""}${String(seq)}${last ? "]" : ""}`;
}

test("messages of one person within five minutes are a group; days and people end it", () => {
  const day = 24 * 3_600_000;
  const state = stateWith([
    message(1, ben.id, NOON),
    message(2, ben.id, NOON + GROUP_MILLIS),
    message(3, ben.id, NOON + 2 * GROUP_MILLIS + 1),
    message(4, ann.id, NOON + 2 * GROUP_MILLIS + 2),
    message(5, ann.id, NOON + day),
    message(6, ann.id, new Date(2026, 0, 6, 23, 59).getTime()),
    message(7, ann.id, new Date(2026, 0, 7, 0, 1).getTime()),
  ]);
  expect(drawn(state)).toEqual([
    ...["day", "[1", "2]", "[3]", "[4]", "day", "[5]", "[6]", "day", "[7]"],
  ]);
});

test("the divider stands before what was unread, and stays while one reads and writes", () => {
  const all = [1, 2, 3, 4].map((seq) => message(seq, ben.id, NOON + seq));
  let state = stateWith(all, 2, 2);
  expect(drawn(state)).toEqual(["day", "[1", "2]", "unread", "[3", "4]"]);
  state = reduce(state, { type: "read", conversation: ID, seq: 4 });
  const entry = message(5, ann.id, NOON + 9);
  state = reduce(state, { type: "entry", conversation: ID, entry });
  expect(drawn(state)).toEqual(["day", "[1", "2]", "unread", "[3", "4]", "[5]"]);
  state = reduce(state, { type: "open", place: null });
  state = reduce(state, { type: "open", place: ID });
  expect(drawn(state)).toEqual(["day", "[1", "2", "3", "4]", "[5]"]);
});

test("one's own message is no news: the divider stands after it", () => {
  const all = [
    message(1, ben.id, NOON),
    message(2, ann.id, NOON + 1),
    message(3, ben.id, NOON + 2),
  ];
  expect(drawn(stateWith(all, 1, 0))).toEqual(["day", "[1]", "[2]", "unread", "[3]"]);
});

test("the divider is not drawn as long as what was unread begins further up", () => {
  const all = [5, 6].map((seq) => message(seq, ben.id, NOON + seq));
  let state = stateWith(all, 4, 2, 5);
  expect(drawn(state)).toEqual(["day", "[5", "6]"]);
  const items = [1, 2, 3, 4].map((seq) => message(seq, ben.id, NOON + seq));
  const page = { items, accounts: {}, lastSeq: 6, older: null };
  state = reduce(state, {
    type: "page",
    conversation: ID,
    asked: { part: "older", before: 5 },
    page,
  });
  expect(drawn(state)).toEqual(["day", "[1", "2]", "unread", "[3", "4", "5", "6]"]);
});

test("what did not change is the same object, so that nothing is drawn anew", () => {
  const before = stateWith([1, 2, 3].map((seq) => message(seq, ben.id, NOON + seq * 3_600_000)));
  const lines = conversationView(before, ID).lines;
  expect(conversationView(before, ID).lines).toBe(lines);
  const drafted = reduce(before, { type: "draft", place: ID, text: "h" });
  expect(conversationView(drafted, ID).lines).toBe(lines);
  const entry = message(4, ann.id, NOON + 9 * 3_600_000);
  const after = reduce(before, { type: "entry", conversation: ID, entry });
  const grown = conversationView(after, ID).lines;
  const messages = (all: readonly Line[]) =>
    all.flatMap((it) => (it.kind === "message" ? it.message : []));
  expect(
    messages(grown)
      .slice(0, 3)
      .every((it, i) => it === messages(lines)[i]),
  ).toBe(true);
});

test("the inbox ends where it is loaded to, and shows what is on its way", () => {
  let state = stateWith([message(1, ben.id, NOON)]);
  const entry = {
    ...{ key: "k", place: ID, text: "mine", writtenAt: NOON + 1, order: 1, clientId: null },
    ...{ unsure: false, status: { state: "queued" as const } },
  };
  state = reduce(state, { type: "outbox", entry });
  expect(inboxItems(state)[0]).toMatchObject({
    preview: { own: true, text: "mine", mark: "sending" },
  });
  expect(unsentCount(state)).toBe(1);
  const old = {
    ...stateWith([message(1, ben.id, NOON - 1)]).conversations.get(ID)?.row,
    id: "c-2",
  };
  const page = { items: [state.conversations.get(ID)?.row as never], next: "further" };
  state = reduce(state, { type: "inbox-page", cursor: null, page });
  state = reduce(state, { type: "row", row: old as never });
  expect(inboxItems(state).map((it) => it.place)).toEqual([ID]);
});

test("the title counts what is unread in the newest hundred conversations", () => {
  const count = COUNTED_CONVERSATIONS + 1;
  const row = stateWith([message(1, ben.id, NOON)], 1).conversations.get(ID)?.row;
  const rows = Array.from({ length: count }, (_, i) => ({ ...row, id: `c-${i}` }) as never);
  const page = { items: rows, next: null };
  const empty = reduce(INITIAL, {
    type: "session",
    session: { state: "signed-in", account: ann, confirmed: true },
  });
  const state = reduce(empty, { type: "inbox-page", cursor: null, page });
  expect(inboxItems(state)).toHaveLength(count);
  expect(totalUnread(state)).toBe(COUNTED_CONVERSATIONS);
});

test("limits count code points", () => {
  expect(["", "abc", "\u{1f600}\u{1f600}", "e\u0301"].map(codePoints)).toEqual([0, 3, 2, 2]);
});
