import { tinted } from "./Entity";
import { placeShown } from "./entities";
import type { Design } from "./model";
import type { IndexRow } from "./state";
import { words } from "./words";

interface Props {
  readonly design: Design;
  readonly rows: readonly IndexRow[];
  readonly goesOn: boolean;
  /// Whether the run that was made last read the index.
  readonly read: boolean;
  readonly onOpen: (pk: string) => void;
}

/// The index beside the table: who is in it, under what.
export function IndexPane({ design, rows, goesOn, read, onOpen }: Props) {
  return (
    <section className="index-pane" aria-labelledby="index-title" data-read={read}>
      <h2 id="index-title">{words.index(design.index)}</h2>
      <p className="soft small-text">{words.indexWhy(design.indexKey)}</p>
      {rows.length === 0 ? (
        <p className="soft">{words.indexEmpty}</p>
      ) : (
        <ol className="index-list">
          {rows.map((row) => {
            const { folder, at } = placeShown(row.place);
            return (
              <li key={`${row.pk} ${row.sk}`} data-lit={row.lit} style={tinted("row")}>
                <button type="button" onClick={() => onOpen(row.pk)}>
                  <span className="index-place">
                    <strong>{folder}</strong> {at}
                    {row.lit && <span className="cell-mark">{words.indexRead}</span>}
                  </span>
                  <code>{row.pk}</code>
                  <code>{row.sk}</code>
                </button>
              </li>
            );
          })}
        </ol>
      )}
      {goesOn && <p className="soft small-text">{words.indexMore}</p>}
    </section>
  );
}
