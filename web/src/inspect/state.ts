/// What the page knows, and how that changes. Nothing here touches the browser.
import type { Problem } from "../core/model";
import { type Known, heardOf, learned, nobody } from "./known";
import type {
  About,
  Change,
  Changes,
  Collection,
  Item,
  Opened,
  Page,
  Place,
  Run,
  Touched,
} from "./model";

/// Changes that are shown. The server keeps some more.
export const CHANGES_SHOWN = 200;

/// What the grid shows: the whole table, or one collection.
export type View =
  | { readonly kind: "table" }
  | { readonly kind: "collection"; readonly of: string; readonly ascending: boolean };

export interface State {
  /// Null until a token has been accepted.
  readonly about: About | null;
  readonly view: View;
  readonly collections: readonly Collection[];
  readonly index: readonly Place[];
  readonly indexGoesOn: boolean;
  readonly next: string | null;
  readonly loading: boolean;
  readonly problem: Problem | null;
  readonly run: Run | null;
  readonly running: boolean;
  readonly runProblem: Problem | null;
  readonly changes: readonly Change[];
  readonly lastChange: number;
  readonly paused: boolean;
  /// Whether the server has stopped answering.
  readonly away: boolean;
  readonly texts: boolean;
  /// Who and what was met while looking.
  readonly known: Known;
  /// What was last given for each argument of a pattern, or can be told from what was picked.
  readonly given: Readonly<Record<string, string>>;
}

export type Action =
  | { readonly type: "admitted"; readonly about: About }
  | { readonly type: "looking"; readonly view: View; readonly further: boolean }
  | { readonly type: "page"; readonly page: Page; readonly further: boolean }
  | { readonly type: "opened"; readonly opened: Opened; readonly further: boolean }
  | { readonly type: "failed"; readonly problem: Problem }
  | { readonly type: "running" }
  | { readonly type: "ran"; readonly run: Run }
  | { readonly type: "runFailed"; readonly problem: Problem }
  | { readonly type: "runClosed" }
  | { readonly type: "changes"; readonly changes: Changes }
  | { readonly type: "paused"; readonly paused: boolean }
  | { readonly type: "away" }
  | { readonly type: "texts"; readonly texts: boolean }
  | { readonly type: "given"; readonly name: string; readonly value: string }
  | { readonly type: "picked"; readonly pk: string; readonly sk: string | null };

export const initial: State = {
  about: null,
  view: { kind: "table" },
  collections: [],
  index: [],
  indexGoesOn: false,
  next: null,
  loading: false,
  problem: null,
  run: null,
  running: false,
  runProblem: null,
  changes: [],
  lastChange: 0,
  paused: false,
  away: false,
  texts: false,
  known: nobody,
  given: {},
};

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "admitted":
      return { ...initial, about: action.about };
    case "looking":
      return {
        ...state,
        view: action.view,
        loading: true,
        problem: null,
        ...(action.further || isSame(state.view, action.view)
          ? {}
          : { collections: [], index: [], indexGoesOn: false, next: null }),
      };
    case "page": {
      const collections = action.further
        ? together(state.collections, action.page.collections)
        : action.page.collections;
      return {
        ...state,
        loading: false,
        away: false,
        collections,
        known: learned(
          state.known,
          action.page.collections.flatMap((it) => it.items),
        ),
        index: collections.flatMap(placesOf),
        indexGoesOn: action.page.next !== null,
        next: action.page.next,
      };
    }
    case "opened": {
      const { collection, index, indexGoesOn, next } = action.opened;
      return {
        ...picked({ ...state, loading: false, away: false, next }, collection.pk, null),
        collections: action.further ? together(state.collections, [collection]) : [collection],
        known: learned(state.known, collection.items),
        ...(action.further ? {} : { index, indexGoesOn }),
      };
    }
    case "failed":
      return { ...state, loading: false, problem: action.problem };
    case "running":
      return { ...state, running: true, runProblem: null };
    case "ran":
      return { ...state, running: false, run: action.run };
    case "runFailed":
      return { ...state, running: false, run: null, runProblem: action.problem };
    case "runClosed":
      return { ...state, run: null, runProblem: null };
    case "changes":
      return heard(state, action.changes);
    case "paused":
      return { ...state, paused: action.paused };
    case "away":
      return { ...state, away: true };
    case "texts":
      return { ...state, texts: action.texts };
    case "given":
      return { ...state, given: { ...state.given, [action.name]: action.value } };
    case "picked":
      return picked(state, action.pk, action.sk);
  }
}

function isSame(one: View, other: View): boolean {
  return (
    one.kind === other.kind &&
    (one.kind === "table" ||
      (other.kind === "collection" && one.of === other.of && one.ascending === other.ascending))
  );
}

/// A page behind those before it. Where a collection goes on, it is one row.
export function together(
  before: readonly Collection[],
  further: readonly Collection[],
): readonly Collection[] {
  const rows = new Map(before.map((row) => [row.pk, row]));
  for (const row of further) {
    const known = rows.get(row.pk);
    const seen = new Set(known?.items.map((item) => item.sk));
    rows.set(row.pk, {
      pk: row.pk,
      more: row.more,
      items: [...(known?.items ?? []), ...row.items.filter((item) => !seen.has(item.sk))],
    });
  }
  return [...rows.values()];
}

