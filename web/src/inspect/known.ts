/// Who and what was met while looking, so that people and conversations can be picked without their
/// ids. Nothing is read for it.
import type { Change, Item } from "./model";
import { time } from "./words";

/// As many as are remembered of each.
export const REMEMBERED = 300;

/// As many as are offered of each.
export const OFFERED = 8;

interface Person {
  readonly handle: string | null;
  /// When something of theirs was last written, as far as was seen.
  readonly at: number;
}

interface Talk {
  /// Ids of those who are in it, as far as was seen.
  readonly members: readonly string[];
  readonly at: number;
}

export interface Known {
  readonly people: ReadonlyMap<string, Person>;
  readonly talks: ReadonlyMap<string, Talk>;
}

/// Something that can be picked: what is shown, and what stands for it.
export interface Offer {
  readonly value: string;
  readonly label: string;
  readonly at: string;
}

export const nobody: Known = { people: new Map(), talks: new Map() };

/// What is known once these were seen too.
export function learned(known: Known, items: readonly Item[]): Known {
  const people = new Map(known.people);
  const talks = new Map(known.talks);
  const person = (id: string, at: number, handle: string | null = null): void => {
    const before = people.get(id);
    people.set(id, {
      handle: handle ?? before?.handle ?? null,
      at: Math.max(at, before?.at ?? 0),
    });
  };
  const talk = (id: string, at: number, members: readonly string[]): void => {
    const before = talks.get(id);
    const all = new Set([...(before?.members ?? []), ...members]);
    talks.set(id, { members: [...all].sort(), at: Math.max(at, before?.at ?? 0) });
  };
  for (const item of items) {
    const of = item.pk.slice(2);
    switch (item.entity ?? "") {
      case "account":
        person(of, numberOf(item, "createdAt"), textOf(item, "handle"));
        break;
      case "handle": {
        const owner = textOf(item, "user");
        if (owner !== null) {
          person(owner, 0, item.sk);
        }
        break;
      }
      case "head":
        talk(of, 0, textOf(item, "members")?.split(", ") ?? []);
        break;
      case "entry":
        talk(of, numberOf(item, "at"), []);
        break;
      case "row": {
        const at = numberOf(item, "lastAt");
        const peer = textOf(item, "peer");
        person(of, at);
        talk(item.sk.slice(2), at, peer === null ? [of] : [of, peer]);
        break;
      }
    }
  }
  return { people: newest(people), talks: newest(talks) };
}

/// What is known once these changes were heard of, which tell keys and times.
export function heardOf(known: Known, changes: readonly Change[]): Known {
  const talks = new Map(known.talks);
  for (const { entity, pk, at } of changes) {
    if (entity === "entry") {
      const id = pk.slice(2);
      const before = talks.get(id);
      const then = Date.parse(at) || 0;
      talks.set(id, { members: before?.members ?? [], at: Math.max(then, before?.at ?? 0) });
    }
  }
  return { ...known, talks: newest(talks) };
}

function newest<T extends { readonly at: number }>(all: Map<string, T>): Map<string, T> {
  return new Map([...all].sort(([, a], [, b]) => b.at - a.at).slice(0, REMEMBERED));
}

function textOf(item: Item, name: string): string | null {
  return item.attributes.find((it) => it.name === name)?.value ?? null;
}

function numberOf(item: Item, name: string): number {
  return Number(textOf(item, name) ?? 0) || 0;
}

/// People whose handle was seen, those of whom something was written last first.
export function peopleOf({ people }: Known): readonly Offer[] {
  return [...people.values()]
    .flatMap(({ handle, at }) => (handle === null ? [] : [offer(handle, handle, at)]))
    .slice(0, OFFERED);
}

/// Conversations by who is in them, those that were written in last first.
export function talksOf({ people, talks }: Known): readonly Offer[] {
  return [...talks]
    .map(([id, { members, at }]) => {
      const names = members.map((it) => people.get(it)?.handle ?? `${it.slice(0, 6)}…`);
      return offer(id, names.length === 0 ? `${id.slice(0, 8)}…` : names.sort().join(", "), at);
    })
    .slice(0, OFFERED);
}

function offer(value: string, label: string, at: number): Offer {
  return { value, label, at: at === 0 ? "" : time(at).slice(0, 16) };
}
