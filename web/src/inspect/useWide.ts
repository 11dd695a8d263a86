import { useSyncExternalStore } from "react";

/// From here on two panes stand side by side. The style sheet has the same number.
const query = matchMedia("(min-width: 68rem)");

function subscribe(listener: () => void): () => void {
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
