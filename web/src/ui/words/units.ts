/// How long something takes, in numbers that people say.
export type Unit = "second" | "minute" | "hour" | "day";

const LENGTHS: readonly (readonly [Unit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/// In the largest unit of which there are at least two, or in a whole number of the largest; rounded
/// up, so that nobody comes back too early.
export function inUnits(seconds: number): readonly [number, Unit] {
  for (const [unit, length] of LENGTHS) {
    if (seconds >= 2 * length || seconds === length) {
      return [Math.ceil(seconds / length), unit];
    }
  }
  return [Math.ceil(seconds), "second"];
}
