import { type KeyboardEvent, useRef, useState } from "react";
import { Entity, tinted } from "./Entity";
import { shown, summary } from "./entities";
import type { Design } from "./model";
import type { Cell, Row, State, View } from "./state";
import { bytes, problemText, words } from "./words";

interface Props {
  readonly state: State;
  readonly design: Design;
  readonly rows: readonly Row[];
  readonly onLook: (view: View, further?: boolean) => void;
  readonly onOpen: (pk: string) => void;
  readonly onItem: (cell: Cell) => void;
}

/// Item collections as rows, items as cells: how people draw such a table.
export function Grid({ state, design, rows, onLook, onOpen, onItem }: Props) {
  const { view, loading, problem, next } = state;
  const grid = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const row = Math.min(at[0], Math.max(0, rows.length - 1));
  const column = Math.min(at[1], rows[row]?.cells.length ?? 0);
  const items = rows.reduce((sum, it) => sum + it.cells.length, 0);

  const go = (toRow: number, toColumn: number): void => {
    const r = Math.max(0, Math.min(toRow, rows.length - 1));
    const c = Math.max(0, Math.min(toColumn, rows[r]?.cells.length ?? 0));
    setAt([r, c]);
    const cell = grid.current?.querySelector<HTMLElement>(`[data-at="${r}/${c}"]`);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const keys = (event: KeyboardEvent): void => {
    const last = rows[row]?.cells.length ?? 0;
    const to: readonly [number, number] | undefined = {
      ArrowDown: [row + 1, column] as const,
      ArrowUp: [row - 1, column] as const,
      ArrowRight: [row, column + 1] as const,
      ArrowLeft: [row, column - 1] as const,
      Home: event.ctrlKey ? ([0, 0] as const) : ([row, 0] as const),
      End: event.ctrlKey ? ([rows.length - 1, 0] as const) : ([row, last] as const),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      go(...to);
    }
  };
  const stop = (r: number, c: number) => ({
    "data-at": `${r}/${c}`,
    tabIndex: r === row && c === column ? 0 : -1,
    onFocus: () => setAt([r, c]),
  });

  return (
    <section className="grid-pane" aria-labelledby="grid-title">
      <div className="pane-head">
        <h2 id="grid-title">
          {view.kind === "table" ? words.collections : (rows[0]?.pk ?? view.of)}
        </h2>
        {view.kind === "collection" && (
          <div className="pane-actions">
            <button
              type="button"
              className="secondary small"
              onClick={() => onLook({ ...view, ascending: !view.ascending })}
            >
              {view.ascending ? words.greatestFirst : words.leastFirst}
            </button>
            <button
              type="button"
              className="secondary small"
              onClick={() => onLook({ kind: "table" })}
            >
              {words.wholeTable}
            </button>
          </div>
        )}
      </div>
      <p className="soft small-text" role="status">
        {loading && rows.length === 0 ? words.loading : words.shown(rows.length, items)}{" "}
        <span className="wide-only">{words.gridHint}</span>
      </p>
      {problem !== null && (
        <p className="warning" role="alert">
          {problemText(problem)}{" "}
          <button type="button" className="secondary small" onClick={() => onLook(view)}>
            {words.retry}
          </button>
        </p>
      )}
      {loading && rows.length === 0 && <Skeletons />}
      {!loading && problem === null && rows.length === 0 && <p className="soft">{words.empty}</p>}
      {rows.length > 0 && (
        <div
          ref={grid}
          className={view.kind === "table" ? "grid" : "grid one"}
          role="grid"
          aria-labelledby="grid-title"
          aria-busy={loading}
          tabIndex={-1}
          onKeyDown={keys}
        >
          {rows.map((it, r) => (
            <div key={it.pk} role="row" className="grid-row">
              <div role="rowheader" className="grid-key">
                <button
                  type="button"
                  {...stop(r, 0)}
                  aria-label={words.openRow(it.pk)}
                  onClick={() => onOpen(it.pk)}
                >
                  <code>{it.pk}</code>
                </button>
              </div>
              {it.cells.map((cell, c) => (
                <div key={cell.sk} role="gridcell">
                  <CellView
                    cell={cell}
                    design={design}
                    stop={stop(r, c + 1)}
                    onItem={() => onItem(cell)}
                  />
                </div>
              ))}
              {it.more && view.kind === "table" && (
                <div role="gridcell" className="grid-more">
                  {words.goesOn}
                </div>
              )}
            </div>
          ))}
        </div>
      )}
      {next !== null && (
        <button
          type="button"
          className="secondary grid-next"
          aria-disabled={loading}
          onClick={() => !loading && onLook(view, true)}
        >
          {view.kind === "table" ? words.more : words.moreItems}
        </button>
      )}
    </section>
  );
}

interface CellProps {
  readonly cell: Cell;
  readonly design: Design;
  readonly stop: object;
  readonly onItem: () => void;
}

function CellView({ cell, design, stop, onItem }: CellProps) {
  const { item, mark } = cell;
  const place = item?.place ?? null;
  return (
    <button
      type="button"
      {...stop}
      className="cell"
      data-mark={mark}
      style={tinted(item?.entity ?? null)}
      onClick={onItem}
    >
      <span className="cell-head">
        {item !== null && <Entity design={design} entity={item.entity} />}
        {place !== null && <span className="cell-index">{words.inIndex}</span>}
        {mark !== "none" && <span className="cell-mark">{words[mark]}</span>}
      </span>
      <code className="cell-key">{cell.sk}</code>
      {item === null ? (
        <span className="cell-line soft">{mark === "missing" ? "" : words.keyOnly}</span>
      ) : (
        summary(item, design.indexKey).map((it) => (
          <span key={it.name} className="cell-line">
            <span className="soft">{it.name}</span>{" "}
            {it.hidden === null ? shown(it) : <em>{shown(it)}</em>}
          </span>
        ))
      )}
      {item !== null && <span className="cell-size soft">{bytes(item.bytes)}</span>}
    </button>
  );
}

function Skeletons() {
  return (
    <div className="skeletons grid-skeletons" aria-hidden="true">
      {[5, 3, 4, 2].map((cells, row) => (
        <div key={row}>
          {Array.from({ length: cells }, (_, cell) => (
            <span key={cell} />
          ))}
        </div>
      ))}
    </div>
  );
}
