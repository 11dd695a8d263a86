/// How entities look: a colour each, the same wherever they are shown.
import type { Attribute, Design, Item } from "./model";
import { time, words } from "./words";

const hues: Readonly<Record<string, number>> = {
  account: 250,
  credential: 285,
  session: 235,
  ticket: 215,
  handle: 195,
  identity: 265,
  failures: 20,
  head: 60,
  entry: 90,
  row: 150,
  connection: 175,
  deployment: 310,
  operator: 330,
  audit: 345,
  checkpoint: 120,
  "set-aside": 35,
};

/// Of one that has no colour here yet, a colour that its name always has.
export function hueOf(entity: string | null): number {
  const known = entity === null ? undefined : hues[entity];
  let hue = 7;
  for (const letter of entity ?? "") {
    hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  }
  return known ?? hue;
}

export function labelOf(design: Design, entity: string | null): string {
  return design.entities.find((it) => it.name === entity)?.label ?? words.foreign;
}

/// What tells most of an item in a small place.
const FIRST = [
  ...["text", "preview", "displayName", "handle", "user", "kind", "from", "at", "name", "action"],
  ...["subject", "members", "n", "lastN", "readSeq", "createdAt", "owner", "position"],
];

/// The attributes that a cell has room for.
export function summary(item: Item, indexKey: string): readonly Attribute[] {
  const place = (name: string): number => {
    const at = FIRST.indexOf(name);
    return at < 0 ? FIRST.length : at;
  };
  return item.attributes
    .filter((it) => it.name !== indexKey)
    .toSorted((a, b) => place(a.name) - place(b.name))
    .slice(0, 3);
}

/// A value as people read it: times as times.
export function shown({ name, type, value, hidden }: Attribute): string {
  if (value === null) {
    return words.hidden(hidden ?? 0);
  }
  if (type === "N" && /(^at|At|Before)$/.test(name) && value.length >= 12) {
    return time(Number(value));
  }
  if (type === "N" && name === "ttl") {
    return time(Number(value) * 1000);
  }
  return value;
}

/// What the folders of the index are called.
const folders: Readonly<Record<string, string>> = { I: "inbox", A: "archive", R: "requests" };

/// Where in the index: folder, time and conversation.
export function placeShown(place: string): { readonly folder: string; readonly at: string } {
  const [folder = "", at = ""] = place.split("#");
  return { folder: folders[folder] ?? folder, at: /^\d+$/.test(at) ? time(Number(at)) : at };
}