/// The part of the index that can be told from the items: who is in it carries its key.
export function placesOf({ items }: Collection): readonly Place[] {
  return items
    .flatMap(({ pk, sk, place }) => (place === null ? [] : [{ pk, sk, place }]))
    .sort((a, b) => (a.place < b.place ? 1 : -1));
}

function heard(state: State, { items, last }: Changes): State {
  // A server that was started anew counts from the beginning.
  const known = last < state.lastChange ? [] : state.changes;
  // Of servers' own bookkeeping nobody learns anything, and there is much of it.
  const newest = items
    .filter((it) => it.number > (known[0]?.number ?? 0) && it.entity !== "checkpoint")
    .reverse();
  return {
    ...state,
    away: false,
    lastChange: last,
    known: newest.length === 0 ? state.known : heardOf(state.known, newest),
    changes: newest.length === 0 ? known : [...newest, ...known].slice(0, CHANGES_SHOWN),
  };
}

/// What can be told of arguments from what somebody picked.
function picked(state: State, pk: string, sk: string | null): State {
  const [kind, part] = [pk.slice(0, 2), pk.slice(2)];
  const given: Record<string, string> = { ...state.given };
  if (kind === "U#") {
    given["user"] = part;
    if (sk?.startsWith("C#") === true) {
      given["conversation"] = sk.slice(2);
    }
  } else if (kind === "C#") {
    given["conversation"] = part;
    const seq = /^M#0*(\d+)$/.exec(sk ?? "")?.[1];
    if (seq !== undefined) {
      given["seq"] = seq;
    }
  } else if (kind === "T#") {
    given["session"] = part;
  } else if (kind === "H#" && sk !== null) {
    given["handle"] = sk;
    given["prefix"] = part;
  }
  return { ...state, given };
}

// What is drawn.

/// How a cell stands to the run that was made last.
export type Mark = "none" | "touched" | "written" | "missing";

export interface Cell {
  readonly pk: string;
  readonly sk: string;
  /// Null where a run looked and nothing was, or only the key is known.
  readonly item: Item | null;
  readonly mark: Mark;
}

export interface Row {
  readonly pk: string;
  readonly cells: readonly Cell[];
  readonly more: boolean;
  readonly touched: boolean;
}

function keyOf({ pk, sk }: { readonly pk: string; readonly sk: string }): string {
  return `${pk}\n${sk}`;
}

/// The rows of the grid: what was loaded, and what a run touched, in its place among it. Rows that a
/// run touched come first.
export function rowsOf(state: State): readonly Row[] {
  const descending = state.view.kind === "collection" && !state.view.ascending;
  const touched = (state.run?.touched ?? []).filter((it) => !it.inIndex);
  const rows = state.collections.map((row) => rowOf(row, touched, descending));
  const known = new Set(rows.map((row) => row.pk));
  const others = new Map<string, Collection>();
  for (const { pk } of touched) {
    if (!known.has(pk)) {
      others.set(pk, { pk, items: [], more: false });
    }
  }
  const further = [...others.values()].map((row) => rowOf(row, touched, descending));
  return [...rows, ...further].sort((a, b) => Number(b.touched) - Number(a.touched));
}

function rowOf(row: Collection, all: readonly Touched[], descending: boolean): Row {
  const touched = all.filter((it) => it.pk === row.pk);
  const marks = new Map(touched.map((it) => [keyOf(it), markOf(it)]));
  const cells: Cell[] = row.items.map((item) => ({
    pk: item.pk,
    sk: item.sk,
    item,
    mark: marks.get(keyOf(item)) ?? "none",
  }));
  const seen = new Set(cells.map(keyOf));
  for (const it of touched) {
    if (!seen.has(keyOf(it))) {
      cells.push({ pk: it.pk, sk: it.sk, item: it.item, mark: markOf(it) });
    }
  }
  const order = descending ? -1 : 1;
  cells.sort((a, b) => (a.sk === b.sk ? 0 : a.sk < b.sk ? -order : order));
  return { pk: row.pk, cells, more: row.more, touched: touched.length > 0 };
}

function markOf({ there, written }: Touched): Mark {
  return !there ? "missing" : written ? "written" : "touched";
}

export interface IndexRow extends Place {
  readonly lit: boolean;
}

/// The index as it is drawn: what was loaded, and what a run read of it.
export function indexOf(state: State): readonly IndexRow[] {
  const read = (state.run?.touched ?? []).filter((it) => it.inIndex);
  const lit = new Set(read.map(keyOf));
  const rows = state.index.map((place) => ({ ...place, lit: lit.has(keyOf(place)) }));
  const known = new Set(rows.map(keyOf));
  const further = read
    .filter((it) => !known.has(keyOf(it)))
    .map(({ pk, sk, item }) => ({ pk, sk, place: item?.place ?? "", lit: true }));
  return [...further, ...rows].sort((a, b) => Number(b.lit) - Number(a.lit));
}

/// Whether what changed is in sight, so that it is worth loading anew.
export function isInSight(state: State, changes: Changes): boolean {
  const shown = state.view.kind === "collection" ? state.collections[0]?.pk : undefined;
  return shown !== undefined && changes.items.some((it) => it.pk === shown);
}
