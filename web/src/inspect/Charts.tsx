import { type CSSProperties, useEffect, useState } from "react";
import type { Problem, Result } from "../core/model";
import type { InspectApi } from "./api";
import { Entity, tinted } from "./Entity";
import type { Consumed, Design, Weighing } from "./model";
import { bytes, number, problemText, words } from "./words";

const UNITS_MILLIS = 5_000;
const WEIGHING_MILLIS = 700;

/// What is consumed by whom, and what takes how much room: bars with their numbers beside them.
export function Charts({ api, design }: { readonly api: InspectApi; readonly design: Design }) {
  const [consumed, setConsumed] = useState<Consumed | null>(null);
  const [weighing, setWeighing] = useState<Weighing | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    const ask = async (): Promise<void> => {
      const answer = await api.consumed();
      if (answer.ok) {
        setConsumed(answer.value);
        setProblem(null);
      } else {
        setProblem(answer.problem);
      }
    };
    void ask();
    const again = setInterval(() => void ask(), UNITS_MILLIS);
    return () => clearInterval(again);
  }, [api]);

  const told = (answer: Result<Weighing>): void => {
    if (answer.ok) {
      setWeighing(answer.value);
    } else {
      setProblem(answer.problem);
    }
  };
  const running = weighing?.state === "running";
  useEffect(() => {
    void api.weighing().then(told);
    if (!running) {
      return;
    }
    const again = setInterval(() => void api.weighing().then(told), WEIGHING_MILLIS);
    return () => clearInterval(again);
  }, [api, running]);

  return (
    <section className="pane" aria-labelledby="charts-title">
      <h2 id="charts-title">{words.charts}</h2>
      {problem !== null && (
        <p className="warning" role="alert">
          {problemText(problem)}
        </p>
      )}
      <Units consumed={consumed} design={design} />
      {weighing !== null && (
        <Weights
          weighing={weighing}
          design={design}
          onWeigh={() => void api.weigh().then(told)}
          onStop={() => void api.stopWeighing().then(told)}
        />
      )}
    </section>
  );
}

function bar(part: number, all: number): CSSProperties {
  return { "--part": all === 0 ? 0 : part / all } as CSSProperties;
}

function Units({
  consumed,
  design,
}: {
  readonly consumed: Consumed | null;
  readonly design: Design;
}) {
  const patterns = (consumed?.patterns ?? []).toSorted((a, b) => b.units - a.units);
  const most = patterns[0]?.units ?? 0;
  return (
    <>
      <h3 id="units-title">{words.unitsTitle}</h3>
      <p className="soft small-text">{consumed !== null && words.unitsWhy(consumed.oneIn)}</p>
      {patterns.length === 0 ? (
        <p className="soft">{consumed !== null && words.unitsEmpty}</p>
      ) : (
        <table className="bars" aria-labelledby="units-title">
          <thead>
            <tr>
              <th scope="col">{words.pattern}</th>
              <th scope="col">{words.requestsMade}</th>
              <th scope="col">{words.units}</th>
            </tr>
          </thead>
          <tbody>
            {patterns.map((it) => (
              <tr key={it.pattern} style={tinted(entityOf(design, it.pattern))}>
                <th scope="row">
                  {it.pattern}
                  <span className="bar" style={bar(it.units, most)} />
                </th>
                <td>{number(it.requests)}</td>
                <td>{number(it.units)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function entityOf(design: Design, pattern: string): string | null {
  return design.entities.find((it) => it.patterns.includes(pattern))?.name ?? null;
}

interface WeightsProps {
  readonly weighing: Weighing;
  readonly design: Design;
  readonly onWeigh: () => void;
  readonly onStop: () => void;
}

function Weights({ weighing, design, onWeigh, onStop }: WeightsProps) {
  const { state, items, expected, expectedUnits, price } = weighing;
  const weights = weighing.weights.toSorted((a, b) => b.bytes - a.bytes);
  const most = weights[0]?.bytes ?? 0;
  return (
    <>
      <h3 id="weight-title">{words.weightTitle}</h3>
      <p className="soft small-text">{words.weightWhy(expectedUnits, price)}</p>
      <div className="weigh">
        {state === "running" ? (
          <>
            <progress max={Math.max(expected, 1)} value={items} aria-labelledby="weight-title" />
            <span className="small-text">{words.weighing(items, expected)}</span>
            <button type="button" className="secondary small" onClick={onStop}>
              {words.stop}
            </button>
          </>
        ) : (
          <button type="button" className="secondary" onClick={onWeigh}>
            {state === "none" ? words.weigh : words.weighAgain}
          </button>
        )}
      </div>
      <p role="status" className="small-text">
        {state === "done" && words.weighed(items)}
        {state === "stopped" && words.weighStopped(items)}
        {state === "failed" && words.weighFailed}
      </p>
      {weights.length > 0 && (
        <table className="bars" aria-labelledby="weight-title">
          <thead>
            <tr>
              <th scope="col">{words.entity}</th>
              <th scope="col">{words.items}</th>
              <th scope="col">{words.inTable}</th>
              <th scope="col">{words.inIndexBytes}</th>
            </tr>
          </thead>
          <tbody>
            {weights.map((it) => (
              <tr key={it.entity} style={tinted(it.entity)}>
                <th scope="row">
                  <Entity design={design} entity={it.entity} />
                  <span className="bar" style={bar(it.bytes, most)} />
                </th>
                <td>{number(it.items)}</td>
                <td>{bytes(it.bytes)}</td>
                <td>{it.indexBytes === 0 ? "0" : bytes(it.indexBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
