import { type ReactNode, useState } from "react";
import type { Account, Problem } from "../core";
import type { Again, Purpose } from "./again";
import { useAppState, useWords } from "./context";
import { Field } from "./Field";
import { KnownHandle } from "./KnownHandle";
import { required } from "./Welcome";
import { problemText } from "./words";

/// Asks once more who it is, before what cannot be undone or shows everything: by the password, or by
/// one more sign-in with an identity provider for those who have none. Who has one is not offered the
/// other: a provider that does not lead to this account would make a new one. Both are there as long
/// as the server has not said which.
export function Confirm(props: {
  readonly account: Account;
  readonly purpose: Purpose;
  readonly again: Again;
  readonly submit: string;
  readonly danger?: boolean;
  readonly children: ReactNode;
  /// With null, the sign-in of a moment ago stands for the password.
  readonly act: (password: string | null) => Promise<Problem | null>;
  readonly onClose: () => void;
}) {
  const { again } = props;
  const { hasPassword } = props.account;
  const words = useWords();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isStale, setStale] = useState(false);
  const isFresh = again.done && !isStale;
  const act = async (): Promise<void> => {
    if (!isFresh && hasPassword === false) {
      return;
    }
    const missing = isFresh ? null : required({ password });
    if (missing !== null || isBusy) {
      setProblem(missing);
      return;
    }
    setBusy(true);
    const failed = await props.act(isFresh ? null : password);
    setBusy(false);
    if (isFresh && failed?.code === "confirmation_missing") {
      setStale(true);
      return;
    }
    setProblem(failed);
  };
  const told = problem !== null && problem.errors.length === 0;
  return (
    <form
      noValidate
      className="erase"
      onSubmit={(event) => {
        event.preventDefault();
        void act();
      }}
    >
      {props.children}
      <p>{words.forWhom(props.account.handle)}</p>
      {again.failed !== null && (
        <p className="warning" role="alert">
          {words.providerFailed(again.failed)}
        </p>
      )}
      {isStale && (
        <p className="warning" role="alert">
          {words.freshOver}
        </p>
      )}
      {isFresh ? (
        <p className="part-note">{words.signedInAgain}</p>
      ) : (
        <>
          {hasPassword !== false && (
            <>
              <KnownHandle handle={props.account.handle} />
              <Field
                name="password"
                label={words.password}
                type="password"
                autoComplete="current-password"
                value={password}
                problem={problem}
                onText={setPassword}
              />
            </>
          )}
          {hasPassword !== true && (
            <OnceMore purpose={props.purpose} isOnly={hasPassword === false} />
          )}
        </>
      )}
      <p className="form-error" role="alert">
        {told ? problemText(words, problem) : ""}
      </p>
      <div className="dialog-end">
        <button type="button" className="secondary" onClick={props.onClose}>
          {words.cancel}
        </button>
        {(isFresh || hasPassword !== false) && (
          <button
            type="submit"
            className={props.danger === true ? "primary danger" : "primary"}
            aria-disabled={isBusy}
          >
            {props.submit}
          </button>
        )}
      </div>
    </form>
  );
}

function OnceMore({ purpose, isOnly }: { readonly purpose: Purpose; readonly isOnly: boolean }) {
  const words = useWords();
  const providers = useAppState((state) => state.config?.providers) ?? [];
  if (providers.length === 0) {
    return isOnly ? <p className="warning">{words.noWayToConfirm}</p> : null;
  }
  return (
    <div className="once-more">
      <p className="part-note">{isOnly ? words.confirmAtProvider : words.noPasswordHere}</p>
      <ul className="providers">
        {providers.map((it) => (
          <li key={it.path}>
            <a className="secondary" href={`${it.path}?again=${purpose}`}>
              {words.signInAgainWith(it.name)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
