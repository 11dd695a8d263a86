import { useEffect, useState } from "react";
import { useApp, useWords } from "./context";

/// Says aloud what arrives in the conversation that is open, and nothing that was there before.
export function Announcer({ conversation }: { readonly conversation: string | null }) {
  const app = useApp();
  const words = useWords();
  const [said, setSaid] = useState<readonly { readonly seq: number; readonly text: string }[]>([]);
  useEffect(
    () =>
      app.onArrival((arrival) => {
        if (arrival.conversation === conversation) {
          const text = words.said(arrival.from.displayName, arrival.text);
          // A few, since several may come at once; older ones have been said.
          setSaid((before) => [...before.slice(-4), { seq: arrival.seq, text }]);
        }
      }),
    [app, conversation, words],
  );
  return (
    <div
      className="sr"
      role="status"
      aria-live="polite"
      aria-relevant="additions"
      aria-atomic="false"
    >
      {said.map(({ seq, text }) => (
        <p key={seq}>{text}</p>
      ))}
    </div>
  );
}
