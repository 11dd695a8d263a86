package parley.store;

import parley.store.TableDesign.Entity;
import parley.store.TableDesign.Price;
import parley.store.TableDesign.Reads;

/// Every way in which the table is asked. The price is what a test measures; `unit` says of what.
public enum AccessPattern {
  SIGN_UP_CREDENTIAL(
      Entity.CREDENTIAL,
      "Put",
      "Begin a sign-up: the credential, with a TTL",
      "not there",
      Reads.NONE,
      Price.writes(1),
      "item"),
  SIGN_UP_PROFILE(
      Entity.ACCOUNT,
      "Put",
      "Begin a sign-up: the profile, with a TTL",
      "not there",
      Reads.NONE,
      Price.writes(1),
      "item"),
  CLAIM_HANDLE(
      Entity.HANDLE,
      "Put",
      "Claim a handle",
      "not there, or left behind as it was seen",
      Reads.NONE,
      Price.writes(1),
      "item"),
  FINISH_SIGN_UP(
      Entity.ACCOUNT,
      "Update x2",
      "Make profile and credential permanent",
      "there, and not expired",
      Reads.NONE,
      Price.writes(2),
      "sign-up"),
  ABANDON_SIGN_UP(
      Entity.ACCOUNT,
      "Update, Delete",
      "See to it that an unfinished sign-up stays unfinished, before its handle is taken over",
      "its time is long over",
      Reads.NONE,
      Price.writes(2),
      "sign-up"),
  FINISH_INTRODUCTION(
      Entity.ACCOUNT,
      "Update",
      "Make permanent the profile of somebody whom an identity provider introduced",
      "there, not expired, and still under the handle that was claimed",
      Reads.NONE,
      Price.writes(1),
      "item"),
  WISH_HANDLE(
      Entity.ACCOUNT,
      "Update",
      "Give a pending profile another handle to claim",
      "there, not expired, and still under the handle that was taken",
      Reads.NONE,
      Price.writes(1),
      "item"),
  IDENTITY_OWNER(
      Entity.IDENTITY, "Get", "Whose identity is this?", "-", Reads.STRONG, Price.reads(1), "item"),
  LINK_IDENTITY(
      Entity.IDENTITY,
      "Put",
      "Link an identity to an account",
      "not there, or its owner never came to be",
      Reads.NONE,
      Price.writes(1),
      "item"),
  HANDLE_OWNER(
      Entity.HANDLE, "Get", "Who has this handle?", "-", Reads.STRONG, Price.reads(1), "item"),
  SIGN_IN_FACTS(
      Entity.CREDENTIAL,
      "Query",
      "A person's credential and profile, in one read",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "person"),
  PROFILE(Entity.ACCOUNT, "Get", "One account", "-", Reads.EVENTUAL, Price.reads(0.5), "item"),
  PROFILES(
      Entity.ACCOUNT, "BatchGet", "Accounts by id", "-", Reads.EVENTUAL, Price.reads(0.5), "item"),
  RENAME_DISPLAY(
      Entity.ACCOUNT,
      "Update",
      "Change the display name",
      "there",
      Reads.NONE,
      Price.writes(1),
      "item"),
  END_SESSIONS(
      Entity.ACCOUNT,
      "Update",
      "End every session that began so far",
      "there",
      Reads.NONE,
      Price.writes(1),
      "item"),
  DISABLE_ACCOUNT(
      Entity.ACCOUNT,
      "Update",
      "Let nobody in as this account and end every session that began so far; or let them in again",
      "there",
      Reads.NONE,
      Price.writes(1),
      "item"),
  CHANGE_PASSWORD(
      Entity.CREDENTIAL,
      "Update",
      "Replace the password's hash",
      "still the hash that was checked",
      Reads.NONE,
      Price.writes(1),
      "item"),
  NAMES(
      Entity.ACCOUNT,
      "Get",
      "An account and the handles that are kept for it",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "item"),
  CHANGE_HANDLE(
      Entity.ACCOUNT,
      "Update",
      "Change the handle",
      "its names are as they were seen",
      Reads.NONE,
      Price.writes(1),
      "item"),
  RELEASE_HANDLE(
      Entity.HANDLE,
      "Update",
      "Let a handle that was given up go in 30 days",
      "held as it was seen",
      Reads.NONE,
      Price.writes(1),
      "item"),
  OUST(
      Entity.ACCOUNT,
      "Update",
      "See to it that an unfinished change of handles stays unfinished, before it is taken over",
      "has another handle",
      Reads.NONE,
      Price.writes(1),
      "item"),
  HANDLES_BY_PREFIX(
      Entity.HANDLE,
      "Query",
      "Handles that begin with these letters, at most 10",
      "-",
      Reads.EVENTUAL,
      Price.reads(0.5),
      "page"),
  SESSION_START(Entity.SESSION, "Put", "Begin a session", "-", Reads.NONE, Price.writes(1), "item"),
  SESSION_CHECK(
      Entity.SESSION, "Get", "Whose session is this?", "-", Reads.STRONG, Price.reads(1), "item"),
  SESSION_END(
      Entity.SESSION, "Delete", "End one session", "-", Reads.NONE, Price.writes(1), "item"),
  TICKET_ISSUE(
      Entity.TICKET,
      "Put",
      "Give out a ticket for a connection",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  TICKET_REDEEM(
      Entity.TICKET,
      "Delete",
      "Use a ticket, and see whose it is",
      "there, and not expired",
      Reads.NONE,
      Price.writes(1),
      "item"),
  LINK_ADD(
      Entity.CONNECTION,
      "Put",
      "Take note of a gateway's connection, with its person",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  SESSION_LINK_ADD(
      Entity.SESSION_CONNECTION,
      "Put",
      "The same, with its session",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  LINKS(
      Entity.CONNECTION,
      "Query",
      "The connections of a person",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "8 connections"),
  SESSION_LINKS(
      Entity.SESSION_CONNECTION,
      "Query",
      "The connections of a session",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "8 connections"),
  LINK(
      Entity.CONNECTION,
      "Get",
      "Is this connection still to be told?",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "item"),
  LINK_REMOVE(
      Entity.CONNECTION,
      "Delete",
      "Forget a connection, with its person",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  SESSION_LINK_REMOVE(
      Entity.SESSION_CONNECTION,
      "Delete",
      "The same, with its session",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  FAILURES(
      Entity.FAILURES,
      "Get",
      "Must this pair of handle and source wait before it signs in?",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "item"),
  COUNT_FAILURE(
      Entity.FAILURES,
      "Put",
      "Count a failed sign-in",
      "still what was read",
      Reads.NONE,
      Price.writes(1),
      "item"),
  CLEAR_FAILURES(
      Entity.FAILURES,
      "Delete",
      "Forget failed sign-ins, after a good one",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  OPEN(
      Entity.HEAD,
      "Put",
      "Open a conversation",
      "not there, or expired",
      Reads.NONE,
      Price.writes(1),
      "item"),
  RENEW_HEAD(
      Entity.HEAD,
      "Update",
      "Keep an opened conversation for longer",
      "still has an end",
      Reads.NONE,
      Price.writes(1),
      "item"),
  LOG_END(
      Entity.ENTRY,
      "Query",
      "The head and the newest entries, descending",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "8 entries of 300 bytes"),
  LOG_AFTER(
      Entity.ENTRY,
      "Query",
      "Entries after a number, ascending",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "8 entries of 300 bytes"),
  LOG_BEFORE(
      Entity.ENTRY,
      "Query",
      "50 messages of history, descending",
      "-",
      Reads.EVENTUAL,
      Price.reads(2),
      "50 entries of 300 bytes"),
  LOG_ENTRY(Entity.ENTRY, "Get", "One entry", "-", Reads.STRONG, Price.reads(1), "item"),
  APPEND(
      Entity.ENTRY,
      "Put",
      "Append to the log",
      "that number is free",
      Reads.NONE,
      Price.writes(1),
      "item"),
  REWRITE(
      Entity.ENTRY,
      "Update",
      "Let a message reflect an edit or unsend",
      "reflects an older one",
      Reads.NONE,
      Price.writes(1),
      "item"),
  BLANK_EDIT(
      Entity.ENTRY,
      "Update",
      "Take the text of an edit away, whose message was unsent",
      "has one",
      Reads.NONE,
      Price.writes(1),
      "edit"),
  SETTLE_HEAD(
      Entity.HEAD,
      "Update",
      "Make a conversation permanent",
      "there",
      Reads.NONE,
      Price.writes(1),
      "item"),
  REFLECT_STATE(
      Entity.HEAD,
      "Update",
      "Let the head reflect who is in",
      "reflects an older state",
      Reads.NONE,
      Price.writes(1),
      "item"),
  ROWS(
      Entity.ROW,
      "Query",
      "An inbox of up to 100 conversations, whole",
      "-",
      Reads.EVENTUAL,
      Price.reads(4),
      "100 rows of 300 bytes"),
  INBOX_PLACES(
      Entity.ROW,
      "Query on inbox",
      "The rows of a folder that moved last, keys only",
      "-",
      Reads.EVENTUAL,
      new Price(0, 0, 0.5, 0),
      "21 places"),
  ROWS_BY_ID(
      Entity.ROW,
      "BatchGet",
      "Rows by conversation",
      "-",
      Reads.EVENTUAL,
      Price.reads(0.5),
      "item"),
  ROW(Entity.ROW, "Get", "One row", "-", Reads.STRONG, Price.reads(1), "item"),
  MARK_READ(
      Entity.ROW,
      "Update",
      "Mark as read up to an entry",
      "less is marked so far",
      Reads.NONE,
      Price.writes(1),
      "item"),
  ADVANCE_ROW(
      Entity.ROW,
      "Update",
      "Show a newer message in a row",
      "joins on without a gap; within its folder",
      Reads.NONE,
      Price.writes(1),
      "row"),
  MOVE_ROW(
      Entity.ROW,
      "Update",
      "The same, when the row also moves in the index",
      "as above",
      Reads.NONE,
      Price.writes(1, 2),
      "row"),
  FIRST_ROW(
      Entity.ROW,
      "Update",
      "Make a row, with its first message",
      "shows no message yet",
      Reads.NONE,
      Price.writes(1, 1),
      "row"),
  AMEND_ROW(
      Entity.ROW,
      "Update",
      "Show an edited or unsent message in a row",
      "shows that message, an older revision",
      Reads.NONE,
      Price.writes(1),
      "row"),
  CHOOSE(
      Entity.ROW,
      "Update",
      "Archive, mute or delete a conversation for oneself, and the like",
      "the row is as it was seen",
      Reads.NONE,
      Price.writes(1, 2),
      "decision"),
  REMOVE_ROW(Entity.ROW, "Delete", "Take a row away", "-", Reads.NONE, Price.writes(1, 1), "row"),
  BLOCK(
      Entity.BLOCK,
      "Put x2",
      "Block somebody: the mirror, then the block",
      "-",
      Reads.NONE,
      Price.writes(2),
      "block"),
  UNBLOCK(
      Entity.BLOCK,
      "Delete x2",
      "Take a block back: the block, then the mirror",
      "-",
      Reads.NONE,
      Price.writes(2),
      "block"),
  IS_BLOCKED(
      Entity.BLOCK,
      "Get",
      "Has this person blocked that one? Before an append, unless it is in memory",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "item"),
  BLOCKS(
      Entity.BLOCK,
      "Query",
      "Whom a person has blocked, 100 at a time",
      "-",
      Reads.EVENTUAL,
      Price.reads(0.5),
      "10 blocks"),
  APPROACH(
      Entity.APPROACHES,
      "Update",
      "Count the first message of a conversation among the strangers that somebody approaches on a day",
      "fewer than 30 others, or counted already",
      Reads.NONE,
      Price.writes(1),
      "item"),
  TABLE_OWNER(
      Entity.DEPLOYMENT,
      "Get",
      "Which secret does the table belong to? Once a start",
      "-",
      Reads.EVENTUAL,
      Price.reads(0.5),
      "item"),
  CLAIM_TABLE(
      Entity.DEPLOYMENT,
      "Put",
      "Let the table belong to this secret. Once a table",
      "belongs to none yet",
      Reads.NONE,
      Price.writes(1),
      "item"),
  LEDGER_SEEN(
      Entity.LEDGER,
      "Get",
      "Which state of the ledger of erased accounts was applied to this table? Once a start",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "item"),
  SEE_LEDGER(
      Entity.LEDGER,
      "Put",
      "Say which state of the ledger was applied",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  OPERATOR_ADD(
      Entity.OPERATOR,
      "Put",
      "Give out an operator's token",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  OPERATOR_CHECK(
      Entity.OPERATOR,
      "Get",
      "What may this operator's token do?",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "item"),
  OPERATORS(
      Entity.OPERATOR,
      "Query",
      "All operators' tokens",
      "-",
      Reads.EVENTUAL,
      Price.reads(0.5),
      "10 tokens"),
  OPERATOR_REMOVE(
      Entity.OPERATOR,
      "Delete",
      "Take an operator's token back",
      "there",
      Reads.NONE,
      Price.writes(1),
      "item"),
  AUDIT(
      Entity.AUDIT,
      "Put",
      "Write a line of the audit trail",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  AUDIT_TRAIL(
      Entity.AUDIT,
      "Query",
      "The newest lines of the audit trail, descending",
      "-",
      Reads.EVENTUAL,
      Price.reads(1),
      "51 lines"),
  REPORT(
      Entity.REPORT,
      "Put",
      "Keep a copy of a reported message, for operators",
      "not there",
      Reads.NONE,
      Price.writes(1),
      "message"),
  REPORTS(
      Entity.REPORT,
      "Query",
      "The newest reported messages, descending",
      "-",
      Reads.EVENTUAL,
      Price.reads(0.5),
      "8 messages of 400 bytes"),
  ANNOUNCE_ERASURE(
      Entity.ACCOUNT,
      "Update",
      "Say in an account when it will be erased, or no longer",
      "there, and not shut yet",
      Reads.NONE,
      Price.writes(1),
      "item"),
  CLOSE_ACCOUNT(
      Entity.ACCOUNT,
      "Update, Delete",
      "Shut an account that is to be erased, and remove its credential",
      "still to be erased then",
      Reads.NONE,
      Price.writes(2),
      "account"),
  OWN_ITEMS(
      Entity.ACCOUNT,
      "Query",
      "What lies under a person's id, to be removed or exported",
      "-",
      Reads.STRONG,
      Price.reads(8),
      "100 items of 300 bytes"),
  FREE_HANDLE(
      Entity.HANDLE,
      "Delete",
      "Give the handle of an erased account back",
      "still theirs",
      Reads.NONE,
      Price.writes(1),
      "item"),
  ERASE(
      Entity.ACCOUNT,
      "Delete",
      "Remove an item that belongs to who is erased",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  BLANK(
      Entity.ENTRY,
      "Update",
      "Take text and sender out of an entry that stays",
      "there",
      Reads.NONE,
      Price.writes(1),
      "item"),
  SAVE_ERASURE(
      Entity.ERASURE,
      "Put",
      "Keep how far an erasure is",
      "nobody else moved it on",
      Reads.NONE,
      Price.writes(1),
      "item"),
  ERASURE(
      Entity.ERASURE,
      "Get",
      "One erasure that was asked for",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "item"),
  ERASURES_DUE(
      Entity.ERASURE,
      "Query",
      "Erasures that are due",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "8 jobs of 500 bytes"),
  END_ERASURE(
      Entity.ERASURE,
      "Delete",
      "End an erasure: it is done, or taken back",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  SAVE_RECEIPT(
      Entity.RECEIPT,
      "Update",
      "Say how far an erasure is, put its receipt down, or hand it out",
      "no receipt yet (or: not handed out yet)",
      Reads.NONE,
      Price.writes(1),
      "item"),
  RECEIPT(
      Entity.RECEIPT, "Get", "How far is this erasure?", "-", Reads.STRONG, Price.reads(1), "item"),
  FORGET_RECEIPT(
      Entity.RECEIPT,
      "Delete",
      "Forget an erasure that was taken back",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  RETAIN_ROW(
      Entity.ROW,
      "Update",
      "Say in a row for how long its conversation keeps messages",
      "there, and knows of no later word",
      Reads.NONE,
      Price.writes(1),
      "row"),
  VANISH(
      Entity.ENTRY,
      "Update",
      "Take away the text of an entry, or the preview of a row, whose time is over",
      "still has one",
      Reads.NONE,
      Price.writes(1),
      "item"),
  SWEEP(
      Entity.SWEEP,
      "Get",
      "How far is the sweep of what has vanished?",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "item"),
  WANT_SWEEP(
      Entity.SWEEP,
      "Update",
      "Have what vanishes swept from here on",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item"),
  MOVE_SWEEP(
      Entity.SWEEP,
      "Put",
      "Take a piece of the sweep, or keep how far it is",
      "nobody else moved it on",
      Reads.NONE,
      Price.writes(1),
      "item"),
  CHECKPOINT(
      Entity.CHECKPOINT,
      "Update",
      "Remember a position in the stream, or take the lease",
      "still owns the lease (or: the lease has not moved)",
      Reads.NONE,
      Price.writes(1),
      "item"),
  READ_CHECKPOINT(
      Entity.CHECKPOINT,
      "Get",
      "Where a shard was left, and who reads it",
      "-",
      Reads.STRONG,
      Price.reads(1),
      "item"),
  SET_ASIDE(
      Entity.SET_ASIDE,
      "Put",
      "Set a record aside that could not be projected",
      "-",
      Reads.NONE,
      Price.writes(1),
      "item");

  private final Entity entity;
  private final String request;
  private final String sentence;
  private final String condition;
  private final Reads reads;
  private final Price price;
  private final String unit;

  AccessPattern(
      Entity entity,
      String request,
      String sentence,
      String condition,
      Reads reads,
      Price price,
      String unit) {
    this.entity = entity;
    this.request = request;
    this.sentence = sentence;
    this.condition = condition;
    this.reads = reads;
    this.price = price;
    this.unit = unit;
  }

  /// Its number in documents, from 1: the order of declaration, and nothing that is stored.
  @SuppressWarnings("EnumOrdinal")
  public int number() {
    return ordinal() + 1;
  }

  public Entity entity() {
    return entity;
  }

  public String request() {
    return request;
  }

  public String sentence() {
    return sentence;
  }

  public String condition() {
    return condition;
  }

  public Reads reads() {
    return reads;
  }

  public Price price() {
    return price;
  }

  public String unit() {
    return unit;
  }
}
