import { useState } from "react";
import type { ConversationId, Participant, Problem, Result } from "../core";
import { useApp, useWords } from "./context";
import { Ask } from "./ConversationMenu";
import { problemText } from "./words";

/// Somebody asks: one accepts, deletes or blocks. Until then they learn nothing.
export function RequestBar(props: {
  readonly id: ConversationId;
  readonly person: Participant | null;
  readonly name: string;
  readonly onGone: () => void;
}) {
  const { id, name } = props;
  const app = useApp();
  const words = useWords();
  const [asked, setAsked] = useState<"delete" | "block" | null>(null);
  const [problem, act] = useDoing();
  return (
    <div className="decision" role="group" aria-label={words.request}>
      <p>{words.requestMeans(name)}</p>
      <div>
        <button type="button" className="secondary danger" onClick={() => setAsked("block")}>
          {words.block}
        </button>
        <button type="button" className="secondary" onClick={() => setAsked("delete")}>
          {words.deleteForMe}
        </button>
        <button
          type="button"
          className="primary"
          onClick={() => void act(app.commands.moveTo(id, "inbox"))}
        >
          {words.accept}
        </button>
      </div>
      <p className="form-error" role="alert">
        {problem === null ? "" : problemText(words, problem)}
      </p>
      <Ask {...props} kind={asked} onClose={() => setAsked(null)} />
    </div>
  );
}

/// In the place of the box that one writes in.
export function BlockedBar({
  person,
  name,
}: {
  readonly person: Participant;
  readonly name: string;
}) {
  const app = useApp();
  const words = useWords();
  const [problem, act] = useDoing();
  return (
    <div className="decision" role="group" aria-label={words.blockedPeople}>
      <p>{words.blockedMeans(name)}</p>
      <div>
        <button
          type="button"
          className="secondary"
          onClick={() => void act(app.commands.unblock(person.id))}
        >
          {words.unblock}
        </button>
      </div>
      <p className="form-error" role="alert">
        {problem === null ? "" : problemText(words, problem)}
      </p>
    </div>
  );
}

function useDoing(): [Problem | null, (doing: Promise<Result<unknown>>) => Promise<void>] {
  const [problem, setProblem] = useState<Problem | null>(null);
  const act = async (doing: Promise<Result<unknown>>): Promise<void> => {
    const result = await doing;
    setProblem(result.ok ? null : result.problem);
  };
  return [problem, act];
}
