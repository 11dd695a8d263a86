/// What this browser is told to look and act like, whoever is signed in. Kept in local storage;
/// `theme.js` reads the theme from there before the first paint.
import { useSyncExternalStore } from "react";
import { type Language, languageOf } from "./words";

export type Theme = "system" | "light" | "dark";

export interface Preferences {
  readonly theme: Theme;
  readonly language: Language | "system";
  readonly notify: boolean;
  readonly singleKeys: boolean;
}

const KEY = "parley.preferences";

const initial: Preferences = {
  theme: "system",
  language: "system",
  notify: false,
  singleKeys: true,
};

const listeners = new Set<() => void>();
let current = read();

export function preferences(): Preferences {
  return current;
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

export function change(part: Partial<Preferences>): void {
  current = { ...current, ...part };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage may be full or forbidden: then it holds until the page is closed.
  }
  tell();
}

export function languageIn({ language }: Preferences): Language {
  return language === "system" ? languageOf(navigator.languages) : language;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  apply();
  for (const listener of listeners) {
    listener();
  }
}

function apply(): void {
  const root = document.documentElement;
  if (current.theme === "system") {
    delete root.dataset["theme"];
  } else {
    root.dataset["theme"] = current.theme;
  }
  root.lang = languageIn(current);
}

function read(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof kept === "object" && kept !== null ? checked({ ...initial, ...kept }) : initial;
  } catch {
    return initial;
  }
}

/// Other versions may have kept other things.
function checked(kept: Preferences): Preferences {
  return {
    theme: (["system", "light", "dark"] as const).find((it) => it === kept.theme) ?? "system",
    language: (["system", "en", "de"] as const).find((it) => it === kept.language) ?? "system",
    notify: kept.notify === (true as boolean),
    singleKeys: kept.singleKeys !== (false as boolean),
  };
}

/// Starts: other tabs change it too, and so does the browser's language.
export function startPreferences(): void {
  apply();
  addEventListener("storage", (event) => {
    if (event.key === KEY) {
      current = read();
      tell();
    }
  });
  addEventListener("languagechange", tell);
}
