import { useState } from "react";
import type { Account, Problem } from "../core";
import { Avatar } from "./Avatar";
import { useApp, useAppState, useWords } from "./context";
import { Field } from "./Field";
import { KnownHandle } from "./KnownHandle";
import { Change, Part } from "./SettingsPart";
import { required } from "./Welcome";

/// Who one is: name, handle, password.
export function AccountPart({ account }: { readonly account: Account }) {
  const app = useApp();
  const words = useWords();
  const keptSeconds = useAppState((state) => state.config?.limits.handleKeptSeconds);
  const [name, setName] = useState(account.displayName);
  const [handle, setHandle] = useState(account.handle);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const rename = async (): Promise<Problem | null> => {
    const missing = required({ displayName: name });
    if (missing !== null) {
      return missing;
    }
    const result = await app.commands.changeName(name.trim());
    return result.ok ? null : result.problem;
  };
  const changeHandle = async (): Promise<Problem | null> => {
    const missing = required({ handle });
    if (missing !== null) {
      return missing;
    }
    const result = await app.commands.changeHandle(handle.trim().replace(/^@/u, ""));
    if (result.ok) {
      setHandle(result.value.handle);
    }
    return result.ok ? null : result.problem;
  };
  const changePassword = async (): Promise<Problem | null> => {
    const missing = required({ current, new: next });
    if (missing !== null) {
      return missing;
    }
    const result = await app.commands.changePassword(current, next);
    if (result.ok) {
      setCurrent("");
      setNext("");
    }
    return result.ok ? null : result.problem;
  };
  return (
    <Part title={words.account}>
      <div className="me">
        <Avatar person={account} />
        <div>
          <strong dir="auto">{account.displayName}</strong>
          <small>@{account.handle}</small>
        </div>
      </div>
      <Change label={words.changeName} done={words.saved} act={rename}>
        {(problem) => (
          <Field
            name="displayName"
            label={words.displayName}
            autoComplete="name"
            value={name}
            problem={problem}
            onText={setName}
          />
        )}
      </Change>
      <Change label={words.changeHandle} done={words.handleChanged} act={changeHandle}>
        {(problem) => (
          <Field
            name="handle"
            label={words.handle}
            hint={keptSeconds === undefined ? undefined : words.handleKept(keptSeconds)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={handle}
            problem={problem}
            onText={setHandle}
          />
        )}
      </Change>
      {account.hasPassword !== false && (
        <Change label={words.changePassword} done={words.passwordChanged} act={changePassword}>
          {(problem) => (
            <>
              <KnownHandle handle={account.handle} />
              <Field
                name="current"
                label={words.currentPassword}
                type="password"
                autoComplete="current-password"
                value={current}
                problem={problem}
                onText={setCurrent}
              />
              <Field
                name="new"
                label={words.newPassword}
                type="password"
                autoComplete="new-password"
                value={next}
                problem={problem}
                onText={setNext}
              />
            </>
          )}
        </Change>
      )}
    </Part>
  );
}
