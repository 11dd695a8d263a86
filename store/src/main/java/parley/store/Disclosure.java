package parley.store;

import parley.store.TableDesign.Entity;

/// What an archive for a person shows of an item that is about them.
///
/// There is one line here for each kind of item: a new kind does not compile until somebody has
/// decided.
public enum Disclosure {
  /// It lies under their id, and is shown as it is, without secrets and without words of others.
  SHOWN("shown as it is, without secrets"),

  /// It is in their conversations, which are shown the way they see them.
  AS_THEY_SEE_IT("shown in the conversations, as the person sees them"),

  /// It lies under their id, and is about somebody else's decision.
  SOMEBODY_ELSES("not shown: it is somebody else's decision, which nobody is told"),

  /// It holds no more than what is shown already.
  SAID_ELSEWHERE("not shown again: the account says it"),

  /// It lies under a secret, from which nothing leads to the person but a reading of everything.
  NOT_FOUND("not shown: it is under a hash, and found from there alone"),

  /// It is about nobody, or about how this deployment is run.
  NOBODYS("not shown: it names nobody, or is the operator's");

  private final String sentence;

  Disclosure(String sentence) {
    this.sentence = sentence;
  }

  /// For documents.
  public String sentence() {
    return sentence;
  }

  public static Disclosure of(Entity entity) {
    return switch (entity) {
      case ACCOUNT -> SHOWN;
      case CREDENTIAL -> SHOWN;
      case CONNECTION -> SHOWN;
      case ROW -> SHOWN;
      case BLOCK -> SHOWN;
      case APPROACHES -> SHOWN;
      case BLOCKED_BY -> SOMEBODY_ELSES;
      case HEAD -> AS_THEY_SEE_IT;
      case ENTRY -> AS_THEY_SEE_IT;
      case HANDLE -> SAID_ELSEWHERE;
      case ERASURE -> SAID_ELSEWHERE;
      case SESSION -> NOT_FOUND;
      case SESSION_CONNECTION -> NOT_FOUND;
      case IDENTITY -> NOT_FOUND;
      case RELINK -> NOT_FOUND;
      case RECEIPT -> NOT_FOUND;
      case TICKET -> NOBODYS;
      case FAILURES -> NOBODYS;
      case DEPLOYMENT -> NOBODYS;
      case LEDGER -> NOBODYS;
      case SWEEP -> NOBODYS;
      case OPERATOR -> NOBODYS;
      case AUDIT -> NOBODYS;
      case REPORT -> NOBODYS;
      case CHECKPOINT -> NOBODYS;
      case SET_ASIDE -> NOBODYS;
    };
  }
}
