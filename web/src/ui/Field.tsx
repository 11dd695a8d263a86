import { type ComponentProps, useId, useState } from "react";
import type { Problem } from "../core";
import { useWords } from "./context";
import { Icon } from "./Icons";
import { fieldText } from "./words";

interface Props extends Omit<ComponentProps<"input">, "id" | "className" | "onChange"> {
  /// Its name, as the server calls it.
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly problem: Problem | null;
  readonly onText: (text: string) => void;
}

/// A labelled input that says what is wrong with it where it is wrong.
export function Field({ name, label, hint, problem, onText, type, ...input }: Props) {
  const words = useWords();
  const id = useId();
  const [shown, setShown] = useState(false);
  const error = problem?.errors.find((it) => it.field === name);
  const secret = type === "password";
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-box">
        <input
          {...input}
          id={id}
          name={name}
          type={secret && shown ? "text" : (type ?? "text")}
          aria-invalid={error !== undefined}
          aria-describedby={described.filter(Boolean).join(" ") || undefined}
          onChange={(event) => onText(event.target.value)}
        />
        {secret && (
          <button
            type="button"
            className="quiet square"
            aria-pressed={shown}
            aria-label={shown ? words.hidePassword : words.showPassword}
            onClick={() => setShown(!shown)}
          >
            <Icon name="eye" />
          </button>
        )}
      </div>
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          {fieldText(words, error)}
        </p>
      )}
      {hint !== undefined && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
