import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { inboxItems } from "../core";
import { Banner } from "./Banner";
import { useApp, useAppState, useLanguage, useWords } from "./context";
import { Conversation } from "./Conversation";
import { Inbox, type InboxHandle } from "./Inbox";
import { Keep } from "./Keep";
import { useNotifications } from "./notifications";
import { pathOf, type Route } from "./route";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { useShortcuts } from "./shortcuts";
import { exactTime } from "./time";
import { useTitle } from "./title";

const Settings = lazy(() => import("./Settings").then((it) => ({ default: it.Settings })));

/// The inbox at the left and what is chosen at the right; one of the two where there is no room.
export function Messenger({ route }: { readonly route: Route }) {
  const app = useApp();
  const inbox = useRef<InboxHandle>(null);
  const [help, setHelp] = useState(false);
  const [path, navigate] = useLocation();
  const open = route.screen === "conversation" ? route.place : null;
  const isIntermediate = ["sign-in", "sign-up", "demo"].includes(route.screen);

  useEffect(() => {
    void app.commands.loadInbox();
  }, [app]);
  useEffect(() => {
    if (isIntermediate) {
      navigate("/", { replace: true });
    }
  }, [isIntermediate, navigate]);
  useEffect(() => {
    if (open === null) {
      app.commands.closePlace();
    } else if (open.startsWith("@")) {
      void app.commands.openPerson(open.slice(1));
    } else {
      void app.commands.openConversation(open);
    }
  }, [app, open]);
  const back = useBack(path);
  const step = (by: number): void => {
    const items = inboxItems(app.getState());
    const at = items.findIndex((it) => it.place === app.getState().open || it.place === open);
    const next = items[at < 0 ? 0 : at + by];
    if (next !== undefined) {
      navigate(pathOf(next.place), { replace: open !== null });
    }
  };
  useNotifications(navigate);
  useShortcuts({
    next: () => step(1),
    previous: () => step(-1),
    find: () => inbox.current?.find(),
    help: () => setHelp(true),
    back,
  });
  return (
    <div
      className="messenger"
      data-pane={route.screen === "inbox" || isIntermediate ? "inbox" : "main"}
    >
      <Inbox ref={inbox} chosen={open} onHelp={() => setHelp(true)} />
      {open !== null ? (
        <Conversation place={open} onBack={back} />
      ) : (
        <main className="main" id="main">
          {route.screen === "settings" && (
            <Suspense fallback={null}>
              <Settings onBack={back} />
            </Suspense>
          )}
          {route.screen === "unknown" && <NotFound />}
          {(route.screen === "inbox" || isIntermediate) && <Nothing />}
        </main>
      )}
      <Banner />
      {route.screen !== "settings" && <ErasureNotice />}
      <ShortcutsDialog open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/// An account that is about to go says so in every window, and can be kept from there.
function ErasureNotice() {
  const words = useWords();
  const language = useLanguage();
  const at = useAppState((state) =>
    state.session.state === "signed-in" ? state.session.account.erasesAt : undefined,
  );
  return at === undefined ? null : (
    <div className="erasure-notice" role="status">
      <span>{words.erasesAt(exactTime(Date.parse(at), language))}</span>
      <Keep />
    </div>
  );
}

/// To the inbox, by the browser's own way back where that leads there.
function useBack(path: string): () => void {
  const [, navigate] = useLocation();
  return () => {
    if (path === "/") {
      return;
    }
    const from: unknown = history.state;
    if (typeof from === "object" && from !== null && "fromInbox" in from) {
      history.back();
    } else {
      navigate("/", { replace: true });
    }
  };
}

function Nothing() {
  const words = useWords();
  useTitle(null);
  return <p className="nothing">{words.nothingOpen}</p>;
}

function NotFound() {
  const words = useWords();
  useTitle(words.notFound);
  return (
    <div className="nothing">
      <h1>{words.notFound}</h1>
      <Link href="/">{words.toInbox}</Link>
    </div>
  );
}
