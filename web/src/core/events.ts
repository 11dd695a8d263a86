/// Live events as actions. What is not known is passed over: more types and fields may come.
import type { Accounts, Action } from "./actions";
import type { Account, Entry, Row } from "./model";

export type Heard =
  | { readonly kind: "action"; readonly action: Action }
  | { readonly kind: "missed" }
  | { readonly kind: "nothing" };

const NOTHING: Heard = { kind: "nothing" };

/// The server sends what its document says: fields are looked at as far as a mistake would break
/// the state.
export function heard(event: unknown): Heard {
  if (!isObject(event)) {
    return NOTHING;
  }
  const { conversation, entry, row, accounts, account, blocked, seq, unread } = event;
  switch (event["type"]) {
    case "message":
      return typeof conversation === "string" && isObject(entry) && typeof entry["seq"] === "number"
        ? action({
            type: "entry",
            conversation,
            entry: entry as unknown as Entry,
            ...(isRow(row) ? { row } : {}),
            ...(isObject(accounts) ? { accounts: accounts as Accounts } : {}),
          })
        : NOTHING;
    case "read":
      return typeof conversation === "string" && typeof seq === "number"
        ? action({
            type: "read",
            conversation,
            seq,
            ...(typeof unread === "number" ? { unread } : {}),
          })
        : NOTHING;
    case "conversation":
      return isRow(row) ? action({ type: "row", row }) : NOTHING;
    case "block":
      return typeof account === "string" && typeof blocked === "boolean"
        ? action({ type: "block", account, blocked })
        : NOTHING;
    case "account":
      return isObject(account) && typeof account["id"] === "string"
        ? action({ type: "account", account: account as unknown as Account })
        : NOTHING;
    case "resync":
      return { kind: "missed" };
    default:
      return NOTHING;
  }
}

function action(it: Action): Heard {
  return { kind: "action", action: it };
}

function isRow(value: unknown): value is Row {
  return isObject(value) && typeof value["id"] === "string" && Array.isArray(value["participants"]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
