/// The operator's side, asked with a token. Every call answers a value or a problem, within a time.
import { type Problem, type Result } from "../core/model";
import { bad, good, ownProblem, problemOf } from "../core/problem";
import type { About, Changes, Consumed, Opened, Page, Run, Weighing } from "./model";

/// Longer than a page of the table takes, or a pattern that waits for another one.
const TIMEOUT_MILLIS = 20_000;

/// How long the server may wait for a change before it says that there is none.
export const CHANGES_WAIT_SECONDS = 15;

type Words = Readonly<Record<string, string | number | boolean | null>>;

export class InspectApi {
  constructor(
    private readonly token: string,
    private readonly fetched: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  about(): Promise<Result<About>> {
    return this.call("GET", "/design");
  }

  collections(from: string | null, texts: boolean): Promise<Result<Page>> {
    return this.call("GET", "/collections", { from, texts });
  }

  collection(
    of: string,
    from: string | null,
    ascending: boolean,
    texts: boolean,
  ): Promise<Result<Opened>> {
    return this.call("GET", "/collection", { of, from, ascending, texts });
  }

  run(pattern: string, args: readonly string[], texts: boolean): Promise<Result<Run>> {
    return this.call("POST", "/runs", { texts }, { pattern, arguments: args });
  }

  changes(after: number, signal: AbortSignal): Promise<Result<Changes>> {
    return this.call("GET", "/changes", { after, wait: CHANGES_WAIT_SECONDS }, undefined, signal);
  }

  consumed(): Promise<Result<Consumed>> {
    return this.call("GET", "/units");
  }

  weighing(): Promise<Result<Weighing>> {
    return this.call("GET", "/weight");
  }

  weigh(): Promise<Result<Weighing>> {
    return this.call("POST", "/weight");
  }

  stopWeighing(): Promise<Result<Weighing>> {
    return this.call("DELETE", "/weight");
  }

  private async call<T>(
    method: string,
    path: string,
    query: Words = {},
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<Result<T>> {
    const words = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== null) {
        words.set(name, String(value));
      }
    }
    const wait = AbortSignal.timeout(TIMEOUT_MILLIS);
    const asked = words.size === 0 ? "" : `?${words}`;
    try {
      const response = await this.fetched(`/operator/inspect${path}${asked}`, {
        method,
        headers: {
          Authorization: `Bearer ${this.token}`,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: signal === undefined ? wait : AbortSignal.any([wait, signal]),
      });
      const said: unknown = await response.json().catch(() => null);
      return response.ok && said !== null ? good(said as T) : bad(problemOf(response, said));
    } catch {
      return bad(ownProblem(wait.aborted ? "timeout" : "offline"));
    }
  }
}

/// Whether the token that was given lets nobody in, or not here.
export function isTokenBad({ code }: Problem): boolean {
  return ["token_missing", "token_invalid", "scope_missing"].includes(code);
}
