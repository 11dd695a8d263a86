/// New messages while nobody looks at this page, for those who asked for it.
import { useEffect } from "react";
import type { Arrival } from "../core";
import { useApp } from "./context";
import { usePreferences } from "./preferences";
import { pathOf } from "./route";

export type Permission = "none" | "default" | "granted" | "denied";

export function permission(): Permission {
  return "Notification" in window ? Notification.permission : "none";
}

export function useNotifications(navigate: (path: string) => void): void {
  const app = useApp();
  const { notify } = usePreferences();
  useEffect(() => {
    if (!notify) {
      return;
    }
    return app.onArrival((arrival) => {
      const row = app.getState().conversations.get(arrival.conversation)?.row;
      const isQuiet = row?.muted === true || row?.folder === "requests";
      if (permission() === "granted" && !document.hasFocus() && !isQuiet) {
        void show(arrival, navigate);
      }
    });
  }, [app, notify, navigate]);
  useEffect(() => {
    if (!("serviceWorker" in navigator)) {
      return;
    }
    // Somebody chose a notification that the service worker showed.
    const onMessage = (event: MessageEvent<unknown>): void => {
      const said = event.data;
      if (
        typeof said === "object" &&
        said !== null &&
        "open" in said &&
        typeof said.open === "string"
      ) {
        navigate(said.open);
      }
    };
    navigator.serviceWorker.addEventListener("message", onMessage);
    return () => navigator.serviceWorker.removeEventListener("message", onMessage);
  }, [navigate]);
}

async function show(arrival: Arrival, navigate: (path: string) => void): Promise<void> {
  const path = pathOf(arrival.conversation);
  // One for each conversation: the newest message is enough, and two tabs show it once.
  const options = { body: arrival.text, tag: arrival.conversation, icon: "/icon-192.png" };
  const worker = await navigator.serviceWorker.getRegistration();
  if (worker?.active != null) {
    await worker.showNotification(arrival.from.displayName, { ...options, data: { open: path } });
    return;
  }
  const shown = new Notification(arrival.from.displayName, options);
  shown.onclick = () => {
    window.focus();
    navigate(path);
    shown.close();
  };
}
