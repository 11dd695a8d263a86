import { useState } from "react";
import type { Problem } from "../core";
import { useApp, useWords } from "./context";
import { problemText } from "./words";

/// Keeps the account after all.
export function Keep() {
  const app = useApp();
  const words = useWords();
  const [problem, setProblem] = useState<Problem | null>(null);
  const keep = async (): Promise<void> => {
    const answer = await app.commands.takeErasureBack();
    setProblem(answer.ok ? null : answer.problem);
  };
  return (
    <>
      <button type="button" className="secondary keep" onClick={() => void keep()}>
        {words.keepAccount}
      </button>
      {problem !== null && (
        <p className="form-error" role="alert">
          {problemText(words, problem)}
        </p>
      )}
    </>
  );
}
