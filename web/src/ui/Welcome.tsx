import { type SubmitEvent, type ReactNode, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Problem } from "../core";
import { useApp, useAppState, useWords } from "./context";
import { DemoPeople } from "./DemoPeople";
import { Field } from "./Field";
import { Logo } from "./Icons";
import { ProviderList } from "./ProviderList";
import { type Route } from "./route";
import { useTitle } from "./title";
import { problemText } from "./words";

/// What whoever is not signed in sees, wherever they wanted to go.
export function Welcome({ route }: { readonly route: Route }) {
  const words = useWords();
  const session = useAppState((state) => state.session);
  const isNew = route.screen === "sign-up";
  useTitle(isNew ? words.signUp : words.signIn);
  const why = session.state === "signed-out" ? session.why : "never";
  return (
    <div className="welcome">
      <main className="welcome-card">
        <header>
          <Logo />
          <div>
            <h1>{words.appName}</h1>
            <p>{words.welcome}</p>
          </div>
        </header>
        {why === "expired" && <p className="notice">{words.sessionOver}</p>}
        {why === "erased" && <p className="notice">{words.accountGone}</p>}
        {why === "signed-out" && <p className="notice">{words.signedOut}</p>}
        <DemoPeople />
        <ProviderList />
        {isNew ? <SignUp key="up" /> : <SignIn key="in" />}
        <p className="welcome-other">
          {isNew ? (
            <Link href="/sign-in">{words.toSignIn}</Link>
          ) : (
            <Link href="/sign-up">{words.toSignUp}</Link>
          )}
        </p>
        <p className="welcome-other">
          <Link href="/erasure">{words.toErasure}</Link>
        </p>
      </main>
    </div>
  );
}

/// A form that waits for its answer and says what went wrong: at the field, or above the button.
function Form(props: {
  readonly label: string;
  readonly children: (problem: Problem | null) => ReactNode;
  readonly act: () => Promise<Problem | null>;
}) {
  const words = useWords();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (form: HTMLFormElement): Promise<void> => {
    setBusy(true);
    const failed = await props.act();
    setBusy(false);
    setProblem(failed);
    const name = failed?.errors[0]?.field;
    if (name !== undefined) {
      form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)?.focus();
    }
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!busy) {
      void submit(event.currentTarget);
    }
  };
  return (
    <form noValidate onSubmit={onSubmit} aria-label={props.label}>
      {props.children(problem)}
      <p className="form-error" role="alert">
        {problem !== null && problem.errors.length === 0 ? problemText(words, problem) : ""}
      </p>
      <button type="submit" className="primary" aria-disabled={busy}>
        {busy ? words.signingIn : props.label}
      </button>
    </form>
  );
}

function SignIn() {
  const app = useApp();
  const words = useWords();
  const enter = useEnter();
  const [handle, setHandle] = useState("");
  const [password, setPassword] = useState("");
  const act = async (): Promise<Problem | null> => {
    const missing = required({ handle, password });
    if (missing !== null) {
      return missing;
    }
    const result = await app.commands.signIn(tidy(handle), password);
    return result.ok ? enter() : result.problem;
  };
  return (
    <Form label={words.signIn} act={act}>
      {(problem) => (
        <>
          <Handle value={handle} problem={problem} onText={setHandle} />
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
    </Form>
  );
}

function SignUp() {
  const app = useApp();
  const words = useWords();
  const enter = useEnter();
  const limits = useAppState((state) => state.config?.limits);
  const [handle, setHandle] = useState("");
  const [displayName, setDisplayName] = useState("");
  const [password, setPassword] = useState("");
  const act = async (): Promise<Problem | null> => {
    const missing = required({ displayName, handle, password });
    if (missing !== null) {
      return missing;
    }
    const result = await app.commands.signUp(tidy(handle), displayName.trim(), password);
    return result.ok ? enter() : result.problem;
  };
  return (
    <Form label={words.signUp} act={act}>
      {(problem) => (
        <>
          <Field
            name="displayName"
            label={words.displayName}
            hint={words.displayNameHint}
            autoComplete="name"
            value={displayName}
            problem={problem}
            onText={setDisplayName}
          />
          <Handle
            value={handle}
            problem={problem}
            onText={setHandle}
            hint={words.handleHint(limits?.handleMin ?? 2, limits?.handleMax ?? 30)}
          />
          <Field
            name="password"
            label={words.password}
            hint={words.passwordHint(limits?.passwordMin ?? 8)}
            type="password"
            autoComplete="new-password"
            value={password}
            problem={problem}
            onText={setPassword}
          />
        </>
      )}
    </Form>
  );
}

function Handle(props: {
  readonly value: string;
  readonly hint?: string;
  readonly problem: Problem | null;
  readonly onText: (text: string) => void;
}) {
  const words = useWords();
  return (
    <Field
      {...props}
      name="handle"
      label={words.handle}
      autoComplete="username"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
    />
  );
}

/// Where one wanted to go, or to the inbox.
export function useEnter(): () => null {
  const [path, navigate] = useLocation();
  return () => {
    if (path.startsWith("/sign-") || path.startsWith("/demo/")) {
      navigate("/", { replace: true });
    }
    return null;
  };
}

/// People write handles as they see them.
function tidy(handle: string): string {
  return handle.trim().replace(/^@/u, "");
}

/// The first field that is empty, told before anything is sent.
export function required(fields: Readonly<Record<string, string>>): Problem | null {
  const errors = Object.entries(fields)
    .filter(([, value]) => value.trim() === "")
    .map(([field]) => ({ field, code: "required", message: "" }));
  return errors.length === 0
    ? null
    : {
        ...{ code: "required", status: 0, detail: "", errors },
        ...{ retryAfter: null, retryAt: null, requestId: null },
      };
}
