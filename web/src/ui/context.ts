/// What every screen reaches for: the app, its state and the words.
import { createContext, use, useCallback, useSyncExternalStore } from "react";
import type { App, State } from "../core";
import { languageIn, usePreferences } from "./preferences";
import { type Language, type Words, languages } from "./words";

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = use(AppContext);
  if (app === null) {
    throw new Error("there is no app around this screen");
  }
  return app;
}

/// A part of the state. The screen is drawn anew when the part is another object than before.
export function useAppState<T>(select: (state: State) => T): T {
  const app = useApp();
  const subscribe = useCallback((listener: () => void) => app.subscribe(listener), [app]);
  return useSyncExternalStore(subscribe, () => select(app.getState()));
}

export function useLanguage(): Language {
  return languageIn(usePreferences());
}

export function useWords(): Words {
  return languages[useLanguage()];
}
