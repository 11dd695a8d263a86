/// What was read: on the screen, in a page that is visible and has the focus.
import { useCallback, useEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";
import type { ConversationView } from "../core";
import { useApp } from "./context";
import type { Shown } from "./MessageList";

/// Answers what to call whenever something may have come into sight.
export function useSeen(
  view: ConversationView,
  shown: readonly Shown[],
  list: React.RefObject<VirtualizerHandle | null>,
): () => void {
  const app = useApp();
  const told = useRef(0);
  const { id } = view;
  const look = useCallback((): void => {
    const handle = list.current;
    if (
      handle === null ||
      id === null ||
      handle.viewportSize === 0 ||
      document.visibilityState !== "visible" ||
      !document.hasFocus()
    ) {
      return;
    }
    const seq = lastSeen(shown, handle);
    if (seq > told.current) {
      told.current = seq;
      app.commands.markSeen(id, seq);
    }
  }, [app, id, list, shown]);
  useEffect(() => {
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [look]);
  return look;
}

/// The number of the last message of which the end is in sight, or at least its beginning where it
/// is higher than the screen.
function lastSeen(shown: readonly Shown[], handle: VirtualizerHandle): number {
  const bottom = handle.scrollOffset + handle.viewportSize + 1;
  let index = Math.min(handle.findItemIndex(bottom), shown.length - 1);
  const isWhole = handle.getItemOffset(index) + handle.getItemSize(index) <= bottom;
  if (!isWhole && handle.getItemOffset(index) > handle.scrollOffset) {
    index--;
  }
  for (; index >= 0; index--) {
    const line = shown[index];
    if (line?.kind === "message" && line.message.seq !== null) {
      return line.message.seq;
    }
  }
  return 0;
}
