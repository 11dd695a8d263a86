import { useState } from "react";
import { useLocation } from "wouter";
import type { Account, Problem } from "../core";
import { useAgain } from "./again";
import { Confirm } from "./Confirm";
import { useApp, useAppState, useLanguage, useWords } from "./context";
import { Dialog } from "./Dialog";
import { type GivenCode } from "./erasureCode";
import { Keep } from "./Keep";
import { Part } from "./SettingsPart";
import { exactTime } from "./time";

/// The end of the account: asked for, and taken back as long as it has not begun.
export function ErasurePart({ account }: { readonly account: Account }) {
  const app = useApp();
  const words = useWords();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const again = useAgain("erasure");
  const [isAsking, setAsking] = useState(again.open);
  const isAsked = account.erasesAt !== undefined;
  // A dialog that is open when the account comes to say so was about something else.
  const [wasAsked, setWasAsked] = useState(isAsked);
  const grace = useAppState((state) => state.config?.erasureGraceSeconds);
  const { erasesAt } = account;
  const open = (): void => {
    setWasAsked(isAsked);
    setAsking(true);
  };
  const close = (): void => {
    setAsking(false);
    again.forget();
  };
  const ask = async (password: string | null): Promise<Problem | null> => {
    const answer = await app.commands.askErasure(password);
    if (!answer.ok) {
      return answer.problem;
    }
    // On a page of its own, which stays when there is nobody to be signed in any more.
    navigate("/erasure", { state: answer.value satisfies GivenCode });
    return null;
  };
  return (
    <Part title={words.erasure}>
      {erasesAt === undefined ? (
        <>
          <p className="part-note">{words.erasureMeans}</p>
          <div className="form-end">
            <button type="button" className="secondary danger" onClick={open}>
              {words.eraseAccount}
            </button>
          </div>
        </>
      ) : (
        <>
          <p className="warning">{words.erasesAt(exactTime(Date.parse(erasesAt), language))}</p>
          <Keep />
          <p className="part-note">{words.eraseCodeLost}</p>
          <div className="form-end">
            <button type="button" className="secondary" onClick={open}>
              {words.eraseAnotherCode}
            </button>
          </div>
        </>
      )}
      <Dialog
        open={isAsking && isAsked === wasAsked}
        title={isAsked ? words.eraseAnotherCode : words.eraseQuestion}
        onClose={close}
      >
        <Confirm
          account={account}
          purpose="erasure"
          again={again}
          submit={isAsked ? words.eraseAnotherCode : words.eraseAccount}
          danger={!isAsked}
          act={ask}
          onClose={close}
        >
          {isAsked ? (
            <p>{words.eraseCodeReplaced}</p>
          ) : (
            <ul>
              {words.eraseWhat.map((it) => (
                <li key={it}>{it}</li>
              ))}
              {grace !== undefined && <li>{words.eraseBegins(grace)}</li>}
            </ul>
          )}
        </Confirm>
      </Dialog>
    </Part>
  );
}
