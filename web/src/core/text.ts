/// What a message may say, by the server's rules, so that what is shown at once is what is stored.

/// Longest message, where the server has not said.
export const TEXT_CODE_POINTS = 2000;

/// White space, controls, what has no width, and letters that are drawn as nothing.
const BLANK =
  /^(?:[\s\p{Z}\p{Cc}\p{Cf}\p{Variation_Selector}\u2800\u3164\u115f\u1160\uffa0]|\u034f)*$/u;

const CONTROL = /[^\P{Cc}\n\t]/gu;

/// The text as it will be stored: one kind of line break, no other controls (they come with text
/// from elsewhere, and nobody sees them), whole characters.
export function asStored(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROL, "").toWellFormed();
}

export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/// How many code points a text has, as limits count them.
export function codePoints(text: string): number {
  let count = 0;
  for (const character of text) {
    count += character.length > 0 ? 1 : 0;
  }
  return count;
}
