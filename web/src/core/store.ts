/// Holds the state, and tells when it has changed.
import type { Action } from "./actions";
import type { State } from "./model";
import { INITIAL, reduce } from "./reduce";

export type Watcher = (state: State, before: State, action: Action) => void;

export class Store {
  private state = INITIAL;
  private readonly watchers = new Set<Watcher>();

  get(): State {
    return this.state;
  }

  dispatch(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    if (this.state !== before) {
      for (const watcher of this.watchers) {
        watcher(this.state, before, action);
      }
    }
  }

  watch(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}
