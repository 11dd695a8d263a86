import { expect, test } from "vitest";
import type { Change, Changes, Collection, Item, Run, Touched } from "../../src/inspect/model";
import {
  CHANGES_SHOWN,
  type Action,
  type State,
  indexOf,
  initial,
  isInSight,
  reduce,
  rowsOf,
  together,
} from "../../src/inspect/state";

function item(pk: string, sk: string, place: string | null = null): Item {
  return { pk, sk, entity: "entry", place, bytes: 100, attributes: [] };
}

function collection(pk: string, ...sks: string[]): Collection {
  return { pk, items: sks.map((sk) => item(pk, sk)), more: false };
}

function touched(pk: string, sk: string, more: Partial<Touched> = {}): Touched {
  return { pk, sk, there: true, inIndex: false, written: false, item: item(pk, sk), ...more };
}

function run(...all: Touched[]): Run {
  const pattern = {
    ...{ number: 1, name: "log-end", entity: "entry", request: "Query", sentence: "", keys: [] },
    ...{ index: "", condition: "-", consistency: "strong", arguments: [] },
  };
  return {
    ...{ pattern, write: false, requests: [], touched: all, touchedMore: false },
    ...{ evaluated: 1, returned: 1, ms: 1, measured: "1 R", predicted: "1 R", design: "1 R" },
    price: "",
  };
}

function change(number: number, pk = "C#c"): Change {
  return { number, at: "", late: 0, gone: false, entity: "entry", pk, sk: `M#${number}` };
}

function changes(last: number, ...items: Change[]): Changes {
  return { items, last, missed: false };
}

function after(...actions: Action[]): State {
  return actions.reduce(reduce, initial);
}

const page = (further: boolean, ...collections: Collection[]): Action => ({
  type: "page",
  further,
  page: { collections, next: null, units: 1 },
});

test("a collection that goes on is one row, with nothing twice", () => {
  const rows = together(
    [collection("C#a", "1", "2")],
    [collection("C#a", "2", "3"), collection("C#b", "1")],
  );
  expect(rows.map((row) => row.pk)).toEqual(["C#a", "C#b"]);
  expect(rows[0]?.items.map((it) => it.sk)).toEqual(["1", "2", "3"]);
});

test("what another view showed is gone at once, and what is loaded anew stays until it is there", () => {
  const shown = after(page(false, collection("C#a", "1")));
  const other = reduce(shown, {
    type: "looking",
    view: { kind: "collection", of: "ann", ascending: false },
    further: false,
  });
  expect(rowsOf(other)).toEqual([]);
  const again = reduce(shown, { type: "looking", view: { kind: "table" }, further: false });
  expect(rowsOf(again)).toHaveLength(1);
  expect(again.loading).toBe(true);
});

test("the cells that a run touched are marked, in their places, and their rows come first", () => {
  const state = after(page(false, collection("C#a", "M#1"), collection("C#b", "M#1", "M#3")), {
    type: "ran",
    run: run(
      touched("C#b", "M#1"),
      touched("C#b", "M#2", { written: true, item: null }),
      touched("U#x", "PROFILE", { there: false, item: null }),
    ),
  });
  const rows = rowsOf(state);
  expect(rows.map((row) => row.pk)).toEqual(["C#b", "U#x", "C#a"]);
  expect(rows[0]?.cells.map((it) => [it.sk, it.mark])).toEqual([
    ["M#1", "touched"],
    ["M#2", "written"],
    ["M#3", "none"],
  ]);
  expect(rows[1]?.cells.map((it) => it.mark)).toEqual(["missing"]);
  const closed = rowsOf(reduce(state, { type: "runClosed" }));
  expect(closed.flatMap((row) => row.cells).every((it) => it.mark === "none")).toBe(true);
  expect(closed.map((row) => row.pk)).toEqual(["C#a", "C#b"]);
});

