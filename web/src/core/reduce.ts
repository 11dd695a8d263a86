/// The one place where the state changes: pure, so that any order of what happens can be tried.
import type { Accounts, Action, InboxPage, PageAsked, HistoryPage, Kept } from "./actions";
import {
  EMPTY_LOG,
  hear,
  takeAfter,
  takeEntry,
  takeNewest,
  takeOlder,
  withoutCleared,
} from "./log";
import type {
  Account,
  AccountId,
  Conversation,
  ConversationId,
  Entry,
  Inbox,
  Log,
  Place,
  Row,
  State,
  WrittenEntry,
} from "./model";
import { withoutArrived, withOutbox } from "./pending";
import { laterRow, readUpTo, rowWithLog, rowWithMessage } from "./rows";
import { withoutVanished } from "./vanish";

const EMPTY_INBOX: Inbox = { floor: null, next: null, complete: false, loading: "idle" };

export const INITIAL: State = {
  session: { state: "starting" },
  config: null,
  connection: { state: "connecting" },
  open: null,
  conversations: new Map(),
  openings: new Map(),
  inbox: EMPTY_INBOX,
  archive: EMPTY_INBOX,
  blocked: null,
  people: new Map(),
  outbox: [],
  keys: new Map(),
  drafts: new Map(),
  clockOffset: null,
};

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "session":
      return session(state, action.session);
    case "kept":
      return kept(state, action.kept);
    case "config":
      return { ...state, config: action.config };
    case "clock":
      return { ...state, clockOffset: action.offset };
    case "connection":
      return { ...state, connection: action.connection };
    case "open":
      return opened(state, action.place);
    case "inbox-loading":
      return { ...state, [boxOf(action)]: { ...state[boxOf(action)], loading: action.loading } };
    case "inbox-page":
      return inboxPage(state, boxOf(action), action.cursor, action.page);
    case "inbox-cut":
      return {
        ...state,
        inbox: {
          floor: action.next === null ? null : state.inbox.floor,
          next: action.next,
          complete: false,
          loading: "idle",
        },
      };
    case "row":
      return withRow(withoutOpening(state, action.row.id), action.row);
    case "read":
      return change(state, action.conversation, (it) => ({
        ...it,
        row: readUpTo(it.row, action.seq, action.unread),
      }));
    case "read-refused":
      return change(state, action.conversation, (it) => ({ ...it, row: action.row }));
    case "opening":
      return { ...state, openings: new Map(state.openings).set(action.place, action.opening) };
    case "opened":
      return openedPerson(state, action.place, action.row);
    case "page-loading":
      return change(state, action.conversation, (it) => ({ ...it, [action.end]: action.loading }));
    case "page":
      return page(state, action.conversation, action.asked, action.page);
    case "entry": {
      const known = withPeople(state, action.accounts);
      const rowed = action.row === undefined ? known : withRow(known, action.row);
      return withEntry(rowed, action.conversation, action.entry);
    }
    case "vanish":
      return withoutVanished(state, action.now);
    case "blocks":
      return { ...state, blocked: new Map(action.people.map((it) => [it.id, it])) };
    case "block":
      return { ...state, blocked: withBlock(state, action.account, action.blocked) };
    case "account":
      return accountChanged(state, action.account);
    case "people":
      return withPeople(state, Object.fromEntries(action.accounts.map((it) => [it.id, it])));
    case "draft":
      return { ...state, drafts: withDraft(state.drafts, action.place, action.text) };
    case "outbox":
      return withOutbox(state, action.entry);
    case "outbox-removed":
      return { ...state, outbox: state.outbox.filter((it) => it.key !== action.key) };
    case "sent":
      return sent(state, action.key, action.conversation, action.entry);
    default:
      // From a tab that runs another version of this client.
      return state;
  }
}

/// Whose state this is, null while nobody is here.
export function myId(state: State): AccountId | null {
  return state.session.state === "signed-in" ? state.session.account.id : null;
}

/// A state without what was somebody else's.
function session(state: State, next: State["session"]): State {
  const before = myId(state);
  const after = next.state === "signed-in" ? next.account.id : null;
  const clean: State =
    before === after
      ? state
      : { ...INITIAL, config: state.config, clockOffset: state.clockOffset, open: state.open };
  const known =
    next.state === "signed-in" ? withPeople(clean, { [after ?? ""]: next.account }) : clean;
  return { ...known, session: next };
}

