/// All that the page says. Like the table tool of the command line, it speaks English.
import type { Problem } from "../core/model";

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function number(value: number): string {
  return numbers.format(value);
}

export function count(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
}

export function bytes(value: number): string {
  return value < 1024
    ? `${value} B`
    : value < 1024 * 1024
      ? `${number(value / 1024)} KB`
      : `${number(value / 1024 / 1024)} MB`;
}

/// A time as UTC says it, since people compare it with logs.
export function time(millis: number): string {
  return Number.isFinite(millis) && Math.abs(millis) < 8e15
    ? new Date(millis).toISOString().replace("T", " ").slice(0, 19)
    : String(millis);
}

/// What went wrong, in a sentence or two that say what to do.
export function problemText(problem: Problem): string {
  switch (problem.code) {
    case "offline":
      return "The server does not answer. It may have stopped, or the way to it is gone.";
    case "timeout":
      return "The server took too long to answer. Try again.";
    case "unreadable":
      return "The answer was not one of Parley's. Is there a proxy in between?";
    case "token_missing":
    case "token_invalid":
      return "This token lets nobody in: it was taken back, has expired, or never was one. Make another with the command below.";
    case "scope_missing":
      return "This token has not the scope that this needs. Make one with --scope inspect.";
    default:
      return [problem.detail, ...problem.errors.map((it) => it.message)].filter(Boolean).join(" ");
  }
}

export const words = {
  title: "Inspect",
  tableOf: (table: string) => `Table ${table}`,
  subtitle:
    "The table as it is: item collections, the index beside them, and what each question costs.",
  token: "Operator's token",
  tokenHint: "It stays in this tab until the tab is closed, and is sent to this server alone.",
  tokenHow: "Make one on the server:",
  tokenCommand: "./parley operator token create --name me --scope inspect --expires 8h",
  tokenTexts:
    "What people wrote stays hidden. With --scope inspect,texts it can be shown, and each look is in the audit trail.",
  open: "Open",
  opening: "Opening…",
  leave: "Forget token",
  theme: "Theme",
  themeSystem: "As the system",
  themeLight: "Light",
  themeDark: "Dark",

  find: "Handle, id or partition key",
  findButton: "Show",
  wholeTable: "Whole table",
  table: "Table",
  patterns: "Patterns",
  live: "Live",
  charts: "Charts",
  parts: "Parts of this page",

  newest: "Newest people and conversations",
  people: "People",
  talks: "Conversations",

  texts: "Show what people wrote",
  textsHint: "Each look is a line of the audit trail.",
  collections: "Item collections",
  gridHint: "Arrow keys move from cell to cell, Enter shows one whole.",
  greatestFirst: "Greatest sort key first",
  leastFirst: "Least sort key first",
  more: "More of the table",
  moreItems: "More items",
  goesOn: "and more",
  openRow: (pk: string) => `Show all of ${pk}`,
  loading: "Reading the table",
  shown: (rows: number, items: number) =>
    `${count(rows, "item collection")}, ${count(items, "item")} shown.`,
  empty: "Nothing is here.",
  retry: "Try again",
  foreign: "not Parley's",
  hidden: (length: number) => `${count(length, "character")}, hidden`,
  inIndex: "in the index",
  touched: "touched",
  written: "would be written",
  missing: "nothing there",
  keyOnly: "its key alone is known",

  index: (name: string) => `Index ${name}`,
  indexWhy: (key: string) => `An item is in it while it carries ${key}. Nothing else is.`,
  indexEmpty: "No item here is in the index.",
  indexMore: "There is more of it.",
  indexRead: "read",

  item: "Item",
  entity: "Entity",
  size: "Size",
  attribute: "Attribute",
  type: "Type",
  value: "Value",
  indexKey: "In the index as",

  pattern: "Access pattern",
  run: "Run",
  tryOut: "Try on a copy",
  running: "Running…",
  isWrite: "A write: it is tried on a copy of the item in memory. Nothing is changed.",
  isRead: "A read: it is run on the table as it is.",
  request: "Request",
  keys: "Key",
  from: "Reads",
  fromTable: "the table",
  fromIndex: (index: string) => `the index ${index}`,
  condition: "On condition",
  consistency: "Consistency",
  argument: {
    user: "Person (handle or id)",
    other: "Other person (handle or id)",
    conversation: "Conversation (id)",
    handle: "Handle",
    prefix: "Beginning of a handle",
    session: "Session (hash of its token)",
    ticket: "Ticket (hash)",
    pair: "Pair of handle and address (hash)",
    operator: "Operator's token (id)",
    stream: "Stream",
    shard: "Shard",
    seq: "Number of an entry",
  } as Readonly<Record<string, string>>,

  result: "What it came to",
  measured: "Measured",
  predicted: "Predicted",
  byDesign: "By design",
  trips: "Round trips",
  took: "Time",
  evaluated: "Items read",
  returned: "Items returned",
  millis: (ms: number) => `${number(ms)} ms`,
  refused: "Refused: its condition does not hold. It is billed like a write that does.",
  requests: "The exact requests",
  closeRun: "Put the result away",
  ranAloud: (name: string, measured: string, trips: number, touched: number) =>
    `${name}: ${measured}, ${count(trips, "round trip")}, ${count(touched, "item")} touched.`,

  pause: "Pause",
  resume: "Go on",
  liveWhy:
    "What changes in the table, newest first, as the change stream tells it, but for what servers note for themselves.",
  liveEmpty: "Nothing has changed since the server started. Send a message.",
  gone: "deleted",
  late: (ms: number) => `${number(ms / 1000)} s late`,
  away: "The server does not answer. Trying again…",

  unitsTitle: "Units by access pattern",
  unitsWhy: (oneIn: number) =>
    oneIn > 1
      ? `Since the server started, estimated: one request in ${oneIn} says what it consumes, and stands for the others. Until one has, the price by design does.`
      : "Since the server started, as the table tells them.",
  unitsEmpty: "Nothing has been asked of the table yet.",
  units: "Units",
  requestsMade: "Requests",
  weightTitle: "Bytes by entity",
  weightWhy: (units: number, price: string) =>
    `Reads the whole table, page by page: about ${count(units, "read unit")}${price === "" ? "" : `, ${price}`}.`,
  weigh: "Weigh the table",
  weighAgain: "Weigh again",
  stop: "Stop",
  weighing: (items: number, expected: number) =>
    `${number(items)} of about ${count(expected, "item")}`,
  weighed: (items: number) => `${count(items, "item")} weighed.`,
  weighStopped: (items: number) => `Stopped after ${count(items, "item")}.`,
  weighFailed: "The table stopped answering. What was read until then is below.",
  items: "Items",
  inTable: "In the table",
  inIndexBytes: "In the index",
};
