/// Named boxes of values by key: in IndexedDB, or in memory where the browser keeps nothing.
import { wrap } from "idb";
import type { IDBPDatabase } from "idb";

export const BOXES = ["outbox", "drafts", "rows", "logs", "facts"] as const;
/// What the server has too.
const SPARE = ["rows", "logs"] as const;
export type Box = (typeof BOXES)[number];

/// Raised when what is kept changes its shape. What an older version kept is thrown away, but for
/// what exists nowhere else: messages on their way, and drafts.
const VERSION = 2;

export interface Shelf {
  get(box: Box, key: string): Promise<unknown>;
  all(box: Box): Promise<readonly (readonly [string, unknown])[]>;
  put(box: Box, key: string, value: unknown): Promise<void>;
  /// Several at once, all or nothing; undefined removes.
  putAll(values: readonly (readonly [Box, string, unknown])[]): Promise<void>;
  /// Changes a value in one step that no other tab comes in between of. Undefined removes; the answer
  /// is what is there afterwards.
  update(box: Box, key: string, step: (value: unknown) => unknown): Promise<unknown>;
  /// Forgets everything.
  wipe(): Promise<void>;
  close(): void;
}

/// One that is kept, if the browser keeps anything.
export async function openShelf(factory: IDBFactory | null, name: string): Promise<Shelf> {
  if (factory === null) {
    return new MemoryShelf();
  }
  try {
    const request = factory.open(name, VERSION);
    request.onupgradeneeded = (event) => {
      for (const box of event.oldVersion === 0 ? [] : SPARE) {
        request.result.deleteObjectStore(box);
      }
      for (const box of BOXES) {
        if (!request.result.objectStoreNames.contains(box)) {
          request.result.createObjectStore(box);
        }
      }
    };
    const db = await (wrap(request) as Promise<IDBPDatabase>);
    // Another tab forgets everything, or runs a later version of this: it waits for us to let go.
    db.onversionchange = () => db.close();
    return new KeptShelf(db);
  } catch {
    // Private windows of some browsers, and full disks: the session works, and keeps nothing.
    return new MemoryShelf();
  }
}

class KeptShelf implements Shelf {
  constructor(private readonly db: IDBPDatabase) {}

  get(box: Box, key: string): Promise<unknown> {
    return this.db.get(box, key);
  }

  async all(box: Box): Promise<readonly (readonly [string, unknown])[]> {
    const tx = this.db.transaction(box);
    const [keys, values] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
    return keys.map((key, index) => [key as string, values[index] as unknown] as const);
  }

  async put(box: Box, key: string, value: unknown): Promise<void> {
    await this.putAll([[box, key, value]]);
  }

  async putAll(values: readonly (readonly [Box, string, unknown])[]): Promise<void> {
    if (values.length === 0) {
      return;
    }
    // What exists nowhere else must be on the disk before it is said to be kept.
    const durability = values.some(([box]) => box === "outbox") ? "strict" : "relaxed";
    const tx = this.db.transaction(BOXES, "readwrite", { durability });
    const writes = values.map(async ([box, key, value]) => {
      const store = tx.objectStore(box);
      await (value === undefined ? store.delete(key) : store.put(value, key));
    });
    // At once, and not when there is nothing more to do: the page may be gone by then.
    tx.commit();
    await Promise.all([...writes, tx.done]);
  }

  async update(box: Box, key: string, step: (value: unknown) => unknown): Promise<unknown> {
    const tx = this.db.transaction(box, "readwrite", { durability: "strict" });
    const value = step(await tx.store.get(key));
    await (value === undefined ? tx.store.delete(key) : tx.store.put(value, key));
    await tx.done;
    return value;
  }

  async wipe(): Promise<void> {
    const tx = this.db.transaction(BOXES, "readwrite", { durability: "strict" });
    await Promise.all([...BOXES.map((box) => tx.objectStore(box).clear()), tx.done]);
  }

  close(): void {
    this.db.close();
  }
}

class MemoryShelf implements Shelf {
  private readonly boxes = new Map(BOXES.map((box) => [box, new Map<string, unknown>()] as const));

  get(box: Box, key: string): Promise<unknown> {
    return Promise.resolve(this.in(box).get(key));
  }

  all(box: Box): Promise<readonly (readonly [string, unknown])[]> {
    return Promise.resolve([...this.in(box)]);
  }

  put(box: Box, key: string, value: unknown): Promise<void> {
    return this.putAll([[box, key, value]]);
  }

  putAll(values: readonly (readonly [Box, string, unknown])[]): Promise<void> {
    for (const [box, key, value] of values) {
      if (value === undefined) {
        this.in(box).delete(key);
      } else {
        this.in(box).set(key, value);
      }
    }
    return Promise.resolve();
  }

  async update(box: Box, key: string, step: (value: unknown) => unknown): Promise<unknown> {
    const value = step(this.in(box).get(key));
    await this.put(box, key, value);
    return value;
  }

  wipe(): Promise<void> {
    for (const box of this.boxes.values()) {
      box.clear();
    }
    return Promise.resolve();
  }

  close(): void {
    // Nothing is open.
  }

  private in(box: Box): Map<string, unknown> {
    return this.boxes.get(box) ?? new Map<string, unknown>();
  }
}
