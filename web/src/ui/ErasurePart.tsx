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
  const grace = useAppState((state) => state.config?.erasureGraceSeconds);
  const { erasesAt } = account;
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
            <button type="button" className="secondary danger" onClick={() => setAsking(true)}>
              {words.eraseAccount}
            </button>
          </div>
        </>
      ) : (
        <>
          <p className="warning">{words.erasesAt(exactTime(Date.parse(erasesAt), language))}</p>
          <Keep />
        </>
      )}
      <Dialog open={isAsking && erasesAt === undefined} title={words.eraseQuestion} onClose={close}>
        <Confirm
          account={account}
          purpose="erasure"
          again={again}
          submit={words.eraseAccount}
          danger
          act={ask}
          onClose={close}
        >
          <ul>
            {words.eraseWhat.map((it) => (
              <li key={it}>{it}</li>
            ))}
            {grace !== undefined && <li>{words.eraseBegins(grace)}</li>}
          </ul>
        </Confirm>
      </Dialog>
    </Part>
  );
}
