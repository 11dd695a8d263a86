package parley.messaging;

import java.time.Duration;

/// Every bound of the domain, in one place. Each is tested at its edge.
public final class Limits {
  private Limits() {}

  // Servers.

  /// How far the clocks of two servers of one deployment may be apart: what one of them says of
  /// times holds at the other. No order in a log depends on it.
  public static final Duration SERVER_CLOCK_ALLOWANCE = Duration.ofMinutes(1);

  // Text.

  /// The longest message, in Unicode code points.
  public static final int TEXT_CODE_POINTS = 2_000;

  /// The longest preview of a message in an inbox, in Unicode code points.
  public static final int PREVIEW_CODE_POINTS = 160;

  // People.

  public static final int HANDLE_MIN = 2;
  public static final int HANDLE_MAX = 30;

  /// The longest display name, in Unicode code points.
  public static final int DISPLAY_NAME_CODE_POINTS = 50;

  /// Passwords, in Unicode code points.
  public static final int PASSWORD_MIN = 10;

  public static final int PASSWORD_MAX = 128;

  /// Password hashes computed at the same time: each takes 19 MiB and one core.
  public static final int PASSWORD_HASHES_AT_ONCE = 2;

  /// Sign-ins and sign-ups that may wait for a hash; the next one is told to come back.
  public static final int PASSWORD_HASHES_WAITING = 32;

  /// How long one of them waits at most.
  public static final Duration PASSWORD_HASH_WAIT = Duration.ofSeconds(10);

  /// Wrong passwords for one handle from one source, before the next attempt must wait.
  public static final int SIGN_IN_FAILURES = 5;

  /// How long the first such wait is; each one after it is twice as long as the last.
  public static final Duration SIGN_IN_PAUSE = Duration.ofSeconds(15);

  public static final Duration SIGN_IN_PAUSE_MAX = Duration.ofMinutes(15);

  /// How long after the last one wrong passwords are forgotten. A right one forgets them at once.
  public static final Duration SIGN_IN_FAILURES_LIFE = Duration.ofDays(1);

  /// Turns among which pairs of handle and source are dealt out: one attempt at a time in each.
  public static final int SIGN_IN_TURNS = 256;

  /// How long a session lasts from its sign-in.
  public static final Duration SESSION_LIFE = Duration.ofDays(30);

  /// How long somebody may take to sign in at an identity provider.
  public static final Duration PROVIDER_SIGN_IN = Duration.ofMinutes(10);

  /// How long after an identity provider, which is trusted in this, said that somebody's subject is
  /// gone whoever it knows as the same person gets their account.
  public static final Duration RELINK_WITHIN = Duration.ofDays(30);

  /// How far the clock of an identity provider may be off.
  public static final Duration PROVIDER_CLOCK_ALLOWANCE = Duration.ofMinutes(1);

  /// How old an account may be when another request is served from memory.
  public static final Duration ACCOUNT_STALENESS = Duration.ofSeconds(5);

  /// How old what a person decided about others, or about their own conversations, may be when a
  /// server acts on it: it holds on every server by then.
  public static final Duration DECISION_STALENESS = Duration.ofSeconds(5);

  /// How long the parts of an unfinished sign-up live. They carry a TTL until the handle is
  /// claimed.
  public static final Duration SIGN_UP_TIME = Duration.ofMinutes(15);

  /// How long after its end an unfinished sign-up still counts as one that may be going on
  /// elsewhere.
  public static final Duration SIGN_UP_CLOCK_MARGIN = Duration.ofMinutes(1);

  /// Looks at a handle that others are after too, before a sign-up gives up.
  public static final int SIGN_UP_ATTEMPTS = 4;

  /// The longest URL of an identity provider, and its longest name for somebody, as OpenID Connect
  /// bounds it.
  public static final int ISSUER_CHARS = 512;

  public static final int SUBJECT_CHARS = 255;

  /// Numbers that are tried behind a handle that an identity provider wished for, before a long one
  /// is taken by chance.
  public static final int HANDLE_NUMBERS = 9;

  /// Steps by which somebody whom an identity provider introduces comes to an account.
  public static final int INTRODUCTION_ATTEMPTS = 16;

  /// How long a handle that somebody gave up is kept for them, and for nobody else.
  public static final Duration HANDLE_RESERVED = Duration.ofDays(30);

  /// Handles that are kept for one person at the same time: so often can it be changed meanwhile.
  public static final int HANDLES_RESERVED = 3;

  /// How long a handle that was claimed for a change counts as one that somebody is about to have.
  public static final Duration HANDLE_CLAIM_TIME = Duration.ofMinutes(15);

  /// People that one look-up by prefix returns.
  public static final int PEOPLE_FOUND = 10;

  /// Blocks on a page of them.
  public static final int BLOCKS_PAGE = 100;

