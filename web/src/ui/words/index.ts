/// What the client says, in the language of whoever reads it.
import type { FieldError, Problem } from "../../core";
import { de } from "./de";
import { en } from "./en";

/// The type of every language: a sentence that one of them lacks does not compile.
export type Words = typeof en;

export type Language = "en" | "de";

export const languages: Readonly<Record<Language, Words>> = { en, de };

/// The first of the browser's languages that there is, else English.
export function languageOf(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split("-")[0];
    if (language === "en" || language === "de") {
      return language;
    }
  }
  return "en";
}

/// A problem in a sentence or two: what, and when to come back where that is known.
export function problemText(words: Words, problem: Problem): string {
  const sentence =
    lookUp(words.problems, problem.code) ?? (problem.detail || words.problems.internal);
  return problem.retryAfter === null ? sentence : `${sentence} ${words.wait(problem.retryAfter)}`;
}

/// What is wrong with one field. Some problems are at fault with a field and as a whole.
export function fieldText(words: Words, error: FieldError): string {
  const { code } = error;
  return lookUp(words.fields, code) ?? lookUp(words.problems, code) ?? error.message;
}

function lookUp(sentences: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.hasOwn(sentences, code) ? sentences[code] : undefined;
}
