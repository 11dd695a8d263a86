import { expect, test } from "vitest";
import {
  OFFERED,
  REMEMBERED,
  heardOf,
  learned,
  nobody,
  peopleOf,
  talksOf,
} from "../../src/inspect/known";
import type { Item } from "../../src/inspect/model";

function item(
  pk: string,
  sk: string,
  entity: string,
  values: Readonly<Record<string, string | null>>,
): Item {
  const attributes = Object.entries(values).map(([name, value]) => ({
    ...{ name, value, type: "S", hidden: value === null ? 5 : null },
  }));
  return { pk, sk, entity, place: null, bytes: 100, attributes };
}

const account = (id: string, handle: string, createdAt: number): Item =>
  item(`U#${id}`, "PROFILE", "account", { handle, createdAt: String(createdAt) });

const values = (offers: readonly { readonly value: string }[]): string[] =>
  offers.map((it) => it.value);

test("people are offered by their handles, whoever wrote last first", () => {
  const known = learned(nobody, [
    account("u-ann", "ann", 1_000),
    account("u-ben", "ben", 2_000),
    item("H#no", "noa", "handle", { user: "u-noa" }),
    item("U#u-ann", "C#c-1", "row", { lastAt: "3000", peer: "u-ben" }),
    item("U#u-nameless", "C#c-9", "row", { lastAt: "9000", peer: null }),
  ]);
  expect(values(peopleOf(known))).toEqual(["ann", "ben", "noa"]);
});

test("conversations are offered by who is in them, the newest first", () => {
  const known = learned(nobody, [
    item("C#c-1", "~HEAD", "head", { members: "u-ann, u-ben" }),
    item("C#c-1", "M#000000000001", "entry", { at: "1000" }),
    item("U#u-noa", "C#c-2", "row", { lastAt: "2000", peer: "u-ann" }),
    item("C#c-3aaaaaaaaa", "M#000000000001", "entry", { at: "500" }),
    account("u-ann", "ann", 0),
    account("u-ben", "ben", 0),
  ]);
  expect(talksOf(known).map((it) => it.label)).toEqual(["ann, u-noa…", "ann, ben", "c-3aaaaa…"]);
  const later = heardOf(known, [
    {
      ...{ number: 1, at: "2026-01-01T00:00:00Z", late: 0, gone: false, entity: "entry" },
      ...{ pk: "C#c-1", sk: "M#000000000002" },
    },
  ]);
  expect(talksOf(later)[0]).toEqual({ value: "c-1", label: "ann, ben", at: "2026-01-01 00:00" });
});

test("what is hidden is not learned, and no more is kept or offered than so many", () => {
  const hidden = item("U#u-ann", "PROFILE", "account", { handle: null, createdAt: "1" });
  expect(peopleOf(learned(nobody, [hidden]))).toEqual([]);
  const many = Array.from({ length: REMEMBERED + 1 }, (_, i) => account(`u-${i}`, `p${i}`, i));
  const known = learned(nobody, many);
  expect(known.people.size).toBe(REMEMBERED);
  expect(known.people.has("u-0")).toBe(false);
  expect(values(peopleOf(known))).toHaveLength(OFFERED);
  expect(peopleOf(known)[0]?.value).toBe(`p${REMEMBERED}`);
});
