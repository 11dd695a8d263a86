/// What the page does: it asks the server, and tells the state what came of it.
import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { Problem } from "../core/model";
import { type InspectApi, isTokenBad } from "./api";
import type { About } from "./model";
import { type State, type View, initial, isInSight, reduce } from "./state";

/// The shortest time from one question for changes to the next, and after ones that failed.
const BETWEEN_MILLIS = 500;
const RETRY_MILLIS = [1_000, 2_000, 5_000, 10_000];

/// How long what is in sight is let change before it is loaded anew.
const SETTLE_MILLIS = 400;

export interface Commands {
  readonly look: (view: View, further?: boolean) => void;
  readonly run: (pattern: string, args: readonly string[]) => void;
  readonly closeRun: () => void;
  readonly showTexts: (texts: boolean) => void;
  readonly pause: (paused: boolean) => void;
  readonly give: (name: string, value: string) => void;
  readonly pick: (pk: string, sk: string) => void;
}

export function useTable(
  api: InspectApi,
  about: About,
  onLeave: (problem: Problem) => void,
): readonly [State, Commands] {
  const [state, dispatch] = useReducer(reduce, about, (it) =>
    reduce(initial, { type: "admitted", about: it }),
  );
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  }, [state]);
  const asked = useRef(0);

  const refused = useCallback(
    (problem: Problem): boolean => {
      if (isTokenBad(problem)) {
        onLeave(problem);
      }
      return isTokenBad(problem);
    },
    [onLeave],
  );

  const load = useCallback(
    async (view: View, further: boolean, texts: boolean) => {
      const mine = ++asked.current;
      dispatch({ type: "looking", view, further });
      const from = further ? latest.current.next : null;
      if (view.kind === "table") {
        const answer = await api.collections(from, texts);
        if (mine === asked.current) {
          if (answer.ok) {
            dispatch({ type: "page", page: answer.value, further });
          } else if (!refused(answer.problem)) {
            dispatch({ type: "failed", problem: answer.problem });
          }
        }
        return;
      }
      const answer = await api.collection(view.of, from, view.ascending, texts);
      if (mine === asked.current) {
        if (answer.ok) {
          dispatch({ type: "opened", opened: answer.value, further });
        } else if (!refused(answer.problem)) {
          dispatch({ type: "failed", problem: answer.problem });
        }
      }
    },
    [api, refused],
  );

  useEffect(() => {
    void load({ kind: "table" }, false, false);
  }, [load]);

  const { lastChange, paused } = state;
  const since = useRef(0);
  useEffect(() => {
    since.current = lastChange;
  }, [lastChange]);
  useEffect(() => {
    const stop = new AbortController();
    if (!paused) {
      void follow(api, since, stop.signal, (answer) => {
        if (!answer.ok) {
          if (!refused(answer.problem)) {
            dispatch({ type: "away" });
          }
          return;
        }
        const seen = latest.current;
        dispatch({ type: "changes", changes: answer.value });
        if (seen.lastChange > 0 && isInSight(seen, answer.value) && !seen.loading && !seen.texts) {
          setTimeout(() => {
            const now = latest.current;
            if (now.view === seen.view && !now.loading) {
              void load(now.view, false, now.texts);
            }
          }, SETTLE_MILLIS);
        }
      });
    }
    return () => stop.abort();
  }, [api, paused, load, refused]);

  const commands = useMemo<Commands>(
    () => ({
      look: (view, further = false) => void load(view, further, latest.current.texts),
      run: (pattern, args) => {
        dispatch({ type: "running" });
        void api.run(pattern, args, latest.current.texts).then((answer) => {
          if (!answer.ok) {
            if (!refused(answer.problem)) {
              dispatch({ type: "runFailed", problem: answer.problem });
            }
            return;
          }
          dispatch({ type: "ran", run: answer.value });
          const touched = answer.value.touched[0]?.pk;
          const shown = latest.current.collections.some((it) => it.pk === touched);
          if (touched !== undefined && !shown) {
            const view: View = { kind: "collection", of: touched, ascending: false };
            void load(view, false, latest.current.texts);
          }
        });
      },
      closeRun: () => dispatch({ type: "runClosed" }),
      showTexts: (texts) => {
        dispatch({ type: "texts", texts });
        void load(latest.current.view, false, texts);
      },
      pause: (paused) => dispatch({ type: "paused", paused }),
      give: (name, value) => dispatch({ type: "given", name, value }),
      pick: (pk, sk) => dispatch({ type: "picked", pk, sk }),
    }),
    [api, load, refused],
  );
  return [state, commands];
}

/// Asks for changes again and again, until it is told to stop.
async function follow(
  api: InspectApi,
  since: { readonly current: number },
  signal: AbortSignal,
  tell: (answer: Awaited<ReturnType<InspectApi["changes"]>>) => void,
): Promise<void> {
  let failures = 0;
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    const answer = await api.changes(since.current, signal);
    if (isOver()) {
      return;
    }
    tell(answer);
    failures = answer.ok ? 0 : failures + 1;
    const wait = answer.ok
      ? BETWEEN_MILLIS
      : RETRY_MILLIS[Math.min(failures, RETRY_MILLIS.length) - 1];
    await new Promise((go) => setTimeout(go, wait));
  }
}