/// What was kept never overrules what is here: it may be older.
function kept(state: State, kept: Kept): State {
  let next = state;
  for (const row of kept.rows) {
    next = withRow(next, next.conversations.get(row.id)?.row ?? row);
  }
  for (const [id, log] of kept.logs) {
    next = change(next, id, (it) =>
      it.log.from > 0 ? it : { ...it, log: hear(log, it.log.heard) },
    );
  }
  for (const entry of kept.outbox) {
    next = next.outbox.some((it) => it.key === entry.key) ? next : withOutbox(next, entry);
  }
  return {
    ...next,
    drafts: new Map([...kept.drafts, ...next.drafts]),
    inbox:
      next.inbox.floor === null && kept.inbox !== null
        ? { ...next.inbox, ...kept.inbox }
        : next.inbox,
  };
}

function opened(state: State, place: Place | null): State {
  const id = place === null ? null : idOf(state, place);
  if (place === state.open) {
    return state;
  }
  const next = { ...state, open: place };
  return id === null ? next : change(next, id, (it) => ({ ...it, divider: divider(it) }));
}

/// What is unread now.
function divider({ row, log }: Conversation): Conversation["divider"] {
  return row.unread === 0
    ? null
    : { after: row.readSeq, until: Math.max(log.to, row.last?.seq ?? 0) };
}

/// A conversation that could not be had before is here now.
function withoutOpening(state: State, place: Place): State {
  if (!state.openings.has(place)) {
    return state;
  }
  const openings = new Map(state.openings);
  openings.delete(place);
  return { ...state, openings };
}

function openedPerson(state: State, place: Place, row: Row): State {
  const rowed = withRow(state, row);
  const openings = new Map(rowed.openings).set(place, { state: "open", conversation: row.id });
  const draft = rowed.drafts.get(place) ?? "";
  const moved = withDraft(rowed.drafts, place, "");
  const drafts = draft === "" || rowed.drafts.has(row.id) ? moved : withDraft(moved, row.id, draft);
  const outbox = rowed.outbox.map((it) => (it.place === place ? { ...it, place: row.id } : it));
  const next = { ...rowed, openings, drafts, outbox };
  return next.open === place
    ? change(next, row.id, (it) => ({ ...it, divider: divider(it) }))
    : next;
}

function boxOf(action: { readonly of?: "archive" }): "inbox" | "archive" {
  return action.of ?? "inbox";
}

function withBlock(state: State, id: AccountId, isBlocked: boolean): State["blocked"] {
  if (state.blocked === null) {
    return null;
  }
  const blocked = new Map(state.blocked);
  if (isBlocked) {
    blocked.set(id, state.people.get(id) ?? { id });
  } else {
    blocked.delete(id);
  }
  return blocked;
}

function inboxPage(
  state: State,
  box: "inbox" | "archive",
  cursor: string | null,
  came: InboxPage,
): State {
  let next = state;
  for (const row of came.items) {
    next = withRow(next, row);
  }
  const inbox = state[box];
  const isNext = inbox.floor === null ? cursor === null : cursor !== null && cursor === inbox.next;
  if (!isNext) {
    return { ...next, [box]: { ...inbox, loading: "idle" } };
  }
  const lowest = came.items.at(-1);
  return {
    ...next,
    [box]: {
      floor:
        lowest === undefined
          ? (inbox.floor ?? { at: "", id: "" })
          : { at: lowest.last?.at ?? "", id: lowest.id },
      next: came.next,
      complete: came.next === null,
      loading: "idle",
    },
  };
}

function withRow(state: State, row: Row): State {
  const me = myId(state) ?? "";
  const people = withPeople(
    state,
    Object.fromEntries(
      row.participants.flatMap(({ id, handle, displayName }) =>
        handle === undefined || displayName === undefined
          ? []
          : [[id, { id, handle, displayName }]],
      ),
    ),
  );
  const conversations = new Map(people.conversations);
  const known = conversations.get(row.id);
  if (known === undefined) {
    conversations.set(row.id, {
      id: row.id,
      row,
      log: hear(EMPTY_LOG, row.last?.seq ?? 0),
      newer: "idle",
      older: "idle",
      divider: null,
    });
  } else {
    const later = laterRow(known.row, row);
    const log = withoutCleared(hear(known.log, row.last?.seq ?? 0), later.clearedSeq);
    conversations.set(row.id, { ...known, log, row: rowWithLog(later, log, me) });
  }
  return { ...people, conversations };
}

