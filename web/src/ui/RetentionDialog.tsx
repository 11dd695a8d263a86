import { useId, useState } from "react";
import type { ConversationId, Problem } from "../core";
import { useApp, useAppState, useWords } from "./context";
import { Dialog } from "./Dialog";
import { problemText } from "./words";

/// What one may choose among; the server takes every number of days up to a year.
const CHOICES = [0, 1, 7, 30, 90, 365];

/// Says for how long messages are kept from here on, for both.
export function RetentionDialog(props: {
  readonly id: ConversationId;
  readonly days: number;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { id, name, onClose } = props;
  const app = useApp();
  const words = useWords();
  const group = useId();
  const [days, setDays] = useState(props.days);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const most = useAppState((state) => state.config?.retentionDays ?? 0);
  const choices = [...new Set([...CHOICES, props.days])]
    .filter((it) => it === 0 || it === props.days || most === 0 || it < most)
    .sort((a, b) => a - b);
  const save = async (): Promise<void> => {
    if (days === props.days) {
      onClose();
      return;
    }
    setBusy(true);
    const answer = await app.commands.keepMessages(id, days);
    setBusy(false);
    if (answer.ok) {
      onClose();
    } else {
      setProblem(answer.problem);
    }
  };
  return (
    <Dialog open title={words.retention} onClose={onClose}>
      <form
        noValidate
        className="erase"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>{words.retentionMeans(name)}</p>
        {most > 0 && <p>{words.retentionHere(most)}</p>}
        <fieldset className="reasons" disabled={isBusy}>
          <legend>{words.retentionQuestion}</legend>
          {choices.map((it) => (
            <label key={it}>
              <input
                type="radio"
                name={group}
                value={it}
                checked={days === it}
                onChange={() => setDays(it)}
              />
              <span>{words.retentionChoice(it)}</span>
            </label>
          ))}
        </fieldset>
        <p className="form-error" role="alert">
          {problem === null ? "" : problemText(words, problem)}
        </p>
        <div className="dialog-end">
          <button type="button" className="secondary" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="primary" disabled={isBusy}>
            {words.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
