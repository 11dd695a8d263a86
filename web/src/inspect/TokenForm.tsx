import { useEffect, useRef, useState } from "react";
import type { Problem } from "../core/model";
import { Field } from "../ui/Field";
import { Logo } from "../ui/Icons";
import { ThemeChoice } from "./ThemeChoice";
import { problemText, words } from "./words";

interface Props {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly onToken: (token: string) => void;
}

/// Asks for a token, and says where to get one.
export function TokenForm({ busy, problem, onToken }: Props) {
  const [token, setToken] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!busy) {
      form.current?.querySelector("input")?.focus();
    }
  }, [busy]);
  return (
    <main className="token-page">
      <form
        ref={form}
        className="token-card"
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== "" && !busy) {
            onToken(token.trim());
          }
        }}
      >
        <header>
          <Logo />
          <h1>{words.title}</h1>
        </header>
        <p className="soft">{words.subtitle}</p>
        <Field
          name="token"
          label={words.token}
          hint={words.tokenHint}
          type="password"
          autoComplete="off"
          spellCheck={false}
          required
          value={token}
          problem={null}
          onText={setToken}
        />
        <p className="form-error" role="alert">
          {problem !== null && problemText(problem)}
        </p>
        <button type="submit" className="primary" aria-disabled={busy}>
          {busy ? words.opening : words.open}
        </button>
        <div className="token-how">
          <p>{words.tokenHow}</p>
          <code>{words.tokenCommand}</code>
          <p className="soft">{words.tokenTexts}</p>
        </div>
        <ThemeChoice />
      </form>
    </main>
  );
}
