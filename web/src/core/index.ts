/// The client without its screens: `createApp` gives the state, tells when it changes, and takes
/// commands. Screens import from here and from nowhere deeper.
///
/// ```ts
/// const app = createApp(browserEnvironment());
/// const state = useSyncExternalStore(app.subscribe, app.getState);
/// const inbox = inboxItems(state);
/// app.commands.send(state.open, "Are you awake?");
/// ```
import type {
  Account,
  Erasure,
  ErasureStatus,
  ExportProgress,
  Place,
  Problem,
  ReportReason,
  Result,
  Row,
  State,
} from "./model";

export type * from "./model";
export * from "./select";
export { createApp } from "./app";
export { isPassing } from "./problem";
export { browserEnvironment } from "./environment";

export interface App {
  getState(): State;
  /// Calls back after each change. The answer ends that.
  subscribe(listener: () => void): () => void;
  /// What arrived live, for the announcer and for notifications: messages of others, once each, in
  /// the order of the log, only in the tab that calls. Never history.
  onArrival(listener: (arrival: Arrival) => void): () => void;
  readonly commands: Commands;
  /// Ends timers and connections, for tests and hot reloading.
  close(): Promise<void>;
}

export interface Arrival {
  readonly conversation: string;
  readonly seq: number;
  readonly from: Account;
  readonly text: string;
}

/// Commands answer a result where a form waits for one. The others never fail: what goes wrong is
/// in the state.
export interface Commands {
  signUp(handle: string, displayName: string, password: string): Promise<Result<Account>>;
  signIn(handle: string, password: string): Promise<Result<Account>>;
  /// Signs in as one of the people of a demonstration, by handle.
  signInDemo(handle: string): Promise<Result<Account>>;
  /// Ends this session, or all; forgets everything that is kept in this browser for this person.
  /// Ask first if `unsentCount(state) > 0`. Offline, it fails and keeps everything.
  signOut(everywhere?: boolean): Promise<Result<null>>;
  changeName(displayName: string): Promise<Result<Account>>;
  /// The old handle is kept for this account for a while.
  changeHandle(handle: string): Promise<Result<Account>>;
  changePassword(current: string, next: string): Promise<Result<null>>;

  /// Loads the first page if there is none, and goes through what changed.
  loadInbox(): Promise<void>;
  /// The next page. Nothing happens while one is loading or when it is complete.
  loadMoreInbox(): Promise<void>;

  /// The first page of the archive, and the next.
  loadArchive(): Promise<void>;
  loadMoreArchive(): Promise<void>;

  /// Archives a conversation, takes it back, or accepts a request.
  moveTo(id: string, folder: "inbox" | "archive"): Promise<Result<Row>>;
  mute(id: string, muted: boolean): Promise<Result<Row>>;
  /// Deletes for oneself what is here; it returns with a newer message only.
  deleteConversation(id: string): Promise<Result<Row>>;
  /// Lets messages from here on vanish after so many days, for everybody; 0 for no longer.
  keepMessages(id: string, days: number): Promise<Result<null>>;
  /// By account id. They are not told.
  block(id: string): Promise<Result<null>>;
  unblock(id: string): Promise<Result<null>>;
  loadBlocks(): Promise<Result<null>>;

  /// Shows those who run the deployment a message of somebody else. Tried again under the same id
  /// while the network is gone, up to `signal`, and not for ever: the last problem is the answer.
  report(
    id: string,
    seq: number,
    reason: ReportReason,
    going: {
      readonly signal: AbortSignal;
      readonly onWaiting: (problem: Problem) => void;
    },
  ): Promise<Result<null>>;

  /// Has everything gathered that is held of one. With null for a password it needs a sign-in of a
  /// moment ago.
  askExport(password: string | null): Promise<Result<unknown>>;
  exportProgress(): Promise<Result<ExportProgress>>;

  /// Has the account erased after a while, during which it can be taken back.
  askErasure(password: string | null): Promise<Result<Erasure>>;
  takeErasureBack(): Promise<Result<null>>;
  /// How far an erasure is, for whoever has its code, signed in or not. A receipt is handed out once.
  claimErasure(code: string): Promise<Result<ErasureStatus>>;

  /// Puts a conversation on the screen (`State.open`): shows what is here, loads what is not.
  openConversation(id: string): Promise<void>;
  /// The same for a person by handle. `State.openings` tells how it stands; once it is open,
  /// `resolvePlace(state, "@handle")` gives the conversation.
  openPerson(handle: string): Promise<void>;
  /// Nothing on the screen.
  closePlace(): void;
  loadOlder(id: string): Promise<void>;
  /// Tries again what failed to load, in the conversation that is open.
  reload(id: string): Promise<void>;

  setDraft(place: Place, text: string): void;
  /// Puts a message on its way and empties the draft, in the same turn: `getState()` has it when
  /// this returns. False for text that nobody would take (blank, too long), which stays a draft.
  send(place: Place, text: string): boolean;
  /// Puts another text for a stored message of one's own on its way, like a message: kept, in order,
  /// and on the screen at once. False for text that nobody would take.
  edit(id: string, seq: number, text: string): boolean;
  /// Takes a stored message of one's own back, for everybody.
  unsend(id: string, seq: number): void;
  retry(key: string): void;
  discard(key: string): void;

  /// Everything up to `seq` was seen: visible, focused, on the screen.
  markSeen(id: string, seq: number): void;
  /// People whose handle begins so. Under two characters it finds nobody.
  findPeople(prefix: string): Promise<Result<readonly Account[]>>;
  /// Connects at once, whatever the wait.
  retryConnection(): void;
}
