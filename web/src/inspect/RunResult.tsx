import type { Problem } from "../core/model";
import type { Run } from "./model";
import { count, number, problemText, words } from "./words";

interface Props {
  readonly run: Run | null;
  readonly problem: Problem | null;
  readonly onClose: () => void;
}

/// What a run came to: units measured beside units predicted, and the requests as they were sent.
export function RunResult({ run, problem, onClose }: Props) {
  return (
    <>
      <p className="sr" role="status">
        {run !== null &&
          words.ranAloud(run.pattern.name, run.measured, run.requests.length, run.touched.length)}
      </p>
      {problem !== null && (
        <p className="warning" role="alert">
          {problemText(problem)}
        </p>
      )}
      {run !== null && (
        <section className="run" aria-labelledby="run-title">
          <div className="pane-head">
            <h2 id="run-title">
              <code>{run.pattern.name}</code> {run.pattern.sentence}
            </h2>
            <button type="button" className="secondary small" onClick={onClose}>
              {words.closeRun}
            </button>
          </div>
          <dl className="figures">
            <Figure name={words.measured} value={run.measured} strong />
            <Figure name={words.predicted} value={run.predicted} />
            <Figure name={words.byDesign} value={run.design} />
            <Figure name={words.trips} value={number(run.requests.length)} />
            <Figure name={words.took} value={words.millis(run.ms)} />
            <Figure name={words.evaluated} value={number(run.evaluated)} />
            <Figure name={words.returned} value={number(run.returned)} />
          </dl>
          <p className="soft small-text">
            {run.price} {run.write && words.isWrite}
          </p>
          {run.requests.some((it) => it.refused) && <p className="warning">{words.refused}</p>}
          <details>
            <summary>
              {words.requests} ({count(run.requests.length, "request")})
            </summary>
            {run.requests.map((it, at) => (
              <div key={at}>
                <p>
                  <strong>{it.operation}</strong> <code>{it.key}</code>
                </p>
                {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
                <pre tabIndex={0}>{JSON.stringify(it.request, null, 2)}</pre>
              </div>
            ))}
          </details>
        </section>
      )}
    </>
  );
}

function Figure({
  name,
  value,
  strong = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly strong?: boolean;
}) {
  return (
    <div data-strong={strong}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
