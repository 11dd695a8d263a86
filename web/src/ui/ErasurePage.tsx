import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import type { ErasureStatus, Problem } from "../core";
import { useApp, useAppState, useLanguage, useWords } from "./context";
import { type GivenCode, givenCode } from "./erasureCode";
import { Field } from "./Field";
import { saveText } from "./files";
import { Logo } from "./Icons";
import { exactTime } from "./time";
import { useTitle } from "./title";
import { required } from "./Welcome";
import { problemText } from "./words";

/// How far an erasure is, by its code alone: for whoever has just asked for one, and for those who
/// have no account any more. It hands out the receipt.
export function ErasurePage() {
  const app = useApp();
  const words = useWords();
  const [given] = useState(() => givenCode(history.state));
  const [code, setCode] = useState(given?.code ?? "");
  const [status, setStatus] = useState<ErasureStatus | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  useTitle(words.erasureProgress);
  const look = async (): Promise<void> => {
    const missing = required({ code });
    if (missing !== null || isBusy) {
      setProblem(missing);
      return;
    }
    setBusy(true);
    const answer = await app.commands.claimErasure(code);
    setBusy(false);
    // A receipt that is here is here once: nothing takes its place.
    if (answer.ok) {
      setStatus((known) => (known?.receipt === undefined ? answer.value : known));
    }
    setProblem(answer.ok ? null : answer.problem);
  };
  const told = problem !== null && problem.errors.length === 0;
  return (
    <div className="welcome">
      <main className="welcome-card">
        <header>
          <Logo />
          <div>
            <h1 className="smaller">{words.erasureProgress}</h1>
          </div>
        </header>
        {given === null ? <p>{words.erasureProgressWhat}</p> : <Given given={given} />}
        <form
          noValidate
          aria-label={words.erasureLook}
          onSubmit={(event) => {
            event.preventDefault();
            void look();
          }}
        >
          {given === null && (
            <Field
              name="code"
              label={words.erasureCode}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={code}
              problem={problem}
              onText={setCode}
            />
          )}
          <p className="form-error" role="alert">
            {!told
              ? ""
              : problem.code === "erasure_unknown"
                ? words.erasureCodeUnknown
                : problemText(words, problem)}
          </p>
          <button
            type="submit"
            className={given === null ? "primary" : "secondary"}
            aria-disabled={isBusy}
          >
            {words.erasureLook}
          </button>
        </form>
        <div role="status">{status !== null && <Status status={status} />}</div>
        <Leave />
      </main>
    </div>
  );
}

/// The code, which nothing shows again.
function Given({ given }: { readonly given: GivenCode }) {
  const words = useWords();
  const language = useLanguage();
  const [copied, setCopied] = useState(false);
  const when = exactTime(Date.parse(given.erasesAt), language);
  const save = (): void => {
    const address = `${location.origin}/erasure`;
    const lines = [words.erasesAt(when), words.eraseCode, words.erasureHere(address), given.code];
    saveText("parley-erasure-code.txt", `${lines.join("\n\n")}\n`);
  };
  return (
    <section className="given" aria-labelledby="given">
      <p className="notice">{words.erasesAt(when)}</p>
      <h2 id="given">{words.erasureKeepCode}</h2>
      <p>{words.eraseCode}</p>
      <p className="code">
        <code>{given.code}</code>
      </p>
      <div className="form-end">
        <button
          type="button"
          className="secondary"
          onClick={() => void navigator.clipboard.writeText(given.code).then(() => setCopied(true))}
        >
          {words.copyCode}
        </button>
        <button type="button" className="secondary" onClick={save}>
          {words.saveCode}
        </button>
        <p role="status">{copied ? words.copied : ""}</p>
      </div>
    </section>
  );
}

const STEPS = ["waiting", "conversations", "own", "sweep", "last_sweep", "done"] as const;

function Status({ status }: { readonly status: ErasureStatus }) {
  const words = useWords();
  const language = useLanguage();
  if (status.receipt !== undefined) {
    return <Receipt text={status.receipt} />;
  }
  if (status.digest !== undefined) {
    return (
      <>
        <p>{words.receiptHandedOut}</p>
        <p className="code">
          <code>{status.digest}</code>
        </p>
      </>
    );
  }
  const now = STEPS.findIndex((it) => it === status.state);
  return (
    <ol className="steps">
      {STEPS.map((step, index) => (
        <li
          key={step}
          data-step={index < now ? "past" : index === now ? "now" : "ahead"}
          aria-current={index === now ? "step" : undefined}
        >
          {words.erasureSteps[step]}{" "}
          {index === now && status.at !== undefined && (
            <small>{words.erasureSince(exactTime(Date.parse(status.at), language))}</small>
          )}
        </li>
      ))}
    </ol>
  );
}

function Receipt({ text }: { readonly text: string }) {
  const words = useWords();
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    // Nobody gets it again.
    const hold = (event: BeforeUnloadEvent): void => event.preventDefault();
    if (!saved) {
      addEventListener("beforeunload", hold);
    }
    return () => removeEventListener("beforeunload", hold);
  }, [saved]);
  return (
    <section className="given" aria-labelledby="receipt">
      <h2 id="receipt">{words.receipt}</h2>
      <p className={saved ? undefined : "warning"}>
        {saved ? words.receiptSaved : words.receiptOnce}
      </p>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <pre className="receipt" tabIndex={0} aria-label={words.receipt}>
        {text}
      </pre>
      <div className="form-end">
        <button
          type="button"
          className={saved ? "secondary" : "primary"}
          onClick={() => {
            saveText("parley-erasure-receipt.txt", text);
            setSaved(true);
          }}
        >
          {words.receiptSave}
        </button>
      </div>
    </section>
  );
}

/// Away from here, and the code out of the browser's history.
function Leave() {
  const words = useWords();
  const [, navigate] = useLocation();
  const isHere = useAppState((state) => state.session.state === "signed-in");
  const to = isHere ? "/" : "/sign-in";
  return (
    <p className="welcome-other">
      <a
        href={to}
        onClick={(event) => {
          event.preventDefault();
          navigate(to, { replace: true });
        }}
      >
        {isHere ? words.toInbox : words.signIn}
      </a>
    </p>
  );
}
