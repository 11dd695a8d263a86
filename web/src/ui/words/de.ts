import type { Words } from "./index";
import { problems } from "./problems.de";
import { inUnits, type Unit } from "./units";

/// All that the client says, in German.

const plural = new Intl.PluralRules("de");
const many = (count: number, one: string, other: string): string =>
  `${count} ${plural.select(count) === "one" ? one : other}`;

const UNITS: Readonly<Record<Unit, readonly [string, string]>> = {
  second: ["Sekunde", "Sekunden"],
  minute: ["Minute", "Minuten"],
  hour: ["Stunde", "Stunden"],
  day: ["Tag", "Tage"],
};
/// In the dative, days have an n at their end; the others have one anyway.
const lasting = (seconds: number, dative: "n" | "" = ""): string => {
  const [count, unit] = inUnits(seconds);
  const [one, other] = UNITS[unit];
  return many(count, one, unit === "day" ? other + dative : other);
};

export const de: Words = {
  language: "Deutsch",
  appName: "Parley",
  skipToConversation: "Zum Gespräch springen",
  close: "Schließen",
  back: "Zurück zur Übersicht",
  cancel: "Abbrechen",
  save: "Speichern",
  saved: "Gespeichert.",
  tryAgain: "Noch einmal",
  loading: "Lädt",

  welcome: "Einander schreiben. Sonst nichts.",
  signIn: "Anmelden",
  signUp: "Konto anlegen",
  toSignUp: "Neu hier? Konto anlegen",
  toSignIn: "Schon ein Konto? Anmelden",
  handle: "Kürzel",
  handleHint: (min, max) =>
    `Damit findet man dich: ${min} bis ${max} Buchstaben, Ziffern oder Unterstriche.`,
  displayName: "Name",
  displayNameHint: "Den sehen die anderen. Du kannst ihn später ändern.",
  password: "Passwort",
  passwordHint: (min) => `Mindestens ${min} Zeichen. Ein paar Wörter merken sich leicht.`,
  showPassword: "Passwort zeigen",
  hidePassword: "Passwort verbergen",
  sessionOver:
    "Deine Sitzung ist beendet. Melde dich wieder an; was du geschrieben hast, ist noch da.",
  accountGone: "Dieses Konto wird gelöscht. In diesem Browser ist nichts mehr davon.",
  signedOut: "Du bist abgemeldet.",
  signingIn: "Meldet an…",
  starting: "Parley öffnet sich…",

  signInWith: (name: string) => `Mit ${name} anmelden`,
  providerFailed: (why: string) =>
    ({
      denied:
        "Du bist nicht angemeldet, die andere Seite hat abgelehnt. Versuch es noch einmal oder anders.",
      expired:
        "Das hat zu lange gedauert oder begann in einem anderen Fenster. Versuch es noch einmal.",
      unavailable: "Die andere Seite antwortet nicht. Versuch es gleich noch einmal.",
      disabled: "Dein Konto ist gesperrt. Frag die, die diesen Dienst betreiben.",
      refused:
        "Du bist nicht angemeldet, die Antwort der anderen Seite gilt nicht. Versuch es noch einmal.",
      no_handle: "Für dich fand sich kein freies Kürzel. Versuch es gleich noch einmal.",
      not_asked:
        "Die andere Seite sagt nicht, dass sie dich gefragt hat, wer du bist. Versuch es noch einmal, oder frag, wer diesen Server betreibt.",
    })[why] ??
    "Du bist nicht angemeldet, die Antwort der anderen Seite gilt nicht. Versuch es noch einmal.",

  demoTitle: "Als zwei Leute ausprobieren",
  demoWhy:
    "Dieser Server führt etwas vor. Sei hier die eine Person und in einem zweiten Fenster die andere: Beide haben eine eigene Sitzung.",
  demoContinue: (name) => `Weiter als ${name}`,
  demoHere: "in diesem Fenster",
  demoThere: "in einem zweiten Fenster",
  demoOr: "oder mit einem eigenen Konto",

  inbox: "Gespräche",
  filter: "Person oder Gespräch finden",
  filterHint: "Name oder @Kürzel",
  clear: "Leeren",
  people: "Leute",
  noPeople: "Niemand hat ein Kürzel, das so beginnt.",
  peopleTooShort: "Ab zwei Zeichen werden Leute nach ihrem Kürzel gefunden.",
  noMatches: "Kein Gespräch hier passt dazu.",
  emptyInbox: "Noch niemand hier. Finde jemanden über das Kürzel.",
  inboxFailed: "Die Gespräche konnten nicht geladen werden.",
  folders: "Ordner",
  folderInbox: "Eingang",
  folderRequests: "Anfragen",
  archive: "Archiv",
  requestCount: (count) => many(count, "Anfrage", "Anfragen"),
  emptyRequests: "Niemand fragt an.",
  emptyArchive: "Hier ist nichts abgelegt.",
  muted: "Stumm",
  draft: "Entwurf:",
  you: "Du:",
  unsentMessage: "Nachricht zurückgezogen",
  vanishedMessage: "Nachricht verschwunden",
  noMessages: "Noch keine Nachrichten",
  unread: (count) => many(count, "ungelesene Nachricht", "ungelesene Nachrichten"),
  goneAccount: "Gelöschtes Konto",
  settings: "Einstellungen",
  shortcuts: "Tastenkürzel",

  retention: "Verschwindende Nachrichten",
  retentionMenu: (days) =>
    days === 0
      ? "Verschwindende Nachrichten…"
      : `Verschwindende Nachrichten: ${many(days, "Tag", "Tage")}…`,
  retentionMeans: (name) =>
    `Neue Nachrichten verschwinden für euch beide, so lange nachdem sie gesendet wurden. Nachrichten, die schon da sind, bleiben, wie sie sind. ${name} sieht, was du wählst.`,
  retentionHere: (days) =>
    `Auf diesem Server verschwindet jede Nachricht nach ${many(days, "Tag", "Tagen")}, was auch immer hier gewählt wird.`,
  retentionQuestion: "Neue Nachrichten verschwinden",
  retentionChoice: (days) => (days === 0 ? "Nie" : `Nach ${many(days, "Tag", "Tagen")}`),
  retentionYou: (days) =>
    days === 0
      ? "Du lässt neue Nachrichten bleiben."
      : `Du lässt neue Nachrichten nach ${many(days, "Tag", "Tagen")} verschwinden.`,
  retentionOther: (name, days) =>
    days === 0
      ? `${name} lässt neue Nachrichten bleiben.`
      : `${name} lässt neue Nachrichten nach ${many(days, "Tag", "Tagen")} verschwinden.`,

  nothingOpen: "Wähle ein Gespräch, oder finde jemanden, dem du schreiben willst.",
  conversationWith: (name) => `Gespräch mit ${name}`,
  messages: "Nachrichten",
  beginning: (name) => `Hier beginnt dein Gespräch mit ${name}.`,
  sayHello: (name, handle) =>
    `Du hast ${name} (@${handle}) noch nicht geschrieben. Die erste Nachricht eröffnet das Gespräch.`,
  personUnknown: (handle) => `Niemand hat das Kürzel @${handle}.`,
  personIsYou: "Das bist du. Finde jemand anderen.",
  conversationUnknown: "Dieses Gespräch gibt es nicht, oder du gehörst nicht dazu.",
  notLoaded: "Die Nachrichten konnten nicht geladen werden.",
  olderFailed: "Ältere Nachrichten konnten nicht geladen werden.",
  newDivider: "Neu",
  newMessages: (count) => many(count, "neue Nachricht", "neue Nachrichten"),
  toNewest: "Zur neuesten Nachricht",
  write: "Nachricht schreiben",
  send: "Senden",
  left: (count) => `noch ${count}`,
  tooLong: (count) => `${count} zu viel`,
  waiting: "Wartet auf das Senden",
  sending: "Wird gesendet",
  sent: "Gesendet",
  notSent: "Nicht gesendet",
  retry: "Noch einmal",
  discard: "Verwerfen",
  copy: "Text kopieren",
  edited: "bearbeitet",
  messageMenu: "Was mit dieser Nachricht geschehen soll",
  editMessage: "Nachricht bearbeiten",
  editing: "Bearbeiten",
  cancelEdit: "So lassen, wie sie war",
  unsendMessage: "Für alle zurückziehen",
  unsendQuestion: "Diese Nachricht zurückziehen?",
  unsendMeans:
    "Ihr Text verschwindet bei allen aus dem Gespräch und kommt nicht wieder. Dass es eine Nachricht gab, bleibt.",
  notChanged: "Nicht geändert",
  strangersLimit: (name) =>
    `Du hast heute so viele neue Leute angeschrieben, wie man darf, darum ging das nicht an ${name}.`,
  strangersUntil: (when) => `Ab ${when} kannst du es wieder senden; bis dahin bleibt es hier.`,
  report: "Melden…",
  reportTitle: "Diese Nachricht melden?",
  reportMeans: (name) =>
    `Diese Nachricht und bis zu vier von ${name} davor werden für die kopiert, die diesen Server betreiben. ${name} erfährt nichts davon.`,
  reportWhy: "Warum?",
  reportReasons: {
    spam: "Spam",
    harassment: "Belästigung",
    violence: "Gewalt",
    sexual: "Sexuelle Inhalte",
    impersonation: "Gibt sich als jemand anderes aus",
    other: "Etwas anderes",
  },
  reportBlocks: (name) => `${name} auch blockieren`,
  reportSend: "Melden",
  reporting: "Wird gemeldet…",
  reportWaits: "Es geht hinaus, sobald das wieder geht. Lass das hier offen.",
  reported: "Es ist gemeldet. Wer diesen Server betreibt, sieht es.",
  reportedAndBlocked: (name) =>
    `Es ist gemeldet. Was ${name} ab jetzt schreibt, erreicht dich nicht.`,
  reportedOnly: "Es ist gemeldet, aber noch ist niemand blockiert.",
  conversationMenu: "Was mit diesem Gespräch geschehen soll",
  mute: "Stumm schalten",
  unmute: "Nicht mehr stumm",
  toArchive: "Archivieren",
  unarchive: "In den Eingang",
  deleteForMe: "Für mich löschen",
  deleteQuestion: "Dieses Gespräch für dich löschen?",
  deleteMeans: (name) =>
    `Alles hier verschwindet aus deinen Gesprächen und kommt nicht wieder. ${name} behält es. Eine neue Nachricht bringt das Gespräch zurück, ohne was vorher war.`,
  block: "Blockieren",
  unblock: "Freigeben",
  blockQuestion: (name) => `${name} blockieren?`,
  blockMeans:
    "Was von dort kommt, erreicht dich ab jetzt nicht und wird auch später nicht gezeigt. Niemand sagt es ihnen.",
  blockedMeans: (name) => `Du hast ${name} blockiert. Was von dort kommt, wird nicht gezeigt.`,
  blockedPeople: "Blockierte Leute",
  request: "Anfrage",
  requestMeans: (name) =>
    `${name} möchte dir schreiben. Bis du annimmst oder antwortest, erfährt niemand, ob du es gelesen hast.`,
  accept: "Annehmen",
  notDone: "Das hat nicht geklappt",
  memberLeft: (name) => `${name} ist nicht mehr in diesem Gespräch.`,
  membersChanged: "Wer zu diesem Gespräch gehört, hat sich geändert.",
  said: (name, text) => `${name}: ${text}`,

  offline: "Du bist offline. Was du schreibst, geht hinaus, wenn du wieder da bist.",
  reconnecting: "Die Verbindung ist abgerissen. Verbindet wieder…",
  stopped: "Parley ist an zu vielen Stellen offen, darum folgt dieses Fenster nicht mehr mit.",
  connectNow: "Jetzt verbinden",

  account: "Konto",
  changeName: "Namen ändern",
  changePassword: "Passwort ändern",
  currentPassword: "Bisheriges Passwort",
  newPassword: "Neues Passwort",
  passwordChanged: "Passwort geändert. Überall sonst bist du abgemeldet.",
  changeHandle: "Kürzel ändern",
  handleChanged: "Geändert. Andere finden dich unter dem neuen.",
  handleKept: (seconds) =>
    `Das alte bleibt ${lasting(seconds)} lang deines, damit es niemand an deiner Stelle nimmt.`,
  nobodyBlocked: "Du hast niemanden blockiert.",
  unblockWhom: (name) => `${name} freigeben`,
  erasure: "Konto löschen",
  erasureMeans: "Alles, was Parley von dir hat, verschwindet und kommt nicht wieder.",
  eraseAccount: "Konto löschen",
  eraseQuestion: "Dein Konto löschen?",
  eraseAsked: "Dein Konto wird gelöscht",
  eraseWhat: [
    "Du wirst überall abgemeldet, und dein Kürzel wird frei.",
    "Was du geschrieben hast, verschwindet aus allen Gesprächen. Andere behalten ihre eigenen Nachrichten und sehen an deiner Stelle ein gelöschtes Konto.",
  ],
  eraseBegins: (graceSeconds) =>
    graceSeconds === 0
      ? "Es beginnt sofort und lässt sich nicht zurücknehmen."
      : `Es beginnt nach ${lasting(graceSeconds, "n")}. Bis dahin kannst du dein Konto behalten.`,
  erasesAt: (when) => `Dieses Konto wird gelöscht: ${when}.`,
  eraseCode:
    "Mit diesem Code, und nur mit ihm, siehst du, wie weit es ist, und holst am Ende einen Beleg ab. Er wird nur jetzt gezeigt.",
  eraseCodeLost:
    "Ist der Code verloren, oder hast du ihn nie gesehen? Bis das Löschen beginnt, bekommst du einen anderen.",
  eraseAnotherCode: "Anderen Code holen",
  eraseCodeReplaced:
    "Ein Code, den du schon hast, gilt dann nicht mehr. Das Löschen wird nicht aufgeschoben.",
  copyCode: "Code kopieren",
  saveCode: "Code als Datei sichern",
  copied: "Kopiert.",
  signedInAgain: "Du hast dich gerade noch einmal angemeldet, darum braucht es kein Passwort.",
  noPasswordHere: "Kein Passwort hier? Melde dich stattdessen noch einmal an:",
  confirmAtProvider: "Zeig zuerst noch einmal, dass du es bist: Melde dich neu an.",
  noWayToConfirm:
    "Du hast hier kein Passwort, und dieser Server bietet keinen anderen Weg mehr an, dich anzumelden. Frag, wer ihn betreibt.",
  signInAgainWith: (name) => `Noch einmal mit ${name} anmelden`,
  freshOver: "Diese Anmeldung ist inzwischen zu lange her. Zeig noch einmal, dass du es bist.",
  forWhom: (handle) => `Es geht um @${handle}.`,

  yourData: "Deine Daten",
  exportMeans:
    "Ein Archiv von allem, was Parley von dir hat: Seiten, die ein Browser öffnet, und dasselbe für Programme.",
  exportAsk: "Meine Daten herunterladen",
  exportTitle: "Deine Daten herunterladen?",
  exportHow:
    "Sie werden im Hintergrund gesammelt, und das kann dauern. Der Link, den du dann bekommst, gilt einmal.",
  exportGather: "Meine Daten sammeln",
  exportWaiting: "Deine Daten werden gesammelt, sobald sie an der Reihe sind.",
  exportWorking: (done, total) =>
    `Wird gesammelt: ${done} von ${many(total, "Gespräch", "Gesprächen")}.`,
  exportReady: (when) => `Dein Archiv ist fertig. Es lässt sich einmal abholen, bis ${when}.`,
  exportSave: "Archiv sichern",
  exportSavePart: (part: number, parts: number) => `Teil ${part} von ${parts} sichern`,
  exportElsewhere: (when) =>
    `Ein Archiv liegt bis ${when} bereit. Sein Link steht dort, wo darum gebeten wurde, und nirgends sonst. Ein neues tritt an seine Stelle.`,
  exportAnother: "Neu sammeln",
  exportFetched: "Das Archiv ist abgeholt und wird nicht länger aufgehoben.",
  exportFailed: "Deine Daten konnten nicht gesammelt werden. Versuch es noch einmal.",

  erasureProgress: "Löschung eines Kontos",
  erasureProgressWhat:
    "Wer sein Konto löschen lässt, sieht hier, wie weit es ist, und holt den Beleg ab. Dazu braucht es den Code, der damals gezeigt wurde.",
  toErasure: "Wird dein Konto gelöscht? Sieh, wie weit es ist",
  erasureHere: (address) => `Der Ort dafür ist ${address}.`,
  erasureKeepCode: "Heb diesen Code auf",
  erasureCode: "Code",
  erasureLook: "Wie weit ist es?",
  erasureCodeUnknown:
    "Mit diesem Code gibt es keine Löschung. Sie wurde zurückgenommen, oder der Beleg wird nicht mehr aufgehoben.",
  erasureSteps: {
    waiting: "Es hat noch nicht begonnen.",
    conversations: "Was die Person geschrieben hat, wird aus ihren Gesprächen genommen.",
    own: "Das Konto und sein Kürzel werden entfernt.",
    sweep: "Alles wird nach Resten durchgesehen.",
    last_sweep: "Einen Tag später wird alles noch einmal durchgesehen.",
    done: "Es ist vollbracht.",
  },
  erasureSince: (when) => `seit ${when}`,
  receipt: "Beleg",
  receiptOnce:
    "Er wurde gerade ausgehändigt, dieses eine Mal, und wird nicht aufgehoben. Sichere ihn.",
  receiptSave: "Beleg sichern",
  receiptSaved: "Der Beleg ist gesichert.",
  receiptHandedOut:
    "Es ist vollbracht, und der Beleg wurde schon ausgehändigt. Das ist sein SHA-256:",
  keepAccount: "Konto behalten",
  appearance: "Aussehen",
  theme: "Farben",
  themeSystem: "Wie das System",
  themeLight: "Hell",
  themeDark: "Dunkel",
  languageLabel: "Sprache",
  languageSystem: "Wie der Browser",
  notifications: "Benachrichtigungen",
  notify: "Neue Nachrichten melden, während diese Seite im Hintergrund ist",
  notifyDenied:
    "Dein Browser erlaubt es nicht. Erlaube Benachrichtigungen für diese Seite in seinen Einstellungen.",
  notifyNone: "Dein Browser kann keine Benachrichtigungen zeigen.",
  singleKeys: "Kürzel aus einer einzelnen Taste (?, /, c)",
  sessions: "Sitzungen",
  signOutHere: "Abmelden",
  signOutEverywhere: "Überall abmelden",
  signOutQuestion: "Abmelden?",
  signOutEverywhereQuestion: "Überall abmelden?",
  signOutForgets: "Dieser Browser vergisst deine Gespräche. Auf dem Server bleiben sie.",
  signOutLoses: (count) =>
    count === 1
      ? "1 Nachricht ist nicht gesendet und ginge verloren."
      : `${count} Nachrichten sind nicht gesendet und gingen verloren.`,
  signOutDrafts: "Entwürfe gehen verloren.",

  keyNext: "Nächstes Gespräch",
  keyPrevious: "Voriges Gespräch",
  keyFind: "Person oder Gespräch finden",
  keyWrite: "Schreiben",
  keySend: "Senden",
  keyBreak: "Neue Zeile",
  keyMessages: "Zu den Nachrichten, aus dem leeren Feld",
  keyBack: "Zurück: zum Feld, zur Übersicht",
  keyHelp: "Diese Liste",

  notFound: "Diese Seite gibt es nicht.",
  toInbox: "Zu deinen Gesprächen",

  problems,
  wait: (seconds) => `Versuche es in ${lasting(seconds, "n")} wieder.`,

  fields: {
    handle_invalid: "Nur Buchstaben a bis z, Ziffern und Unterstriche.",
    display_name_length: "Dieser Name ist leer oder zu lang.",
    display_name_characters: "Dieser Name hat Zeichen, die man nicht sieht oder die irreführen.",
    password_too_short: "Das ist zu kurz.",
    password_too_long: "Das ist zu lang.",
    password_common: "Viele Leute verwenden dieses Passwort. Wähle ein anderes.",
    password_is_name: "Ein Passwort ist nicht dein Name.",
    password_not_unicode: "Darin sind Zeichen, die nicht gespeichert werden können.",
    required: "Das wird gebraucht.",
    claim_code_invalid: "Ein Code beginnt mit e- und hat danach 26 Buchstaben und Ziffern.",
  },
};
