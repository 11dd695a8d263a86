/// What went wrong, as a value, and what it means for trying again.
import type { FieldError, Problem, Result } from "./model";

export function good<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function bad(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem };
}

/// One of this client's own: no server said it.
export function ownProblem(code: string, status = 0): Problem {
  return { code, status, detail: "", errors: [], retryAfter: null, retryAt: null, requestId: null };
}

/// From what a server answered: a problem document, or whatever stands between it and this client.
export function problemOf(response: Response, body: unknown): Problem {
  const { status, headers } = response;
  const given = isRecord(body) ? body : {};
  const retryAfter = seconds(headers.get("Retry-After"));
  const now = Date.parse(headers.get("Date") ?? "");
  return {
    code: typeof given["code"] === "string" ? given["code"] : "unreadable",
    status,
    detail: typeof given["detail"] === "string" ? given["detail"] : "",
    errors: Array.isArray(given["errors"]) ? given["errors"].filter(isFieldError) : [],
    retryAfter,
    retryAt: retryAfter === null || Number.isNaN(now) ? null : now + retryAfter * 1000,
    requestId: headers.get("X-Request-Id"),
  };
}

/// Whether nobody is signed in here any more.
export function isSessionOver(problem: Problem): boolean {
  return problem.code === "token_missing" || problem.code === "token_invalid";
}

/// Whether the same request may well succeed later, and whoever asked need not know.
export function isPassing(problem: Problem): boolean {
  // A day's worth of strangers passes too, but tomorrow: nothing else waits behind it.
  return (
    problem.code !== "too_many_strangers" &&
    (["offline", "timeout", "rate_limited", "too_busy", "store_unavailable"].includes(
      problem.code,
    ) ||
      [408, 425, 429, 500, 502, 503, 504].includes(problem.status))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isFieldError(value: unknown): value is FieldError {
  return (
    isRecord(value) && ["field", "code", "message"].every((it) => typeof value[it] === "string")
  );
}

function seconds(header: string | null): number | null {
  const parsed = header === null ? NaN : Number(header);
  return Number.isFinite(parsed) && parsed >= 0 ? parsed : null;
}
