/// All that the client says, in English. Other languages have the same type, so nothing is missing.

const plural = new Intl.PluralRules("en");
const many = (count: number, one: string, other: string): string =>
  `${count} ${plural.select(count) === "one" ? one : other}`;

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
  signingIn: "Signing in…",
  starting: "Opening Parley…",

  // Identity providers.
  signInWith: (name: string) => `Sign in with ${name}`,
  providerFailed: (why: string) =>
    ({
      denied: "You were not signed in, for the other side said no. Try again, or another way.",
      expired: "That took too long, or began in another window. Try again.",
      unavailable: "The other side did not answer. Try again in a moment.",
      no_handle: "No free handle could be found for you. Try again in a moment.",
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
  draft: "Draft:",
  you: "You:",
  unsentMessage: "Message withdrawn",
  noMessages: "No messages yet",
  unread: (count: number) => many(count, "unread message", "unread messages"),
  goneAccount: "Deleted account",
  settings: "Settings",
  shortcuts: "Keyboard shortcuts",

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
  problems: {
    offline: "You are offline.",
    timeout: "Parley did not answer in time.",
    unreadable: "The answer was not one of Parley's. Is there a proxy in between?",
    edit_too_late: "It was sent too long ago to be edited. You can still unsend it.",
    message_not_found: "This message is no longer there to be changed.",
    credentials_wrong: "Handle or password is wrong.",
    handle_taken: "Somebody else has this handle. Choose another one.",
    password_wrong: "This is not your current password.",
    participant_unknown: "Nobody has this handle.",
    participant_self: "This is you.",
    conversation_not_found: "There is no such conversation, or you are not in it.",
    demo_person_not_found: "The demonstration no longer offers this person.",
    origin_refused:
      "This server does not take this page for its own. Whoever runs it sets --public-url to the address that you see.",
    token_invalid: "Your session is over. Sign in again.",
    token_missing: "Your session is over. Sign in again.",
    client_id_expired: "It waited for too long. Send it again as a new message.",
    client_id_reused:
      "Something else was already sent in its place. Copy the text and send it anew.",
    rate_limited: "That was too much at once.",
    sign_in_paused: "There were too many wrong passwords.",
    too_busy: "Parley has too much to do at the moment.",
    store_unavailable: "Parley cannot reach its data at the moment.",
    internal: "Something went wrong in Parley.",
  },
  waitSeconds: (seconds: number) => `Try again in ${many(seconds, "second", "seconds")}.`,

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
  },
};
