import { expect, test } from "vitest";
import type { Entry, MessageEntry } from "../../src/core";
import {
  EMPTY_LOG,
  FAR_BEHIND,
  UNREAD_REACH,
  isShort,
  takeAfter,
  takeEntry,
  takeNewest,
  takeOlder,
} from "../../src/core/log";

function message(seq: number): MessageEntry {
  return { kind: "message", seq, from: "u-ben", at: "2026-01-05T10:00:00.000Z", text: `${seq}` };
}

function messages(from: number, to: number): MessageEntry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
}

const TEN = takeNewest(EMPTY_LOG, messages(6, 10), 10, 6);

test("a newest page takes nothing away from a log, until it is far behind", () => {
  const near = 10 + FAR_BEHIND;
  const still = takeNewest(TEN, messages(near - 4, near), near, near - 4);
  expect([still.from, still.to, still.heard, still.items.length]).toEqual([6, 10, near, 5]);
  const far = near + 1;
  const anew = takeNewest(TEN, messages(far - 4, far), far, far - 4);
  expect([anew.from, anew.to, anew.heard, anew.items.length]).toEqual([far - 4, far, far, 5]);
});

test("an older page that was asked for before a log began anew is of no use to it", () => {
  const far = 11 + FAR_BEHIND;
  const anew = takeNewest(TEN, messages(far - 4, far), far, far - 4);
  expect(takeOlder(anew, 6, messages(1, 5), 10, null)).toEqual(anew);
  expect(takeOlder(TEN, 6, messages(1, 5), 10, null).from).toBe(1);
});

test("a number that cannot be read by anybody holds nobody up", () => {
  const skipped = takeAfter(TEN, 10, [message(12)], 12);
  expect([skipped.to, skipped.items.at(-1)?.seq]).toEqual([12, 12]);
  expect(takeAfter(TEN, 10, [], 11).to).toBe(11);
});

test("a conversation without a message is here as a whole", () => {
  const empty = takeNewest(EMPTY_LOG, [], 0, null);
  expect([empty.from, empty.to]).toEqual([1, 0]);
  expect(takeEntry(empty, message(1)).items).toHaveLength(1);
  expect(takeEntry(EMPTY_LOG, message(1))).toMatchObject({ from: 0, heard: 1, items: [] });
});

test("kinds that are not known yet take a number and are not drawn", () => {
  const other = { kind: "poll", seq: 11, at: "2026-01-05T10:00:00.000Z" } as unknown as Entry;
  const next = takeEntry(TEN, other);
  expect([next.to, next.items.length]).toEqual([11, 5]);
});

test("where new begins is gone for as far as it is worth it", () => {
  const until = 10;
  // It is here: the first new one is the first that there is.
  expect(isShort(TEN, { after: 5, until })).toBe(false);
  expect(isShort(TEN, { after: 4, until })).toBe(true);
  expect(isShort(TEN, { after: until - UNREAD_REACH, until })).toBe(true);
  expect(isShort(TEN, { after: until - UNREAD_REACH - 1, until })).toBe(false);
  expect(isShort(TEN, null)).toBe(false);
  expect(isShort(EMPTY_LOG, { after: 4, until })).toBe(false);
});
