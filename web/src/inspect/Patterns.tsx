import { useId, useState } from "react";
import { Entity } from "./Entity";
import { type Known, type Offer, peopleOf, talksOf } from "./known";
import type { Design, Pattern } from "./model";
import { Suggestions } from "./Newest";
import { words } from "./words";

interface Props {
  readonly design: Design;
  readonly given: Readonly<Record<string, string>>;
  readonly known: Known;
  readonly running: boolean;
  readonly onGive: (name: string, value: string) => void;
  readonly onRun: (pattern: string, args: readonly string[]) => void;
}

/// What looks most like what the product does all day.
const FIRST = "log-end";

/// What can be told of an argument from what was seen.
function offersOf(argument: string, known: Known): readonly Offer[] {
  switch (argument) {
    case "user":
    case "other":
    case "handle":
      return peopleOf(known);
    case "conversation":
      return talksOf(known);
    default:
      return [];
  }
}

/// Every way in which the table is asked, and a form to ask it so.
export function Patterns({ design, given, known, running, onGive, onRun }: Props) {
  const id = useId();
  const [name, setName] = useState(FIRST);
  const pattern = design.patterns.find((it) => it.name === name) ?? design.patterns[0];
  if (pattern === undefined) {
    return null;
  }
  const isWrite = pattern.consistency === "write";
  return (
    <section className="pane" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words.patterns}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!running) {
            onRun(
              pattern.name,
              pattern.arguments.map((it) => (given[it] ?? "").trim()),
            );
          }
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-name`}>{words.pattern}</label>
          <select
            id={`${id}-name`}
            value={pattern.name}
            onChange={(it) => setName(it.target.value)}
          >
            {design.entities.map((entity) => (
              <optgroup key={entity.name} label={entity.label}>
                {design.patterns
                  .filter((it) => entity.patterns.includes(it.name))
                  .map((it) => (
                    <option key={it.name} value={it.name}>
                      {`${it.number} ${it.name}`}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </div>
        <Facts design={design} pattern={pattern} />
        {pattern.arguments.map((it) => (
          <div key={it} className="field">
            <label htmlFor={`${id}-${it}`}>{words.argument[it] ?? it}</label>
            <div className="field-box">
              <input
                id={`${id}-${it}`}
                value={given[it] ?? ""}
                maxLength={128}
                required
                list={`${id}-${it}-known`}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => onGive(it, event.target.value)}
              />
              <Suggestions id={`${id}-${it}-known`} offers={offersOf(it, known)} />
            </div>
          </div>
        ))}
        <p className="soft small-text">{isWrite ? words.isWrite : words.isRead}</p>
        <button type="submit" className="primary" aria-disabled={running}>
          {running ? words.running : isWrite ? words.tryOut : words.run}
        </button>
      </form>
    </section>
  );
}

function Facts({ design, pattern }: { readonly design: Design; readonly pattern: Pattern }) {
  const entity = design.entities.find((it) => it.patterns.includes(pattern.name));
  return (
    <div className="facts">
      <p>
        <Entity design={design} entity={entity?.name ?? null} /> {pattern.sentence}.
      </p>
      <dl>
        <div>
          <dt>{words.request}</dt>
          <dd>
            {pattern.request}, {pattern.consistency}
          </dd>
        </div>
        <div>
          <dt>{words.keys}</dt>
          {pattern.keys.map((key) => (
            <dd key={key}>
              <code>{key}</code>
            </dd>
          ))}
        </div>
        <div>
          <dt>{words.from}</dt>
          <dd>{pattern.index === "" ? words.fromTable : words.fromIndex(pattern.index)}</dd>
        </div>
        {pattern.condition !== "-" && (
          <div>
            <dt>{words.condition}</dt>
            <dd>{pattern.condition}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