function page(state: State, id: ConversationId, asked: PageAsked, came: HistoryPage): State {
  const known = withPeople(state, came.accounts);
  const { items, lastSeq } = came;
  const older = came.older ?? null;
  return withLog(known, id, came.items, (log) => {
    switch (asked.part) {
      case "newest":
        return takeNewest(log, items, lastSeq, older);
      case "older":
        return takeOlder(log, asked.before, items, lastSeq, older);
      case "after":
        return takeAfter(log, asked.after, items, lastSeq);
    }
  });
}

function withEntry(state: State, id: ConversationId, entry: Entry): State {
  return withLog(state, id, [entry], (log) => takeEntry(log, entry));
}

/// The answer to a message that was sent. The log may have it already, may be about to, or may not
/// be here at all.
function sent(state: State, key: string, id: ConversationId, entry: WrittenEntry): State {
  const marked = state.outbox.map((it) =>
    it.key === key
      ? { ...it, place: id, unsure: false, status: { state: "sent" as const, seq: entry.seq } }
      : it,
  );
  const rowed = change({ ...state, outbox: marked }, id, (it) => ({
    ...it,
    row: entry.kind === "message" ? rowWithMessage(it.row, entry, myId(state) ?? "") : it.row,
  }));
  return withEntry(rowed, id, entry);
}

/// Changes a log, and with it the row, the divider and whatever of the outbox has arrived.
function withLog(
  state: State,
  id: ConversationId,
  came: readonly Entry[],
  step: (log: Log) => Log,
): State {
  const me = myId(state) ?? "";
  const next = change(state, id, (it) => {
    const log = withoutCleared(step(it.log), it.row.clearedSeq);
    const grown = { ...it, log, row: rowWithLog(it.row, log, me) };
    const isOpen = state.open !== null && idOf(state, state.open) === id;
    const wasEmpty = it.log.from === 0;
    return isOpen && wasEmpty ? { ...grown, divider: divider(grown) } : grown;
  });
  return withoutArrived(withoutGone(next, came), id, came);
}

/// Nobody remembers what those were called who left without an account.
function withoutGone(state: State, came: readonly Entry[]): State {
  const left = came.flatMap((it) => (it.kind === "members" ? it.left : []));
  if (!left.some((id) => state.people.has(id))) {
    return state;
  }
  const people = new Map(state.people);
  left.forEach((id) => people.delete(id));
  return { ...state, people };
}

function accountChanged(state: State, account: Account): State {
  const known = withPeople(state, { [account.id]: account });
  return myId(state) === account.id
    ? { ...known, session: { state: "signed-in", account, confirmed: true } }
    : known;
}

function withPeople(state: State, accounts: Accounts | undefined): State {
  const changed = Object.values(accounts ?? {}).filter((it) => {
    const known = state.people.get(it.id);
    return known?.handle !== it.handle || known.displayName !== it.displayName;
  });
  return changed.length === 0
    ? state
    : {
        ...state,
        people: new Map([...state.people, ...changed.map((it) => [it.id, it] as const)]),
      };
}

function withDraft(drafts: State["drafts"], place: Place, text: string): State["drafts"] {
  const next = new Map(drafts);
  if (text === "") {
    next.delete(place);
  } else {
    next.set(place, text);
  }
  return next;
}

function change(
  state: State,
  id: ConversationId,
  step: (conversation: Conversation) => Conversation,
): State {
  const known = state.conversations.get(id);
  return known === undefined
    ? state
    : { ...state, conversations: new Map(state.conversations).set(id, step(known)) };
}

function idOf(state: State, place: Place): ConversationId | null {
  if (!place.startsWith("@")) {
    return place;
  }
  const opening = state.openings.get(place);
  return opening?.state === "open" ? opening.conversation : null;
}
