import { expect, test } from "vitest";
import type { Problem } from "../../src/core";
import { fieldText, languageOf, languages, problemText } from "../../src/ui/words";

const { en, de } = languages;

function problem(code: string, more: Partial<Problem> = {}): Problem {
  return {
    ...{ code, status: 400, detail: "", errors: [] },
    ...{ retryAfter: null, retryAt: null, requestId: null },
    ...more,
  };
}

test("the language is the browser's first that there is", () => {
  expect(languageOf(["fr-FR", "de-AT", "en-GB"])).toBe("de");
  expect(languageOf(["en-US", "de"])).toBe("en");
  expect(languageOf(["fr"])).toBe("en");
  expect(languageOf([])).toBe("en");
});

test("a problem that has no words is told in the server's", () => {
  expect(problemText(en, problem("brand_new", { detail: "Do this." }))).toBe("Do this.");
  expect(problemText(en, problem("brand_new"))).toBe(en.problems.internal);
  // Not what every object has.
  expect(problemText(en, problem("constructor", { detail: "Do that." }))).toBe("Do that.");
});

test("whoever must wait is told for how long", () => {
  expect(problemText(en, problem("sign_in_paused", { retryAfter: 1 }))).toBe(
    "There were too many wrong passwords. Try again in 1 second.",
  );
  expect(problemText(de, problem("sign_in_paused", { retryAfter: 30 }))).toBe(
    "Es gab zu viele falsche Passwörter. Versuche es in 30 Sekunden wieder.",
  );
});

test("a time is told in what people count in, and never too short", () => {
  const wait = (retryAfter: number): string =>
    problemText(en, problem("too_busy", { retryAfter })).replace(en.problems.too_busy, "").trim();
  expect(wait(60)).toBe("Try again in 1 minute.");
  expect(wait(61)).toBe("Try again in 61 seconds.");
  expect(wait(121)).toBe("Try again in 3 minutes.");
  expect(wait(36_000)).toBe("Try again in 10 hours.");
  expect(en.eraseBegins(0)).toContain("at once");
  expect(en.eraseBegins(7 * 86_400)).toContain("in 7 days");
  expect(en.eraseBegins(86_400)).toContain("in 1 day.");
  expect(en.eraseBegins(90 * 60)).toContain("in 90 minutes");
  expect(de.eraseBegins(7 * 86_400)).toContain("nach 7 Tagen");
  expect(de.handleKept(30 * 86_400)).toContain("30 Tage lang");
  expect(en.handleKept(30 * 86_400)).toContain("for 30 days");
});

test("whatever a sign-in with a provider came to has words of its own", () => {
  const whys = [
    "denied",
    "expired",
    "refused",
    "unavailable",
    "no_handle",
    "not_asked",
    "disabled",
  ];
  for (const words of [en, de]) {
    expect(new Set(whys.map((why) => words.providerFailed(why))).size).toBe(whys.length);
    expect(words.providerFailed("brand_new")).toBe(words.providerFailed("refused"));
  }
});

test("fields have words of their own, those of a problem, or the server's", () => {
  const error = (code: string): string =>
    fieldText(en, { field: "handle", code, message: "As is." });
  expect(error("handle_invalid")).toBe(en.fields.handle_invalid);
  expect(error("handle_taken")).toBe(en.problems.handle_taken);
  expect(error("brand_new")).toBe("As is.");
});

test("no sentence shouts, and none is empty", () => {
  for (const words of Object.values(languages)) {
    const said = (it: unknown): string[] =>
      typeof it === "string"
        ? [it]
        : typeof it === "object" && it !== null
          ? Object.values(it).flatMap(said)
          : [];
    for (const sentence of said(words)) {
      expect(sentence.trim()).not.toBe("");
      expect(sentence).not.toContain("!");
    }
  }
});
