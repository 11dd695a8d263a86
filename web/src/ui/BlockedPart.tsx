import { useEffect, useState } from "react";
import type { Problem } from "../core";
import { Avatar } from "./Avatar";
import { useApp, useAppState, useWords } from "./context";
import { Part } from "./SettingsPart";
import { problemText } from "./words";

/// Whom one has blocked, and the way back.
export function BlockedPart() {
  const app = useApp();
  const words = useWords();
  const blocked = useAppState((state) => state.blocked);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    void app.commands.loadBlocks().then((answer) => {
      setProblem(answer.ok ? null : answer.problem);
    });
  }, [app]);
  const unblock = async (id: string): Promise<void> => {
    const answer = await app.commands.unblock(id);
    setProblem(answer.ok ? null : answer.problem);
  };
  return (
    <Part title={words.blockedPeople}>
      {blocked !== null && blocked.size === 0 && <p className="part-note">{words.nobodyBlocked}</p>}
      {blocked !== null && blocked.size > 0 && (
        <ul className="blocked">
          {[...blocked.values()].map((person) => (
            <li key={person.id} className="me">
              <Avatar person={person} />
              <div>
                <strong dir="auto">{person.displayName ?? words.goneAccount}</strong>
                {person.handle !== undefined && <small>@{person.handle}</small>}
              </div>
              <button
                type="button"
                className="secondary"
                aria-label={words.unblockWhom(person.displayName ?? words.goneAccount)}
                onClick={() => void unblock(person.id)}
              >
                {words.unblock}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="form-error" role="alert">
        {problem === null ? "" : problemText(words, problem)}
      </p>
    </Part>
  );
}
