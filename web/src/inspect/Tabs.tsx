import { type KeyboardEvent, useRef } from "react";
import type { Pane } from "./Desk";
import { words } from "./words";

interface Props {
  readonly chosen: Pane;
  readonly wide: boolean;
  readonly onChoose: (pane: Pane) => void;
}

const names: Readonly<Record<Pane, string>> = {
  table: words.table,
  patterns: words.patterns,
  live: words.live,
  charts: words.charts,
};

/// Which part is in sight. At a desk the table and what changes always are, and so have no tab.
export function Tabs({ chosen, wide, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const panes = (Object.keys(names) as Pane[]).filter(
    (it) => !wide || (it !== "table" && it !== "live"),
  );
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    const at = (panes.indexOf(chosen) + step + panes.length) % panes.length;
    const next = panes[at];
    if (next !== undefined) {
      onChoose(next);
      list.current?.querySelectorAll("button")[at]?.focus();
    }
  };
  return (
    <div
      ref={list}
      className="tabs"
      role="tablist"
      aria-label={words.parts}
      tabIndex={-1}
      onKeyDown={move}
    >
      {panes.map((pane) => (
        <button
          key={pane}
          type="button"
          role="tab"
          aria-selected={pane === chosen}
          tabIndex={pane === chosen ? 0 : -1}
          onClick={() => onChoose(pane)}
        >
          {names[pane]}
        </button>
      ))}
    </div>
  );
}
