/// What can happen to the state. Everything that comes from the server, the person or another tab is
/// one of these.
import type { components } from "../../target/generated/schema";
import type {
  Account,
  AccountId,
  Config,
  Connection,
  ConversationId,
  Entry,
  Inbox,
  Loading,
  Log,
  Opening,
  OutboxEntry,
  Participant,
  Place,
  Row,
  Session,
  WrittenEntry,
} from "./model";

export type HistoryPage = components["schemas"]["HistoryPage"];
export type InboxPage = components["schemas"]["ConversationsPage"];
export type Accounts = Readonly<Record<string, Account>>;

/// Which page of a log: the newest, the one before a number, or all after one.
export type PageAsked =
  | { readonly part: "newest" }
  | { readonly part: "older"; readonly before: number }
  | { readonly part: "after"; readonly after: number };

/// What this browser kept of a person's session.
export interface Kept {
  readonly account: Account;
  readonly rows: readonly Row[];
  readonly logs: ReadonlyMap<ConversationId, Log>;
  readonly inbox: Pick<Inbox, "floor" | "next" | "complete"> | null;
  readonly outbox: readonly OutboxEntry[];
  readonly drafts: ReadonlyMap<Place, string>;
}

export type Action =
  | { readonly type: "session"; readonly session: Session }
  | { readonly type: "kept"; readonly kept: Kept }
  | { readonly type: "config"; readonly config: Config }
  | { readonly type: "clock"; readonly offset: number }
  | { readonly type: "connection"; readonly connection: Connection }
  | { readonly type: "open"; readonly place: Place | null }
  // The inbox and its rows.
  | { readonly type: "inbox-loading"; readonly of?: "archive"; readonly loading: Loading }
  | {
      readonly type: "inbox-page";
      readonly of?: "archive";
      readonly cursor: string | null;
      readonly page: InboxPage;
    }
  // From here down, the inbox has to be loaded anew.
  | { readonly type: "inbox-cut"; readonly next: string | null }
  | { readonly type: "row"; readonly row: Row }
  | {
      readonly type: "read";
      readonly conversation: ConversationId;
      readonly seq: number;
      readonly unread?: number;
    }
  | { readonly type: "read-refused"; readonly conversation: ConversationId; readonly row: Row }
  | { readonly type: "opening"; readonly place: Place; readonly opening: Opening }
  | { readonly type: "opened"; readonly place: Place; readonly row: Row }
  // Logs.
  | {
      readonly type: "page-loading";
      readonly conversation: ConversationId;
      readonly end: "newer" | "older";
      readonly loading: Loading;
    }
  | {
      readonly type: "page";
      readonly conversation: ConversationId;
      readonly asked: PageAsked;
      readonly page: HistoryPage;
    }
  | {
      readonly type: "entry";
      readonly conversation: ConversationId;
      readonly entry: Entry;
      readonly row?: Row;
      readonly accounts?: Accounts;
    }
  // What has vanished by now, in the server's time.
  | { readonly type: "vanish"; readonly now: number }
  | { readonly type: "blocks"; readonly people: readonly Participant[] }
  | { readonly type: "block"; readonly account: AccountId; readonly blocked: boolean }
  | { readonly type: "account"; readonly account: Account }
  | { readonly type: "people"; readonly accounts: readonly Account[] }
  // What one writes.
  | { readonly type: "draft"; readonly place: Place; readonly text: string }
  | { readonly type: "outbox"; readonly entry: OutboxEntry }
  | { readonly type: "outbox-removed"; readonly key: string }
  | {
      readonly type: "sent";
      readonly key: string;
      readonly conversation: ConversationId;
      readonly entry: WrittenEntry;
    };
