import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { dayName, inboxTime } from "../../src/ui/time";

beforeAll(() => vi.stubGlobal("navigator", { languages: ["en-GB", "de-DE"] }));
afterAll(() => vi.unstubAllGlobals());

const now = new Date(2026, 2, 4, 9, 30).getTime();
const at = (month: number, day: number, hour: number, year = 2026): number =>
  new Date(year, month - 1, day, hour, 5).getTime();

test("days are named as people name them", () => {
  const name = (time: number): string => dayName(time, now, "en");
  expect(name(at(3, 4, 0))).toBe("Today");
  expect(name(at(3, 3, 23))).toBe("Yesterday");
  expect(name(at(3, 1, 12))).toBe("Sunday");
  expect(name(at(2, 26, 12))).toBe("Thursday");
  expect(name(at(2, 25, 12))).toMatch(/^Wednesday.* 25 February$/u);
  expect(name(at(12, 31, 12, 2025))).toBe("31 December 2025");
});

test("the inbox has room for less", () => {
  const time = (it: number): string => inboxTime(it, now, "de");
  expect(time(at(3, 4, 8))).toBe("08:05");
  expect(time(at(3, 3, 8))).toBe("Gestern");
  expect(time(at(3, 1, 8))).toBe("So");
  expect(time(at(2, 1, 8))).toBe("1.2.26");
});

test("a clock that is behind the server's shows today", () => {
  expect(inboxTime(now + 3_600_000, now, "en")).toBe("10:30");
  expect(dayName(now + 3_600_000, now, "en")).toBe("Today");
});

test("days are those of the calendar, also when the clocks change", () => {
  const summer = new Date(2026, 2, 29, 12).getTime();
  expect(dayName(new Date(2026, 2, 28, 23, 59).getTime(), summer, "en")).toBe("Yesterday");
  const winter = new Date(2026, 9, 25, 23, 59).getTime();
  expect(dayName(new Date(2026, 9, 25, 0, 1).getTime(), winter, "en")).toBe("Today");
});
