/// The page's title and icon, which also say how much is unread.
import { useEffect } from "react";
import { totalUnread } from "../core";
import { useAppState, useWords } from "./context";

export function useTitle(title: string | null): void {
  const { appName } = useWords();
  const unread = useAppState(totalUnread);
  useEffect(() => {
    const name = title === null ? appName : `${title} · ${appName}`;
    document.title = unread > 0 ? `(${unread > 99 ? "99+" : unread}) ${name}` : name;
  }, [title, appName, unread]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const href = unread > 0 ? "/icon-unread.svg" : "/icon.svg";
    if (icon !== null && icon.getAttribute("href") !== href) {
      icon.href = href;
    }
  }, [unread]);
}
