import { Entity, tinted } from "./Entity";
import type { Change, Design } from "./model";
import { time, words } from "./words";

interface Props {
  readonly design: Design;
  readonly changes: readonly Change[];
  readonly paused: boolean;
  readonly away: boolean;
  readonly onPause: (paused: boolean) => void;
  readonly onOpen: (pk: string) => void;
}

/// Later than this is worth saying.
const LATE_MILLIS = 2_000;

/// What changes, as it changes. It says nothing aloud: somebody who listens reads it when they like.
export function Live({ design, changes, paused, away, onPause, onOpen }: Props) {
  return (
    <section className="pane" aria-labelledby="live-title">
      <div className="pane-head">
        <h2 id="live-title">{words.live}</h2>
        <button
          type="button"
          className="secondary small"
          aria-pressed={paused}
          onClick={() => onPause(!paused)}
        >
          {paused ? words.resume : words.pause}
        </button>
      </div>
      <p className="soft small-text">{words.liveWhy}</p>
      <p role="status" className={away ? "warning" : "sr"}>
        {away ? words.away : ""}
      </p>
      {changes.length === 0 ? (
        <p className="soft">{words.liveEmpty}</p>
      ) : (
        <ol className="live-list">
          {changes.map((it) => (
            <li key={it.number} style={tinted(it.entity)}>
              <button type="button" onClick={() => onOpen(it.pk)}>
                <span className="live-head">
                  <Entity design={design} entity={it.entity} />
                  {it.gone && <span className="cell-mark">{words.gone}</span>}
                  <time dateTime={it.at}>{time(Date.parse(it.at)).slice(11)}</time>
                  {it.late > LATE_MILLIS && <span className="soft">{words.late(it.late)}</span>}
                </span>
                <code>{it.pk}</code>
                <code>{it.sk}</code>
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
