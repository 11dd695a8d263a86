/// Asks again for what is on the screen and could not be had: at once when there is hope, and after
/// a while anyway, for one request can go wrong while all else goes well.
import { backoffMillis } from "./backoff";
import type { Environment } from "./environment";
import { isLoaded } from "./log";
import type { Place, Problem, State } from "./model";
import { resolvePlace } from "./place";
import { isPassing } from "./problem";
import type { Store } from "./store";

/// Why nothing is there: a problem, or just that it is not known yet.
type Missing = Problem | "unknown";

export class Again {
  private failures = 0;
  private cancel: (() => void) | null = null;

  /// `open` asks for what is at a place.
  constructor(
    private readonly env: Environment,
    private readonly store: Store,
    private readonly open: (place: Place) => void,
  ) {
    store.watch((state, before) => this.changed(state, before));
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private changed(state: State, before: State): void {
    const isBack =
      (isConfirmed(state) && !isConfirmed(before)) ||
      (state.connection.state === "online" && before.connection.state !== "online");
    if (isBack && state.open !== null) {
      this.open(state.open);
      return;
    }
    const missing = missingOf(state);
    if (state.open !== before.open || missing === null) {
      this.stop();
    }
    if (state.open !== before.open || isHere(state)) {
      this.failures = 0;
    }
    if (missing !== null && this.cancel === null) {
      this.failures++;
      this.later(missing);
    }
  }

  private later(missing: Missing): void {
    const asked = missing === "unknown" ? 0 : (missing.retryAfter ?? 0) * 1000;
    const wait = Math.max(asked, backoffMillis(this.failures, this.env.random()));
    this.cancel = this.env.later(wait, () => {
      this.cancel = null;
      const state = this.store.get();
      const still = missingOf(state);
      if (still === null || state.open === null) {
        return;
      }
      if (state.connection.state === "offline") {
        this.later(still);
      } else {
        this.open(state.open);
      }
    });
  }
}

/// Whether the server has said who is here.
export function isConfirmed({ session }: State): boolean {
  return session.state === "signed-in" && session.confirmed;
}

function isHere(state: State): boolean {
  const conversation = state.open === null ? null : resolvePlace(state, state.open);
  return conversation !== null && isLoaded(conversation.log);
}

/// Why what is on the screen is not here, if that may pass; null where it is here, is being asked for, or
/// cannot be had.
function missingOf(state: State): Missing | null {
  const { open } = state;
  if (open === null || !isConfirmed(state) || isHere(state)) {
    return null;
  }
  const conversation = resolvePlace(state, open);
  if (conversation !== null) {
    const { newer } = conversation;
    return typeof newer === "object" && isPassing(newer.problem) ? newer.problem : null;
  }
  const opening = state.openings.get(open);
  if (opening?.state === "waiting") {
    return "unknown";
  }
  return opening?.state === "failed" && isPassing(opening.problem) ? opening.problem : null;
}
