import { useEffect, useState } from "react";
import { useApp, useAppState, useWords } from "./context";

/// How long a connection may be gone before anybody is told: most are back by then.
const PATIENCE_MILLIS = 2_500;
const OFFLINE_PATIENCE_MILLIS = 500;

/// Says quietly that this is not up to date, and what becomes of what one writes.
export function Banner() {
  const app = useApp();
  const words = useWords();
  const connection = useAppState((state) => state.connection.state);
  const told = useSettled(connection);
  const text =
    told === "offline"
      ? words.offline
      : told === "waiting" || told === "connecting"
        ? words.reconnecting
        : told === "stopped"
          ? words.stopped
          : null;
  return (
    <div className="banner" role="status">
      {text !== null && (
        <div className="banner-pill">
          <span>{text}</span>
          {told !== "offline" && (
            <button type="button" onClick={() => app.commands.retryConnection()}>
              {words.connectNow}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

type Told = "connecting" | "online" | "waiting" | "offline" | "stopped";

/// The state, once it has been bad for a while. What is good again is so at once.
function useSettled(state: Told): Told {
  const [settled, setSettled] = useState<Told>("online");
  const isBad = state !== "online";
  if (!isBad && settled !== "online") {
    setSettled("online");
  }
  const patience_millis = state === "offline" ? OFFLINE_PATIENCE_MILLIS : PATIENCE_MILLIS;
  // A new attempt does not begin the wait anew.
  const kind = state === "waiting" || state === "connecting" ? "reconnecting" : state;
  useEffect(() => {
    if (!isBad) {
      return;
    }
    const timer = setTimeout(() => setSettled(state), patience_millis);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above: by kind, not by state
  }, [isBad, kind]);
  return isBad ? settled : "online";
}
