package parley.store;

import parley.store.TableDesign.Entity;

/// What an erasure does with an item that names the person.
///
/// There is one line here for each kind of item: a new kind does not compile until somebody has
/// decided.
public enum Fate {
  /// It is theirs, and goes.
  REMOVED("removed"),

  /// It is theirs under their own id, and somebody else's under another: theirs goes, and out of
  /// the others their id and words are taken.
  REMOVED_OR_BLANKED("theirs are removed; theirs and others' names and words go out of the rest"),

  /// It belongs to a conversation of others too: it keeps its number, and who and what goes.
  BLANKED("stays, without the person: no text, no id"),

  /// Somebody else showed it to the operators: it stays until its time is over, and the receipt
  /// says so. Out of what the person showed them, they go.
  KEPT("what they wrote stays until its time is over; out of what they reported they go"),

  /// It is what carries the erasure out, or its receipt.
  OUTLIVES("is the erasure itself, or names nobody"),

  /// It is about nobody. Should one name the person all the same, their id is taken out.
  NOBODYS("names nobody");

  private final String sentence;

  Fate(String sentence) {
    this.sentence = sentence;
  }

  /// For documents.
  public String sentence() {
    return sentence;
  }

  public static Fate of(Entity entity) {
    return switch (entity) {
      case ACCOUNT -> REMOVED;
      case CREDENTIAL -> REMOVED;
      case SESSION -> REMOVED;
      case CONNECTION -> REMOVED;
      case SESSION_CONNECTION -> REMOVED;
      case HANDLE -> REMOVED;
      case IDENTITY -> REMOVED;
      case RELINK -> REMOVED;
      case BLOCK -> REMOVED;
      case BLOCKED_BY -> REMOVED;
      case APPROACHES -> REMOVED;
      case HEAD -> BLANKED;
      case ENTRY -> BLANKED;
      case ROW -> REMOVED_OR_BLANKED;
      case AUDIT -> BLANKED;
      case SET_ASIDE -> REMOVED;
      case REPORT -> KEPT;
      case ERASURE -> OUTLIVES;
      case RECEIPT -> OUTLIVES;
      case TICKET -> NOBODYS;
      case FAILURES -> NOBODYS;
      case DEPLOYMENT -> NOBODYS;
      case LEDGER -> NOBODYS;
      case SWEEP -> NOBODYS;
      case OPERATOR -> NOBODYS;
      case CHECKPOINT -> NOBODYS;
    };
  }

  /// Whether items of this kind go by themselves so soon, by TTL, that a sweep removes those that
  /// are past their end, whosever they are: the service deletes them days late.
  static boolean goesWhenExpired(Entity entity) {
    return switch (entity) {
      case SESSION,
          CONNECTION,
          SESSION_CONNECTION,
          TICKET,
          FAILURES,
          SET_ASIDE,
          APPROACHES,
          RELINK,
          REPORT ->
          true;
      case ACCOUNT,
          CREDENTIAL,
          HANDLE,
          IDENTITY,
          BLOCK,
          BLOCKED_BY,
          HEAD,
          ENTRY,
          ROW,
          AUDIT,
          ERASURE,
          RECEIPT,
          DEPLOYMENT,
          LEDGER,
          SWEEP,
          OPERATOR,
          CHECKPOINT ->
          false;
    };
  }
}