test("one collection is drawn from its greatest key", () => {
  const state = after(
    {
      type: "looking",
      view: { kind: "collection", of: "c", ascending: false },
      further: false,
    },
    {
      type: "opened",
      further: false,
      opened: {
        collection: collection("C#c", "~HEAD", "M#2"),
        index: [],
        indexGoesOn: false,
        next: null,
        units: 1,
      },
    },
    { type: "ran", run: run(touched("C#c", "M#9")) },
  );
  expect(rowsOf(state)[0]?.cells.map((it) => it.sk)).toEqual(["~HEAD", "M#9", "M#2"]);
});

test("the index has who carries its key, newest first, and lights what a run read of it", () => {
  const rows: Collection = {
    pk: "U#u",
    items: [item("U#u", "C#1", "I#001#1"), item("U#u", "C#2", "I#002#2"), item("U#u", "PROFILE")],
    more: false,
  };
  const state = after(page(false, rows));
  expect(indexOf(state).map((it) => it.sk)).toEqual(["C#2", "C#1"]);
  const read = reduce(state, {
    type: "ran",
    run: run(
      touched("U#u", "C#1", { inIndex: true }),
      touched("U#v", "C#3", { inIndex: true, item: item("U#v", "C#3", "I#003#3") }),
    ),
  });
  expect(indexOf(read).map((it) => [it.sk, it.place, it.lit])).toEqual([
    ["C#3", "I#003#3", true],
    ["C#1", "I#001#1", true],
    ["C#2", "I#002#2", false],
  ]);
  // What was read in the index alone lights no cell of the table.
  expect(rowsOf(read).every((row) => !row.touched)).toBe(true);
});

test("changes are newest first, each once, and bounded", () => {
  const state = after(
    { type: "changes", changes: changes(2, change(1), change(2)) },
    { type: "changes", changes: changes(3, change(2), change(3)) },
  );
  expect(state.changes.map((it) => it.number)).toEqual([3, 2, 1]);
  const many = Array.from({ length: 500 }, (_, at) => change(at + 4));
  const full = reduce(state, { type: "changes", changes: changes(503, ...many) });
  expect(full.changes).toHaveLength(CHANGES_SHOWN);
  expect(full.changes[0]?.number).toBe(503);
  // The server was started anew, and counts from the beginning.
  const anew = reduce(full, { type: "changes", changes: changes(1, change(1)) });
  expect(anew.changes.map((it) => it.number)).toEqual([1]);
  expect(anew.lastChange).toBe(1);
});

test("a server that answers again is not away", () => {
  const away = after({ type: "away" });
  expect(away.away).toBe(true);
  expect(reduce(away, { type: "changes", changes: changes(0) }).away).toBe(false);
});

test("only what changes in sight is loaded anew", () => {
  const opened = after(
    { type: "looking", view: { kind: "collection", of: "c", ascending: false }, further: false },
    {
      type: "opened",
      further: false,
      opened: {
        collection: collection("C#c", "M#1"),
        index: [],
        indexGoesOn: false,
        next: null,
        units: 1,
      },
    },
  );
  expect(isInSight(opened, changes(1, change(1, "C#c")))).toBe(true);
  expect(isInSight(opened, changes(1, change(1, "C#other")))).toBe(false);
  expect(isInSight(after(page(false, collection("C#c", "M#1"))), changes(1, change(1)))).toBe(
    false,
  );
});

test("what is picked fills in what patterns ask", () => {
  const state = after(
    { type: "picked", pk: "U#u-1", sk: "C#c-1" },
    { type: "picked", pk: "C#c-2", sk: "M#000000000042" },
    { type: "picked", pk: "H#an", sk: "ann" },
    { type: "given", name: "other", value: "ben" },
  );
  expect(state.given).toEqual({
    user: "u-1",
    conversation: "c-2",
    seq: "42",
    handle: "ann",
    prefix: "an",
    other: "ben",
  });
});
