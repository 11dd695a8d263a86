/// All that the client says, in English. Other languages have the same type, so nothing is missing.

import { problems } from "./problems.en";
import { inUnits } from "./units";

const plural = new Intl.PluralRules("en");
const many = (count: number, one: string, other: string): string =>
  `${count} ${plural.select(count) === "one" ? one : other}`;
/// A time, in the largest unit of which there are at least two.
const lasting = (seconds: number): string => {
  const [count, unit] = inUnits(seconds);
  return many(count, unit, `${unit}s`);
};

export const en = {
  language: "English",
  appName: "Parley",
  skipToConversation: "Skip to the conversation",
  close: "Close",
  back: "Back to the inbox",
  cancel: "Cancel",
  save: "Save",
  saved: "Saved.",
  tryAgain: "Try again",
  loading: "Loading",

  // Signing in.
  welcome: "Write to each other. Nothing else.",
  signIn: "Sign in",
  signUp: "Create account",
  toSignUp: "New here? Create an account",
  toSignIn: "Already have an account? Sign in",
  handle: "Handle",
  handleHint: (min: number, max: number) =>
    `How others find you: ${min} to ${max} letters, digits or underscores.`,
  displayName: "Name",
  displayNameHint: "What others see. You can change it later.",
  password: "Password",
  passwordHint: (min: number) =>
    `At least ${min} characters. A few words are easy to keep in mind.`,
  showPassword: "Show password",
  hidePassword: "Hide password",
  sessionOver: "Your session is over. Sign in again; what you wrote is still here.",
  signedOut: "You are signed out.",
  accountGone: "This account is being deleted. Nothing of it is kept in this browser.",
  signingIn: "Signing in…",
  starting: "Opening Parley…",

  // Identity providers.
  signInWith: (name: string) => `Sign in with ${name}`,
  providerFailed: (why: string) =>
    ({
      denied: "You were not signed in, for the other side said no. Try again, or another way.",
      expired: "That took too long, or began in another window. Try again.",
      unavailable: "The other side did not answer. Try again in a moment.",
      disabled: "Your account is disabled. Ask whoever runs this service.",
      refused: "You were not signed in, for the other side's answer does not hold. Try again.",
      no_handle: "No free handle could be found for you. Try again in a moment.",
      not_asked:
        "The other side does not say that it asked who you are. Try again, or ask whoever runs this server.",
    })[why] ?? "You were not signed in, for the other side's answer does not hold. Try again.",

  // A demonstration.
  demoTitle: "Try it as two people",
  demoWhy:
    "This server runs a demonstration. Be one of them here, and the other in a second window: each has a session of its own.",
  demoContinue: (name: string) => `Continue as ${name}`,
  demoHere: "in this window",
  demoThere: "in a second window",
  demoOr: "or with an account of your own",

  // The inbox.
  inbox: "Conversations",
  filter: "Find a person or conversation",
  filterHint: "Name or @handle",
  clear: "Clear",
  people: "People",
  noPeople: "Nobody has a handle that begins so.",
  peopleTooShort: "Two characters or more find people by their handle.",
  noMatches: "No conversation here matches.",
  emptyInbox: "No one here yet. Find somebody by their handle.",
  inboxFailed: "Conversations could not be loaded.",
  folders: "Folders",
  folderInbox: "Inbox",
  folderRequests: "Requests",
  archive: "Archive",
  requestCount: (count: number) => many(count, "request", "requests"),
  emptyRequests: "Nobody asks to write to you.",
  emptyArchive: "Nothing is put away here.",
  muted: "Muted",
  draft: "Draft:",
  you: "You:",
  unsentMessage: "Message withdrawn",
  vanishedMessage: "Message vanished",
  noMessages: "No messages yet",
  unread: (count: number) => many(count, "unread message", "unread messages"),
  goneAccount: "Deleted account",
  settings: "Settings",
  shortcuts: "Keyboard shortcuts",

  // For how long messages are kept.
  retention: "Vanishing messages",
  retentionMenu: (days: number) =>
    days === 0 ? "Vanishing messages…" : `Vanishing messages: ${many(days, "day", "days")}…`,
  retentionMeans: (name: string) =>
    `New messages vanish for both of you, so long after they were sent. Messages that are here already are not touched. ${name} sees what you choose.`,
  retentionHere: (days: number) =>
    `On this server every message vanishes after ${many(days, "day", "days")}, whatever is chosen here.`,
  retentionQuestion: "New messages vanish",
  retentionChoice: (days: number) => (days === 0 ? "Never" : `After ${many(days, "day", "days")}`),
  retentionYou: (days: number) =>
    days === 0
      ? "You let new messages stay."
      : `You set new messages to vanish after ${many(days, "day", "days")}.`,
  retentionOther: (name: string, days: number) =>
    days === 0
      ? `${name} let new messages stay.`
      : `${name} set new messages to vanish after ${many(days, "day", "days")}.`,

  // A conversation.
  nothingOpen: "Choose a conversation, or find somebody to write to.",
  conversationWith: (name: string) => `Conversation with ${name}`,
  messages: "Messages",
  beginning: (name: string) => `This is the beginning of your conversation with ${name}.`,
  sayHello: (name: string, handle: string) =>
    `You have not written to ${name} (@${handle}) yet. The first message opens the conversation.`,
  personUnknown: (handle: string) => `Nobody has the handle @${handle}.`,
  personIsYou: "This is you. Find somebody else to write to.",
  conversationUnknown: "There is no such conversation, or you are not in it.",
  notLoaded: "Messages could not be loaded.",
  olderFailed: "Older messages could not be loaded.",
  newDivider: "New",
  newMessages: (count: number) => many(count, "new message", "new messages"),
  toNewest: "To the newest message",
  write: "Write a message",
  send: "Send",
  left: (count: number) => `${count} left`,
  tooLong: (count: number) => `${count} too many`,
  waiting: "Waiting to be sent",
  sending: "Sending",
  sent: "Sent",
  notSent: "Not sent",
  retry: "Retry",
  discard: "Discard",
  copy: "Copy text",
  edited: "edited",
  messageMenu: "What to do with this message",
  editMessage: "Edit message",
  editing: "Editing",
  cancelEdit: "Leave it as it was",
  unsendMessage: "Unsend for everyone",
  unsendQuestion: "Unsend this message?",
  unsendMeans:
    "Its text goes from everybody's conversation, and cannot be brought back. That there was a message stays.",
  notChanged: "Not changed",
  strangersLimit: (name: string) =>
    `You have written to as many new people today as one may, so this did not go to ${name}.`,
  strangersUntil: (when: string) => `From ${when} on you can send it again; it is kept here.`,
  report: "Report…",
  reportTitle: "Report this message?",
  reportMeans: (name: string) =>
    `This message, and up to four of ${name} before it, are copied for whoever runs this server. ${name} is not told.`,
  reportWhy: "Why?",
  reportReasons: {
    spam: "Spam",
    harassment: "Harassment",
    violence: "Violence",
    sexual: "Sexual content",
    impersonation: "Pretends to be somebody else",
    other: "Something else",
  },
  reportBlocks: (name: string) => `Block ${name} too`,
  reportSend: "Report",
  reporting: "Reporting…",
  reportWaits: "It goes out when that works again. Keep this open.",
  reported: "It was reported. Whoever runs this server sees it.",
  reportedAndBlocked: (name: string) =>
    `It was reported. What ${name} writes from now on does not reach you.`,
  reportedOnly: "It was reported, but nobody is blocked yet.",
  conversationMenu: "What to do with this conversation",
  mute: "Mute",
  unmute: "Unmute",
  toArchive: "Archive",
  unarchive: "Move to the inbox",
  deleteForMe: "Delete for me",
  deleteQuestion: "Delete this conversation for yourself?",
  deleteMeans: (name: string) =>
    `Everything here goes from your conversations and cannot be brought back. ${name} keeps it. A new message brings the conversation back, without what was before.`,
  block: "Block",
  unblock: "Unblock",
  blockQuestion: (name: string) => `Block ${name}?`,
  blockMeans:
    "What they write from now on does not reach you, and is not shown later either. They are not told.",
  blockedMeans: (name: string) => `You have blocked ${name}. What they write is not shown.`,
  blockedPeople: "Blocked people",
  request: "Request",
  requestMeans: (name: string) =>
    `${name} wants to write to you. Until you accept or answer, nobody is told whether you have read it.`,
  accept: "Accept",
  notDone: "That did not work",
  memberLeft: (name: string) => `${name} is no longer in this conversation.`,
  membersChanged: "Who is in this conversation has changed.",
  said: (name: string, text: string) => `${name}: ${text}`,

  // How it stands with the server.
  offline: "You are offline. What you write goes out when you are back.",
  reconnecting: "The connection broke off. Connecting again…",
  stopped: "Parley is open in too many places, so this window no longer follows along.",
  connectNow: "Connect now",

  // Settings.
  account: "Account",
  changeName: "Change name",
  changePassword: "Change password",
  currentPassword: "Current password",
  newPassword: "New password",
  passwordChanged: "Password changed. You are signed out everywhere else.",
  changeHandle: "Change handle",
  handleChanged: "Changed. Others find you by the new one.",
  handleKept: (seconds: number) =>
    `The old one stays yours for ${lasting(seconds)}, so nobody can take it in your place.`,
  nobodyBlocked: "You have blocked nobody.",
  unblockWhom: (name: string) => `Unblock ${name}`,
  erasure: "Delete account",
  erasureMeans: "Everything that Parley holds of you goes, and cannot be brought back.",
  eraseAccount: "Delete account",
  eraseQuestion: "Delete your account?",
  eraseAsked: "Your account will be deleted",
  eraseWhat: [
    "You are signed out everywhere, and your handle becomes free.",
    "What you wrote goes from all conversations. Others keep their own messages, and see a deleted account in your place.",
  ],
  eraseBegins: (graceSeconds: number) =>
    graceSeconds === 0
      ? "It begins at once, and cannot be taken back."
      : `It begins in ${lasting(graceSeconds)}. Until then you can keep your account.`,
  erasesAt: (when: string) => `This account will be deleted on ${when}.`,
  eraseCode:
    "With this code, and with nothing else, you can see how far it is, and claim a receipt at the end. It is shown this once.",
  eraseCodeLost:
    "Is the code lost, or did you never see it? Until the deletion begins you can have another one.",
  eraseAnotherCode: "Get another code",
  eraseCodeReplaced:
    "The code that you may have is of no use any more then. The deletion is not put off.",
  copyCode: "Copy the code",
  saveCode: "Save the code as a file",
  copied: "Copied.",
  signedInAgain: "You have just signed in once more, so no password is needed.",
  noPasswordHere: "No password here? Sign in once more instead:",
  confirmAtProvider: "First show once more that it is you: sign in again.",
  noWayToConfirm:
    "You have no password here, and this server offers no other way to sign in any more. Ask whoever runs it.",
  signInAgainWith: (name: string) => `Sign in again with ${name}`,
  freshOver: "That sign-in is too long ago by now. Show once more that it is you.",
  forWhom: (handle: string) => `This is about @${handle}.`,

  // Taking one's data along.
  yourData: "Your data",
  exportMeans:
    "An archive of everything that Parley holds of you: pages that open in a browser, and the same for programs.",
  exportAsk: "Download my data",
  exportTitle: "Download your data?",
  exportHow:
    "It is gathered in the background, and may take a while. The link that you then get works once.",
  exportGather: "Gather my data",
  exportWaiting: "Your data will be gathered as soon as it is its turn.",
  exportWorking: (done: number, total: number) =>
    `Gathering: ${done} of ${many(total, "conversation", "conversations")}.`,
  exportReady: (when: string) => `Your archive is ready. It can be fetched once, until ${when}.`,
  exportSave: "Save the archive",
  exportSavePart: (part: number, parts: number) => `Save part ${part} of ${parts}`,
  exportElsewhere: (when: string) =>
    `An archive is ready until ${when}. Its link is where it was asked for; it is shown nowhere else. Another one takes its place.`,
  exportAnother: "Gather it anew",
  exportFetched: "The archive was fetched, and is kept no longer.",
  exportFailed: "Your data could not be gathered. Try again.",

  // How far an erasure is.
  erasureProgress: "Deletion of an account",
  erasureProgressWhat:
    "Whoever has had their account deleted sees here how far that is, and claims the receipt. It takes the code that was shown then.",
  toErasure: "Is your account being deleted? See how far it is",
  erasureHere: (address: string) => `The place for it is ${address}.`,
  erasureKeepCode: "Keep this code",
  erasureCode: "Code",
  erasureLook: "See how far it is",
  erasureCodeUnknown:
    "There is no erasure with this code. It was taken back, or its receipt is no longer kept.",
  erasureSteps: {
    waiting: "It has not begun yet.",
    conversations: "What the person wrote is taken out of their conversations.",
    own: "The account and its handle are removed.",
    sweep: "Everything is looked through for what is left.",
    last_sweep: "A day later, everything is looked through once more.",
    done: "It is done.",
  },
  erasureSince: (when: string) => `since ${when}`,
  receipt: "Receipt",
  receiptOnce: "It was handed out just now, this once, and is not kept. Save it.",
  receiptSave: "Save the receipt",
  receiptSaved: "The receipt was saved.",
  receiptHandedOut: "It is done, and its receipt was handed out before. This is its SHA-256:",
  keepAccount: "Keep my account",
  appearance: "Appearance",
  theme: "Theme",
  themeSystem: "As the system",
  themeLight: "Light",
  themeDark: "Dark",
  languageLabel: "Language",
  languageSystem: "As the browser",
  notifications: "Notifications",
  notify: "Tell me of new messages while this page is in the background",
  notifyDenied:
    "Your browser does not allow it. Allow notifications for this page in its settings.",
  notifyNone: "Your browser cannot show notifications.",
  singleKeys: "Shortcuts of a single key (?, /, c)",
  sessions: "Sessions",
  signOutHere: "Sign out",
  signOutEverywhere: "Sign out everywhere",
  signOutQuestion: "Sign out?",
  signOutEverywhereQuestion: "Sign out everywhere?",
  signOutForgets: "This browser forgets your conversations. They stay on the server.",
  signOutLoses: (count: number) =>
    `${many(count, "message has", "messages have")} not been sent and would be lost.`,
  signOutDrafts: "Drafts are lost.",

  // Shortcuts.
  keyNext: "Next conversation",
  keyPrevious: "Previous conversation",
  keyFind: "Find a person or conversation",
  keyWrite: "Write",
  keySend: "Send",
  keyBreak: "New line",
  keyMessages: "To the messages, from an empty box",
  keyBack: "Back: to the box, to the inbox",
  keyHelp: "This list",

  notFound: "There is no such page.",
  toInbox: "To your conversations",

  // Why something was not done, by code; what is not listed is told in the server's own words.
  problems,
  wait: (seconds: number) => `Try again in ${lasting(seconds)}.`,

  // What is wrong with a field, by code.
  fields: {
    handle_invalid: "Letters a to z, digits and underscores only.",
    display_name_length: "This name is empty or too long.",
    display_name_characters: "This name has characters that cannot be seen, or that mislead.",
    password_too_short: "This is too short.",
    password_too_long: "This is too long.",
    password_common: "Many people use this password. Choose another one.",
    password_is_name: "A password is not your name.",
    password_not_unicode: "This has characters that cannot be stored.",
    required: "This is needed.",
    claim_code_invalid: "A code begins with e- and has 26 letters and digits after it.",
  },
};
