import { useId, useState } from "react";
import { useLocation } from "wouter";
import { type Problem, unsentCount } from "../core";
import { AccountPart } from "./AccountPart";
import { BlockedPart } from "./BlockedPart";
import { useApp, useAppState, useWords } from "./context";
import { Dialog } from "./Dialog";
import { ErasurePart } from "./ErasurePart";
import { ExportPart } from "./ExportPart";
import { Icon } from "./Icons";
import { permission } from "./notifications";
import { type Preferences, change, usePreferences } from "./preferences";
import { Part } from "./SettingsPart";
import { useTitle } from "./title";
import { languages, problemText } from "./words";

/// One's own account, and how this browser looks and acts.
export function Settings({ onBack }: { readonly onBack: () => void }) {
  const words = useWords();
  const account = useAppState((state) =>
    state.session.state === "signed-in" ? state.session.account : null,
  );
  useTitle(words.settings);
  return (
    <>
      <header className="conversation-head">
        <button
          type="button"
          className="quiet square back"
          aria-label={words.back}
          onClick={onBack}
        >
          <Icon name="back" />
        </button>
        <h1>{words.settings}</h1>
      </header>
      <div className="settings">
        {account !== null && <AccountPart account={account} />}
        <AppearancePart />
        <NotificationPart />
        <BlockedPart />
        <SessionPart />
        {account !== null && <ExportPart account={account} />}
        {account !== null && <ErasurePart account={account} />}
      </div>
    </>
  );
}

function AppearancePart() {
  const words = useWords();
  const { theme, language, singleKeys } = usePreferences();
  return (
    <Part title={words.appearance}>
      <Choice
        label={words.theme}
        value={theme}
        options={[
          ["system", words.themeSystem],
          ["light", words.themeLight],
          ["dark", words.themeDark],
        ]}
        onChange={(value) => change({ theme: value })}
      />
      <Choice
        label={words.languageLabel}
        value={language}
        options={[
          ["system", words.languageSystem],
          ["en", languages.en.language],
          ["de", languages.de.language],
        ]}
        onChange={(value) => change({ language: value })}
      />
      <Switch
        label={words.singleKeys}
        on={singleKeys}
        onChange={(on) => change({ singleKeys: on })}
      />
    </Part>
  );
}

function Choice<T extends Preferences["theme"] | Preferences["language"]>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}) {
  const group = useId();
  return (
    <fieldset className="choice">
      <legend>{props.label}</legend>
      <div>
        {props.options.map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              name={group}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Switch(props: {
  readonly label: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <label className="switch">
      <input
        type="checkbox"
        role="switch"
        checked={props.on}
        disabled={props.disabled ?? false}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

function NotificationPart() {
  const words = useWords();
  const { notify } = usePreferences();
  const [allowed, setAllowed] = useState(permission);
  const turn = async (on: boolean): Promise<void> => {
    if (on && permission() === "default") {
      await Notification.requestPermission();
    }
    setAllowed(permission());
    change({ notify: on && permission() === "granted" });
  };
  return (
    <Part title={words.notifications}>
      <Switch
        label={words.notify}
        on={notify && allowed === "granted"}
        disabled={allowed === "none" || allowed === "denied"}
        onChange={(on) => void turn(on)}
      />
      {allowed === "denied" && <p className="part-note">{words.notifyDenied}</p>}
      {allowed === "none" && <p className="part-note">{words.notifyNone}</p>}
    </Part>
  );
}

function SessionPart() {
  const app = useApp();
  const words = useWords();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<"here" | "everywhere" | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const unsent = useAppState(unsentCount);
  const hasDrafts = useAppState((state) =>
    [...state.drafts.values()].some((draft) => draft.trim() !== ""),
  );
  const everywhere = asked === "everywhere";
  const signOut = async (): Promise<void> => {
    const result = await app.commands.signOut(everywhere);
    if (result.ok) {
      navigate("/", { replace: true });
    } else {
      setProblem(result.problem);
    }
  };
  const ask = (which: typeof asked): void => {
    setProblem(null);
    setAsked(which);
  };
  return (
    <Part title={words.sessions}>
      <div className="form-end">
        <button type="button" className="secondary" onClick={() => ask("here")}>
          {words.signOutHere}
        </button>
        <button type="button" className="secondary danger" onClick={() => ask("everywhere")}>
          {words.signOutEverywhere}
        </button>
      </div>
      <Dialog
        open={asked !== null}
        title={everywhere ? words.signOutEverywhereQuestion : words.signOutQuestion}
        onClose={() => setAsked(null)}
      >
        {unsent > 0 && <p className="warning">{words.signOutLoses(unsent)}</p>}
        {hasDrafts && <p className="warning">{words.signOutDrafts}</p>}
        <p>{words.signOutForgets}</p>
        <p className="form-error" role="alert">
          {problem === null ? "" : problemText(words, problem)}
        </p>
        <div className="dialog-end">
          <button type="button" className="secondary" onClick={() => setAsked(null)}>
            {words.cancel}
          </button>
          <button type="button" className="primary danger" onClick={() => void signOut()}>
            {everywhere ? words.signOutEverywhere : words.signOutHere}
          </button>
        </div>
      </Dialog>
    </Part>
  );
}
