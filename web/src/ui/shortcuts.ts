/// Shortcuts of the page as a whole. `ShortcutsDialog` lists them with all others.
import { useEffect, useRef } from "react";
import { preferences } from "./preferences";

interface Actions {
  readonly next: () => void;
  readonly previous: () => void;
  readonly find: () => void;
  readonly help: () => void;
  readonly back: () => void;
}

export function useShortcuts(actions: Actions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const action = actionOf(event, latest.current);
      if (
        action !== null &&
        !event.defaultPrevented &&
        document.querySelector("dialog[open]") === null
      ) {
        event.preventDefault();
        action();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function actionOf(event: KeyboardEvent, actions: Actions): (() => void) | null {
  if (event.ctrlKey || event.metaKey || event.isComposing) {
    return null;
  }
  if (event.altKey) {
    return event.key === "ArrowDown"
      ? actions.next
      : event.key === "ArrowUp"
        ? actions.previous
        : null;
  }
  if (event.key === "Escape") {
    return actions.back;
  }
  // A single key is for whoever does not write, and can be turned off for those who speak to their
  // computer.
  if (isWriting(event.target) || !preferences().singleKeys) {
    return null;
  }
  switch (event.key) {
    case "/":
      return actions.find;
    case "?":
      return actions.help;
    case "c":
      return focusComposer;
    default:
      return null;
  }
}

export function focusComposer(): void {
  document.querySelector<HTMLTextAreaElement>(".composer textarea")?.focus();
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
  );
}
