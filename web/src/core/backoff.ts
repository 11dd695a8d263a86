/// How long to wait before trying again: 1, 2, 4 … 60 seconds, each with some chance in it, so that
/// not everybody comes back in the same moment.
const FIRST_MILLIS = 1_000;
const LONGEST_MILLIS = 60_000;

export function backoffMillis(failures: number, random: number): number {
  const whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** Math.max(0, failures - 1));
  return Math.round(whole * (0.5 + random / 2));
}
