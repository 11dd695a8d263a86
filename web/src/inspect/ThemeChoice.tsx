import { useId } from "react";
import { type Theme, change, usePreferences } from "../ui/preferences";
import { words } from "./words";

const names: Readonly<Record<Theme, string>> = {
  system: words.themeSystem,
  light: words.themeLight,
  dark: words.themeDark,
};

/// The theme, kept in this browser.
export function ThemeChoice() {
  const { theme } = usePreferences();
  const id = useId();
  return (
    <div className="theme-choice">
      <label htmlFor={id}>{words.theme}</label>
      <select
        id={id}
        value={theme}
        onChange={(event) => change({ theme: event.target.value as Theme })}
      >
        {Object.entries(names).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
