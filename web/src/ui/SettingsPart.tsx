import { type ReactNode, useId, useState } from "react";
import type { Problem } from "../core";
import { useWords } from "./context";
import { problemText } from "./words";

/// A part of the settings, under a heading.
export function Part({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/// A small form with one button that says what became of it.
export function Change(props: {
  readonly label: string;
  readonly done: string;
  readonly act: () => Promise<Problem | null>;
  readonly children: (problem: Problem | null) => ReactNode;
}) {
  const words = useWords();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [state, setState] = useState<"idle" | "busy" | "done">("idle");
  const submit = async (): Promise<void> => {
    setState("busy");
    const failed = await props.act();
    setProblem(failed);
    setState(failed === null ? "done" : "idle");
  };
  return (
    <form
      noValidate
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        if (state !== "busy") {
          void submit();
        }
      }}
    >
      {props.children(problem)}
      <div className="form-end">
        <button type="submit" className="secondary" aria-disabled={state === "busy"}>
          {props.label}
        </button>
        <p role="status">{state === "done" ? props.done : ""}</p>
      </div>
      <p className="form-error" role="alert">
        {problem !== null && problem.errors.length === 0 ? problemText(words, problem) : ""}
      </p>
    </form>
  );
}
