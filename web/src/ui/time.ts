/// Times as people say them, in their language.
import type { Language } from "./words";

interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly weekdayShort: Intl.DateTimeFormat;
  readonly dayOfYear: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly short: Intl.DateTimeFormat;
  readonly exact: Intl.DateTimeFormat;
  readonly soon: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

const made = new Map<Language, Formats>();

/// Making one takes longer than using it a thousand times. English means the browser's English.
function formats(language: Language): Formats {
  const known = made.get(language);
  if (known !== undefined) {
    return known;
  }
  const tag = navigator.languages.find((it) => it.toLowerCase().startsWith(language)) ?? language;
  const formatted = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(tag, options);
  const formats: Formats = {
    time: formatted({ hour: "2-digit", minute: "2-digit" }),
    weekday: formatted({ weekday: "long" }),
    weekdayShort: formatted({ weekday: "short" }),
    dayOfYear: formatted({ weekday: "long", day: "numeric", month: "long" }),
    date: formatted({ day: "numeric", month: "long", year: "numeric" }),
    short: formatted({ day: "numeric", month: "numeric", year: "2-digit" }),
    exact: formatted({ dateStyle: "full", timeStyle: "medium" }),
    soon: formatted({ weekday: "long", hour: "2-digit", minute: "2-digit" }),
    relative: new Intl.RelativeTimeFormat(tag, { numeric: "auto" }),
  };
  made.set(language, formats);
  return formats;
}

export function timeOfDay(at: number, language: Language): string {
  return formats(language).time.format(at);
}

export function exactTime(at: number, language: Language): string {
  return formats(language).exact.format(at);
}

/// A time within the next days: "Tuesday 14:05".
export function soonTime(at: number, language: Language): string {
  return formats(language).soon.format(at);
}

/// Above the messages of a day: "Today", "Yesterday", "Tuesday", "Tuesday 3 March", "3 March 2024".
export function dayName(at: number, now: number, language: Language): string {
  const days = daysBetween(at, now);
  const { relative, weekday, dayOfYear, date } = formats(language);
  if (days === 0 || days === 1) {
    return capital(relative.format(-days, "day"));
  }
  if (days > 1 && days < 7) {
    return weekday.format(at);
  }
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (thisYear ? dayOfYear : date).format(at);
}

/// In the inbox: "14:05", "Yesterday", "Tue", "3/3/26".
export function inboxTime(at: number, now: number, language: Language): string {
  const days = daysBetween(at, now);
  const { relative, time, weekdayShort, short } = formats(language);
  if (days <= 0) {
    return time.format(at);
  }
  if (days === 1) {
    return capital(relative.format(-1, "day"));
  }
  return (days < 7 ? weekdayShort : short).format(at);
}

/// Whole days of the calendar here, whatever the clock does in spring and autumn.
function daysBetween(at: number, now: number): number {
  const midnight = (time: number): number => {
    const date = new Date(time);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