  // Messages.

  /// How far ahead of the server's clock the time in a client id may be.
  public static final Duration CLIENT_CLOCK_ALLOWANCE = Duration.ofMinutes(1);

  /// How old a client id may be: a message that waited longer must be sent under a new id.
  public static final Duration CLIENT_ID_LIFE = Duration.ofDays(7);

  /// Entries read with the head when the end of a log is not in memory.
  public static final int TAIL_ENTRIES = 8;

  /// How long the end of a log is taken for its end where nobody tells what others append to it:
  /// for as long as one person's burst takes. To look costs a fifth of a write that is refused.
  public static final Duration TAIL_UNHEARD = Duration.ofSeconds(1);

  /// Entries per round trip when looking further back for an earlier attempt, or catching up.
  public static final int TAIL_EXTENSION = 200;

  /// Appends tried before a sender is told that the conversation is too busy.
  public static final int APPEND_ATTEMPTS = 24;

  /// How long a send waits for those before it, in this process, to the same conversation.
  public static final Duration APPEND_WAIT = Duration.ofSeconds(10);

  /// How long after it was sent a message may be given another text. It may be unsent at any time.
  public static final Duration EDIT_WITHIN = Duration.ofHours(24);

  /// People with whom there is not a word yet whom one account may write to on one day of UTC.
  /// Their conversations' ids fit into an item of 1 KB, so that counting one more is one write
  /// unit.
  public static final int STRANGERS_A_DAY = 30;

  /// How long after its day is over it is kept whom somebody approached on it.
  public static final Duration APPROACHES_KEPT = Duration.ofDays(1);

  /// Messages on a page of history.
  public static final int HISTORY_PAGE = 50;

  public static final int HISTORY_PAGE_MAX = 100;

  /// Reads that one page of history may take where it has to look past much that is not on it:
  /// edits, what is hidden, what has vanished. Then it is shorter.
  public static final int HISTORY_LOOKS = 20;

  // Retention.

  /// For how many days a conversation can keep its messages, unless it keeps them for ever.
  public static final int RETENTION_DAYS_MIN = 1;

  public static final int RETENTION_DAYS_MAX = 365;

  /// The most days that an operator can say for all conversations of a deployment.
  public static final int RETENTION_DEPLOYMENT_DAYS_MAX = 3_650;

  /// How long after one reading of the table for texts of what has vanished the next one begins.
  /// Nobody is shown them meanwhile.
  public static final Duration RETENTION_SWEEP_EVERY = Duration.ofHours(24);

  /// Items of the table that one piece of such a reading reads: about a page of a Scan.
  public static final int RETENTION_PIECE = 1_000;

  /// How long a piece that somebody works on is left alone by others.
  public static final Duration RETENTION_LEASE = Duration.ofMinutes(1);

  // Reports.

  /// Messages that a report copies: the one that is reported, and those of the same person before
  /// it.
  public static final int REPORT_MESSAGES = 5;

  /// How long copies of reported messages are kept, whoever is erased meanwhile.
  public static final Duration REPORT_LIFE = Duration.ofDays(90);

  /// Reported messages that operators are shown at once.
  public static final int REPORTS_PAGE = 50;

  // Conversations and the inbox.

  /// How long an opened conversation without any message is kept.
  public static final Duration EMPTY_CONVERSATION_LIFE = Duration.ofDays(30);

  /// With less than this left, a message first renews the head's life, so that it cannot vanish
  /// between the append and the projection that makes it permanent.
  public static final Duration EMPTY_CONVERSATION_RENEWAL = Duration.ofDays(7);

  /// How far a row's place in the index may lag behind its newest message.
  public static final Duration ROW_MOVES_AFTER = Duration.ofMinutes(15);

  /// Up to this many conversations, an inbox is read from the rows themselves; beyond, by the
  /// index.
  public static final int SMALL_INBOX = 100;

  /// Rows that one page of the index looks at, at most.
  public static final int INBOX_CANDIDATES = 100;

  public static final int INBOX_PAGE = 20;
  public static final int INBOX_PAGE_MAX = 50;

  // Connections.

  /// Open connections of one account to one server; one more ends the oldest.
  public static final int CONNECTIONS_PER_ACCOUNT = 20;

  /// How long one connection lasts: a little less than the two hours after which hosts and proxies
  /// cut them.
  public static final Duration CONNECTION_LIFE = Duration.ofMinutes(118);

  /// How long nothing may be heard from a connection. Clients say something every 30 seconds.
  public static final Duration CONNECTION_SILENCE = Duration.ofSeconds(90);

  /// How long a connection that is told to end has for it.
  public static final Duration CONNECTION_FAREWELL = Duration.ofSeconds(5);

  /// Events that may wait for one connection; whoever is further behind is ended.
  public static final int EVENTS_WAITING = 256;

