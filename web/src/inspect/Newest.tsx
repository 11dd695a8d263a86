import { type Offer, peopleOf, talksOf, type Known } from "./known";
import { words } from "./words";

interface Props {
  readonly known: Known;
  readonly onOpen: (of: string) => void;
}

/// The newest people and conversations of those that were seen: one is picked, and no id typed.
export function Newest({ known, onOpen }: Props) {
  const people = peopleOf(known);
  const talks = talksOf(known);
  if (people.length === 0 && talks.length === 0) {
    return null;
  }
  return (
    <section className="newest" aria-label={words.newest}>
      <Line name={words.people} offers={people} onOpen={onOpen} />
      <Line name={words.talks} offers={talks} onOpen={onOpen} />
    </section>
  );
}

interface LineProps {
  readonly name: string;
  readonly offers: readonly Offer[];
  readonly onOpen: (of: string) => void;
}

function Line({ name, offers, onOpen }: LineProps) {
  return offers.length === 0 ? null : (
    <div className="newest-line">
      <span className="newest-name" aria-hidden="true">
        {name}
      </span>
      <ul aria-label={name}>
        {offers.map((it) => (
          <li key={it.value}>
            <button type="button" title={it.at} onClick={() => onOpen(it.value)}>
              {it.label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/// The same as suggestions of a field that says `list={id}`.
export function Suggestions({
  id,
  offers,
}: {
  readonly id: string;
  readonly offers: readonly Offer[];
}) {
  return (
    <datalist id={id}>
      {offers.map((it) => (
        <option key={it.value} value={it.value} label={`${it.label} ${it.at}`.trim()} />
      ))}
    </datalist>
  );
}
