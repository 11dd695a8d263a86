/// The time by which days are named. It moves once a minute, and when somebody comes back.
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let now = Date.now();

export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function move(): void {
  // Only a new day shows.
  if (new Date().toDateString() !== new Date(now).toDateString()) {
    now = Date.now();
    for (const listener of listeners) {
      listener();
    }
  }
}

export function startClock(): void {
  setInterval(move, 60_000);
  addEventListener("visibilitychange", move);
}