  /// How long a connection that a gateway keeps is remembered: the two hours that API Gateway lets
  /// it live, and a margin for clocks.
  public static final Duration LINK_LIFE = Duration.ofMinutes(130);

  /// How long a connection may take to open: it is noted before its gateway knows it, and until
  /// then not taken for gone.
  public static final Duration LINK_OPENING = Duration.ofSeconds(10);

  /// Connections of one person, or of one session, that are looked at: more than there may be, for
  /// some may be gone without a word.
  public static final int LINKS_READ = 40;

  /// Connections that are told at the same time by one function.
  public static final int LINKS_TOLD_AT_ONCE = 16;

  /// How long a batch of the change stream goes on telling people before it lets them ask.
  public static final Duration TELLING_TIME = Duration.ofSeconds(5);

  /// How long a ticket for a connection is good.
  public static final Duration TICKET_LIFE = Duration.ofSeconds(30);

  // Erasure and export.

  /// The longest that an operator may have an erasure wait, so that it can be taken back.
  public static final Duration ERASURE_GRACE_MAX = Duration.ofDays(30);

  /// How old a sign-in may be that stands for the password, where one asks for what cannot be
  /// undone.
  public static final Duration FRESH_SIGN_IN = Duration.ofMinutes(5);

  /// How long after an account was shut every request that began before is over: what is remembered
  /// of accounts, plus the longest wait and the longest answer of the table.
  public static final Duration ERASURE_SETTLES = Duration.ofMinutes(1);

  /// How long after the first reading of the table the last one begins: the change stream has
  /// forgotten by then.
  public static final Duration ERASURE_LAST_SWEEP_AFTER = Duration.ofHours(24);

  /// How long an erasure that somebody works on is left alone by others.
  public static final Duration ERASURE_LEASE = Duration.ofMinutes(1);

  /// Erasures that are looked at to find one that can go on.
  public static final int ERASURES_LOOKED_AT = 1_000;

  /// Erasures that operators are shown.
  public static final int ERASURES_SHOWN = 100;

  /// Items of one piece of an erasure: entries, or what lies under a person's id.
  public static final int ERASURE_PIECE = 100;

  /// Items of the table that one piece of a sweep reads.
  public static final int ERASURE_PAGE = 500;

  /// How long a receipt that nobody claims is kept, and what says that one was handed out.
  public static final Duration RECEIPT_LIFE = Duration.ofDays(90);

  /// How long an archive of what is held of a person can be fetched.
  public static final Duration EXPORT_LIFE = Duration.ofHours(24);

  /// Entries on one page of such an archive, and read at once for it.
  public static final int EXPORT_PAGE = 500;

  /// Characters of text on one such page, after which it takes no further entry: of a page's two
  /// files, in whatever script, no more than two megabytes come into the archive.
  public static final int EXPORT_PAGE_CHARS = 350_000;

  /// Where archives lie in parts: the bytes or the pages after which a part takes no more, and how
  /// many parts there are at most. With a last page a part is below 4.4 MB, which is what a
  /// function can answer.
  public static final int EXPORT_PART_BYTES = 2_000_000;

  public static final int EXPORT_PART_PAGES = 40;
  public static final int EXPORT_PARTS = 100;

  /// How long an archive can be fetched again after some of it was, where nobody hears whether it
  /// arrived.
  public static final Duration EXPORT_AGAIN = Duration.ofMinutes(15);

  /// Archives that are waited for, written or kept at the same time.
  public static final int EXPORTS_KEPT = 1_000;

  /// How long an archive that somebody writes is left alone by others without a sign of life.
  public static final Duration EXPORT_LEASE = Duration.ofMinutes(1);

  /// How often an archive is begun before it counts as failed.
  public static final int EXPORT_ATTEMPTS = 5;

  /// How often archives are looked through for those that have to go.
  public static final Duration EXPORTS_TIDIED = Duration.ofSeconds(15);

  // Operators.

  /// The longest name of a token.
  public static final int OPERATOR_NAME = 40;

  /// Tokens that let operators in at the same time.
  public static final int OPERATOR_TOKENS = 100;

  public static final Duration OPERATOR_TOKEN_LIFE_MIN = Duration.ofMinutes(1);
  public static final Duration OPERATOR_TOKEN_LIFE_MAX = Duration.ofDays(366);

  /// How long a pass of the command line is good, and how far its clock may be from the server's.
  public static final Duration OPERATOR_PASS_LIFE = Duration.ofSeconds(30);

  /// How long the audit trail is kept.
  public static final Duration AUDIT_LIFE = Duration.ofDays(400);

  /// Lines of the audit trail on a page.
  public static final int AUDIT_PAGE = 50;

  /// What a line of the audit trail says of what was done to what, at most, in code points.
  public static final int AUDIT_SUBJECT = 200;
}
