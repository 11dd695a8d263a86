import { useEffect, useId, useRef, useState } from "react";
import type { ConversationId, MessageView, Problem, ReportReason } from "../core";
import { useApp, useWords } from "./context";
import { Dialog } from "./Dialog";
import { fieldText, problemText } from "./words";

type Stage =
  | { readonly is: "asking"; readonly problem: Problem | null }
  | { readonly is: "under-way"; readonly waits: Problem | null }
  | { readonly is: "done"; readonly blocked: boolean; readonly problem: Problem | null };

const MISSING = { field: "reason", code: "required", message: "" };

/// Shows those who run the server what somebody wrote. Whoever closes it before it went out has not
/// reported anything, and sees that.
export function ReportDialog(props: {
  readonly id: ConversationId;
  readonly message: MessageView;
  readonly name: string;
  readonly blocked: boolean;
  readonly onClose: () => void;
}) {
  const { id, message, name, onClose } = props;
  const app = useApp();
  const words = useWords();
  const group = useId();
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [blocks, setBlocks] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const [stage, setStage] = useState<Stage>({ is: "asking", problem: null });
  const going = useGoing();
  const send = async (): Promise<void> => {
    setMissing(reason === null);
    if (reason === null || stage.is !== "asking") {
      return;
    }
    setStage({ is: "under-way", waits: null });
    const { signal } = going();
    const answer = await app.commands.report(id, message.seq ?? 0, reason, {
      signal,
      onWaiting: (waits) => setStage({ is: "under-way", waits }),
    });
    if (!answer.ok) {
      setStage({ is: "asking", problem: answer.problem });
      return;
    }
    const block = blocks ? await app.commands.block(message.from) : null;
    const problem = block?.ok === false ? block.problem : null;
    setStage({ is: "done", blocked: block !== null && problem === null, problem });
  };
  const waited = stage.is === "under-way" ? stage.waits : null;
  return (
    <Dialog open title={words.reportTitle} onClose={onClose}>
      <p className="quoted" dir="auto">
        {message.text}
      </p>
      {stage.is === "done" ? (
        <>
          <p role="status">
            {stage.blocked
              ? words.reportedAndBlocked(name)
              : stage.problem === null
                ? words.reported
                : `${words.reportedOnly} ${problemText(words, stage.problem)}`}
          </p>
          <div className="dialog-end">
            <button type="button" className="primary" onClick={onClose}>
              {words.close}
            </button>
          </div>
        </>
      ) : (
        <form
          noValidate
          className="erase"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <p>{words.reportMeans(name)}</p>
          <fieldset
            className="reasons"
            disabled={stage.is === "under-way"}
            aria-describedby={isMissing ? `${group}-error` : undefined}
          >
            <legend>{words.reportWhy}</legend>
            {(Object.entries(words.reportReasons) as [ReportReason, string][]).map(
              ([it, label]) => (
                <label key={it}>
                  <input
                    type="radio"
                    name={group}
                    value={it}
                    checked={reason === it}
                    onChange={() => setReason(it)}
                  />
                  <span>{label}</span>
                </label>
              ),
            )}
          </fieldset>
          {isMissing && (
            <p className="field-error" id={`${group}-error`} role="alert">
              {fieldText(words, MISSING)}
            </p>
          )}
          {!props.blocked && (
            <label className="switch">
              <input
                type="checkbox"
                role="switch"
                checked={blocks}
                disabled={stage.is === "under-way"}
                onChange={(event) => setBlocks(event.target.checked)}
              />
              <span>{words.reportBlocks(name)}</span>
            </label>
          )}
          <div role="status">
            {waited !== null && (
              <p className="warning">
                {problemText(words, waited)} {words.reportWaits}
              </p>
            )}
          </div>
          <p className="form-error" role="alert">
            {stage.is === "asking" && stage.problem !== null
              ? problemText(words, stage.problem)
              : ""}
          </p>
          <div className="dialog-end">
            <button type="button" className="secondary" onClick={onClose}>
              {words.cancel}
            </button>
            <button
              type="submit"
              className="primary danger"
              aria-disabled={stage.is === "under-way"}
            >
              {stage.is === "under-way" ? words.reporting : words.reportSend}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

/// A signal that ends with the dialog.
function useGoing(): () => AbortController {
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  return () => {
    const next = new AbortController();
    current.current = next;
    return next;
  };
}
