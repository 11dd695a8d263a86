import { useEffect, useState } from "react";
import type { Account, Problem } from "../core";
import { Avatar } from "./Avatar";
import { useApp, useAppState, useWords } from "./context";
import { useEnter } from "./Welcome";
import { useLocation } from "wouter";
import { routeOf } from "./route";
import { problemText } from "./words";

/// This machine has two names, and a browser keeps a session for each: so two people can be signed
/// in side by side, each in a window.
const OTHER_NAME: Readonly<Record<string, string>> = {
  localhost: "127.0.0.1",
  "127.0.0.1": "localhost",
};

/// The people of a demonstration, where the server runs one.
export function DemoPeople() {
  const words = useWords();
  const app = useApp();
  const enter = useEnter();
  const people = useAppState((state) => state.config?.demo) ?? none;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [path] = useLocation();
  const route = routeOf(path);
  const wanted = route.screen === "demo" ? route.handle : null;
  const become = async (handle: string): Promise<void> => {
    const result = await app.commands.signInDemo(handle);
    if (result.ok) {
      enter();
    } else {
      setProblem(result.problem);
    }
  };
  // The link of the other window says who to be.
  const isOffered = people.some((it) => it.handle === wanted);
  useEffect(() => {
    if (wanted !== null && isOffered) {
      void app.commands.signInDemo(wanted).then((result) => {
        if (!result.ok) {
          setProblem(result.problem);
        }
      });
    }
  }, [app, wanted, isOffered]);
  const other = OTHER_NAME[location.hostname];
  if (people.length === 0) {
    return null;
  }
  return (
    <section className="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{words.demoTitle}</h2>
      <p>{words.demoWhy}</p>
      <ul>
        {people.map((person, index) => (
          <li key={person.id}>
            {index > 0 && other !== undefined ? (
              <a
                className="demo-person"
                href={`${location.protocol}//${other}:${location.port}/demo/${person.handle}`}
                target="_blank"
                rel="noopener"
              >
                <Offer person={person} where={words.demoThere} />
              </a>
            ) : (
              <button
                type="button"
                className="demo-person"
                onClick={() => void become(person.handle)}
              >
                <Offer person={person} where={words.demoHere} />
              </button>
            )}
          </li>
        ))}
      </ul>
      <p className="form-error" role="alert">
        {problem === null ? "" : problemText(words, problem)}
      </p>
      <p className="demo-or">{words.demoOr}</p>
    </section>
  );
}

const none: readonly Account[] = [];

function Offer({ person, where }: { readonly person: Account; readonly where: string }) {
  const words = useWords();
  return (
    <>
      <Avatar person={person} />
      <span>
        <strong>{words.demoContinue(person.displayName)}</strong>
        <small>{where}</small>
      </span>
    </>
  );
}
