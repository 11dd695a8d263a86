import { useState } from "react";
import type { Account, Erasure, Problem } from "../core";
import { useApp, useLanguage, useWords } from "./context";
import { Dialog } from "./Dialog";
import { Field } from "./Field";
import { Keep } from "./Keep";
import { Part } from "./SettingsPart";
import { exactTime } from "./time";
import { required } from "./Welcome";
import { problemText } from "./words";

/// The end of the account: asked for with the password, and taken back as long as it has not begun.
export function ErasurePart({ account }: { readonly account: Account }) {
  const words = useWords();
  const language = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const [asked, setAsked] = useState<Erasure | null>(null);
  const close = (): void => {
    setAsking(false);
    setAsked(null);
  };
  const { erasesAt } = account;
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
      <Dialog
        open={isAsking}
        title={asked === null ? words.eraseQuestion : words.eraseAsked}
        onClose={close}
      >
        {asked === null ? (
          <Ask account={account} onAsked={setAsked} onClose={close} />
        ) : (
          <>
            <p>{words.erasesAt(exactTime(Date.parse(asked.erasesAt), language))}</p>
            <p>{words.eraseCode}</p>
            <p className="code">
              <code>{asked.code}</code>
            </p>
            <div className="dialog-end">
              <button
                type="button"
                className="secondary"
                onClick={() => void navigator.clipboard.writeText(asked.code)}
              >
                {words.copyCode}
              </button>
              <button type="button" className="primary" onClick={close}>
                {words.close}
              </button>
            </div>
          </>
        )}
      </Dialog>
    </Part>
  );
}

function Ask(props: {
  readonly account: Account;
  readonly onAsked: (asked: Erasure) => void;
  readonly onClose: () => void;
}) {
  const app = useApp();
  const words = useWords();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const ask = async (): Promise<void> => {
    const missing = required({ password });
    if (missing !== null || isBusy) {
      setProblem(missing);
      return;
    }
    setBusy(true);
    const answer = await app.commands.askErasure(password);
    setBusy(false);
    if (answer.ok) {
      props.onAsked(answer.value);
    } else {
      setProblem(answer.problem);
    }
  };
  return (
    <form
      noValidate
      className="erase"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <ul>
        {words.eraseWhat.map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={props.account.handle}
        readOnly
        hidden
      />
      <Field
        name="password"
        label={words.password}
        type="password"
        autoComplete="current-password"
        value={password}
        problem={problem}
        onText={setPassword}
      />
      <p className="form-error" role="alert">
        {problem !== null && problem.errors.length === 0 ? problemText(words, problem) : ""}
      </p>
      <div className="dialog-end">
        <button type="button" className="secondary" onClick={props.onClose}>
          {words.cancel}
        </button>
        <button type="submit" className="primary danger" aria-disabled={isBusy}>
          {words.eraseAccount}
        </button>
      </div>
    </form>
  );
}
