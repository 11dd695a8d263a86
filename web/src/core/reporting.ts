/// Brings a report to the server, over a network that comes and goes: an attempt without an answer is
/// made again under the same id, which to the server is the same report.
import type { Api } from "./api";
import { backoffMillis } from "./backoff";
import type { ServerClock } from "./clock";
import type { Environment } from "./environment";
import type { Commands } from "./index";
import { isPassing } from "./problem";
import { uuid7 } from "./uuid";

/// How often one report is tried before its person is asked whether to go on.
export const REPORT_ATTEMPTS = 6;

/// Whoever must wait for longer is told, and not kept waiting.
const WAIT_MAX_SECONDS = 60;

export function reporting(env: Environment, api: Api, clock: ServerClock): Commands["report"] {
  /// The ids of those that may have arrived, by what they report.
  const begun = new Map<string, string>();
  return async (id, seq, reason, { signal, onWaiting }) => {
    const isOver = (): boolean => signal.aborted;
    const what = `${id} ${seq} ${reason}`;
    for (let failures = 1; ; failures++) {
      const clientId = begun.get(what) ?? uuid7(clock.now(), env.randomBytes(16));
      begun.set(what, clientId);
      const answer = await api.report(id, seq, clientId, reason);
      const code = answer.ok ? "" : answer.problem.code;
      // With the time that this answer told, the next id is right.
      const isMistimed = code === "client_id_in_future" || code === "client_id_expired";
      const ends = answer.ok || (!isPassing(answer.problem) && !isMistimed);
      if (ends || isMistimed) {
        begun.delete(what);
      }
      if (ends || failures >= REPORT_ATTEMPTS || isOver()) {
        return answer;
      }
      const asked = answer.problem.retryAfter ?? 0;
      if (asked > WAIT_MAX_SECONDS) {
        return answer;
      }
      if (!isMistimed) {
        onWaiting(answer.problem);
        await rest(env, Math.max(asked * 1000, backoffMillis(failures, env.random())), signal);
      }
      if (isOver()) {
        return answer;
      }
    }
  };
}

/// Waits, at most until the network is back or nobody wants it any more.
function rest(env: Environment, millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      unlisten();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = env.later(millis, end);
    const unlisten = env.onWake(end);
    signal.addEventListener("abort", end);
  });
}
