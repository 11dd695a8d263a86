/// The code of an erasure on its way from where it was asked for to the page that shows it: with the
/// address in the browser's history, for a reload must not lose it, and out of it when one leaves.
import type { Erasure } from "../core";

export type GivenCode = Pick<Erasure, "code" | "erasesAt">;

export function givenCode(state: unknown): GivenCode | null {
  return typeof state === "object" &&
    state !== null &&
    "code" in state &&
    "erasesAt" in state &&
    typeof state.code === "string" &&
    typeof state.erasesAt === "string"
    ? { code: state.code, erasesAt: state.erasesAt }
    : null;
}
