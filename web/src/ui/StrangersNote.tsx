import { type Place, strangersProblem } from "../core";
import { useAppState, useLanguage, useWords } from "./context";
import { Icon } from "./Icons";
import { soonTime } from "./time";

/// Above the box that one writes in: why what one wrote to somebody new did not go out, and until
/// when it will not. It stays in the conversation, to be sent then.
export function StrangersNote({ place, name }: { readonly place: Place; readonly name: string }) {
  const words = useWords();
  const language = useLanguage();
  const problem = useAppState((state) => strangersProblem(state, place));
  const offset = useAppState((state) => state.clockOffset) ?? 0;
  const until = problem?.retryAt ?? null;
  return (
    <div role="status">
      {problem !== null && (
        <p className="composer-note">
          <Icon name="alert" />
          <span>
            {words.strangersLimit(name)}{" "}
            {until !== null && words.strangersUntil(soonTime(roundedUp(until - offset), language))}
          </span>
        </p>
      )}
    </div>
  );
}

/// Answers tell the time and the wait in whole seconds.
const GRAIN_MILLIS = 2_000;

/// To the next minute: nobody should come back too early.
function roundedUp(at: number): number {
  return Math.ceil((at - GRAIN_MILLIS) / 60_000) * 60_000;
}
