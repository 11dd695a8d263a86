import { lazy, Suspense, useEffect } from "react";
import { useLocation } from "wouter";
import type { App as Core } from "../core";
import { AppContext, useAppState, useWords } from "./context";
import { Messenger } from "./Messenger";
import { routeOf } from "./route";
import { Welcome } from "./Welcome";

const ErasurePage = lazy(() => import("./ErasurePage").then((it) => ({ default: it.ErasurePage })));

/// The client: who is here decides what there is to see, and the address which part of it.
export function App({ app }: { readonly app: Core }) {
  return (
    <AppContext value={app}>
      <Screens />
    </AppContext>
  );
}

function Screens() {
  const words = useWords();
  const session = useAppState((state) => state.session.state);
  const [path] = useLocation();
  const route = routeOf(path);
  useVisibleHeight();
  if (route.screen === "erasure") {
    // Whoever is here, and whoever is no more.
    return (
      <Suspense fallback={null}>
        <ErasurePage />
      </Suspense>
    );
  }
  switch (session) {
    case "starting":
      return <p className="sr">{words.starting}</p>;
    case "signed-out":
      return <Welcome route={route} />;
    case "signed-in":
      return <Messenger route={route} />;
  }
}

/// How much of the page a phone's keyboard leaves: browsers that do not resize the page for it would
/// cover the box that one writes in.
function useVisibleHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (viewport === null) {
      return;
    }
    const measure = (): void => {
      // Somebody who zooms in wants to see the same page larger, and not another one.
      if (viewport.scale === 1) {
        const height = `${Math.round(viewport.height)}px`;
        document.documentElement.style.setProperty("--visible-height", height);
        scrollTo(0, 0);
      }
    };
    measure();
    viewport.addEventListener("resize", measure);
    return () => viewport.removeEventListener("resize", measure);
  }, []);
}
