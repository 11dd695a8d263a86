package parley.store;

import com.google.errorprone.annotations.Immutable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The one description of the table: what is in it, under which keys, how it is asked, and what
/// that costs. Tables are created from it, tests measure against it, documents are generated from
/// it.
public final class TableDesign {
  private TableDesign() {}

  /// The table's name, unless the operator gives another.
  public static final String TABLE = "parley";

  public static final String PK = "PK";
  public static final String SK = "SK";

  /// The attribute by which the service deletes items, in seconds since 1970. It deletes days late,
  /// so readers filter.
  public static final String TTL = "ttl";

  /// The sparse index: only rows that are in a folder carry [#INBOX_KEY], so no message is ever in
  /// it.
  public static final String INBOX_INDEX = "inbox";

  public static final String INBOX_KEY = "inboxKey";

  /// The attributes that hold what people wrote, or a part of it.
  public static final Set<String> WORDS = Set.of("text", "asideText", "preview", "displayName");

  /// The attributes that nobody needs to see, ever.
  public static final Set<String> SECRETS = Set.of("hash", "fingerprint", "key");

  /// What is in the table. Templates name their parts in braces.
  public enum Entity {
    ACCOUNT(
        "account",
        "U#{user}",
        "PROFILE",
        "handle, display name, when it was made, `former` handles that are kept for it,"
            + " `named`, how often it was renamed, `notBefore` (sessions that began at or before it"
            + " are over), `disabledAt` where nobody is let in, `erasedAt` where it is to go, `noPassword`"
            + " where an identity provider made it"),
    CREDENTIAL(
        "credential", "U#{user}", "CREDENTIAL", "the password's hash (Argon2id, PHC format)"),
    SESSION(
        "session",
        "T#{tokenHash}",
        "SESSION",
        "user, since when, until when. The token is stored hashed (SHA-256)"),
    TICKET(
        "ticket for a connection",
        "E#{ticketHash}",
        "TICKET",
        "session, until when. The ticket is stored hashed (SHA-256), and deleted by its use"),
    CONNECTION(
        "live connection",
        "U#{user}",
        "X#{connection}",
        "of a gateway that keeps connections where no server does: its session, and since when. Goes"
            + " by TTL a little after the two hours that one may live"),
    SESSION_CONNECTION(
        "live connection of a session",
        "T#{tokenHash}",
        "X#{connection}",
        "the same, where it is found when the session is ended"),
    HANDLE(
        "handle",
        "H#{firstTwoLetters}",
        "{handle}",
        "user; `since` when it was claimed, where that was for a change. Unique by the condition of its"
            + " put; found by prefix with one Query. One that was given up goes by TTL after 30"
            + " days"),
    IDENTITY(
        "identity",
        "I#{issuerAndSubject}",
        "IDENTITY",
        "user; `mark`, a keyed hash of by what a trusted provider would know them again, and `goneAt`, since when it"
            + " says that this identity is gone. Who this person is to an identity provider: its URL, a # and its name for them. Unique"
            + " by the condition of its put"),
    RELINK(
        "account kept for another identity",
        "L#{mark}",
        "RELINK",
        "whose it is, and which identity was given it. The identity before is gone at an issuer that is"
            + " trusted to know its person again: the mark is a keyed hash of by what. Goes by TTL after"
            + " 30 days"),
    FAILURES(
        "failed sign-ins",
        "F#{pair}",
        "FAILURES",
        "how many, and when the last one was. The pair of handle and address is a keyed hash. Goes by"
            + " TTL a day after the last one"),
    HEAD(
        "conversation head",
        "C#{conversation}",
        "~HEAD",
        "kind, members, the number of the entry that it reflects. Sorts after every entry, so one"
            + " descending Query reads the head and the newest entries. Carries a TTL until the"
            + " first message is projected"),
    ENTRY(
        "entry",
        "C#{conversation}",
        "M#{seq}",
        "kind, sender's id, time, client id, text; numbers of its edits; whom it is hidden"
            + " from; `n` messages so far, hidden ones not counted; `stateSeq`, the newest entry"
            + " that changed who may do what; `movedAt`, when inbox rows last moved; `keep`, for how"
            + " many days messages are kept, and since which entry. Never a name or a handle"),
    ROW(
        "inbox row",
        "U#{user}",
        "C#{conversation}",
        "peer, the newest message's number, count, time, sender and preview; `readSeq` (written by"
            + " the reader only), `ownSeq` (by the projection only); what its person decided"
            + " (`clearedSeq`, `archivedSeq`, `muted`, `accepted`; `chosen`, how often); `inboxKey`,"
            + " which follows from these; for how many days messages are kept (`lastDays` the newest,"
            + " `keepDays` from entry `keepSeq` on); `by`, who wrote last"),
    BLOCK("block", "U#{user}", "B#{other}", "whom this person has blocked, since when"),
    BLOCKED_BY(
        "mirror of a block",
        "U#{other}",
        "BY#{user}",
        "who has blocked this person, so that erasing either finds both. Nothing shows it"),
    APPROACHES(
        "strangers approached",
        "U#{user}",
        "A#{day}",
        "the conversations that this person began on a day of UTC, as a set of at most 30. Goes by TTL"
            + " a day after that"),
    DEPLOYMENT(
        "deployment",
        "DEPLOYMENT",
        "SECRET",
        "a fingerprint of the secret that conversations are named with: whoever comes with another one"
            + " is refused"),
    LEDGER(
        "ledger of erased accounts",
        "DEPLOYMENT",
        "LEDGER",
        "which state of the ledger, which is outside the table, was applied to it: a keyed hash"),
    SWEEP(
        "sweep of what has vanished",
        "DEPLOYMENT",
        "SWEEP",
        "when the table is read next for texts of messages that have vanished, and how far that is"),
    OPERATOR(
        "operator's token",
        "OPERATOR",
        "TOKEN#{id}",
        "name, scopes, since when, until when. The id is part of the token's hash (SHA-256)"),
    AUDIT(
        "line of the audit trail",
        "OPERATOR",
        "AUDIT#{time}",
        "who did what to what. Goes by TTL after 400 days"),
    REPORT(
        "reported message",
        "REPORTS",
        "REPORT#{key}",
        "a copy of what somebody reported: text, whose, when; who reported it, when and why. Goes by TTL"
            + " after 90 days. The key holds the report's time and a keyed hash, and names nobody"),
    ERASURE(
        "erasure under way",
        "E#JOBS",
        "JOB#{dueAndUser}",
        "whose account goes, when, what is done next and how far it is, what was removed so far. It"
            + " lies outside the account, and outlives it"),
    RECEIPT(
        "receipt of an erasure",
        "R#{place}",
        "RECEIPT",
        "how far the erasure is; at the end the receipt, sealed with the code of whoever asked;"
            + " once it was handed out, its digest. Names nobody. Goes by TTL after 90 days"),
    CHECKPOINT(
        "stream checkpoint",
        "S#{stream}",
        "SHARD#{shard}",
        "position, lease owner, a version that changes with every write"),
    SET_ASIDE(
        "record set aside",
        "S#{stream}",
        "POISON#{record}",
        "the keys of a stream record that could not be projected, and why. Goes by TTL after 30"
            + " days");

    private static final List<Entity> ALL = List.of(values());

    private final String label;
    private final String pk;
    private final String sk;
    private final String holds;

    Entity(String label, String pk, String sk, String holds) {
      this.label = label;
      this.pk = pk;
      this.sk = sk;
      this.holds = holds;
    }

    /// What people call it.
    public String label() {
      return label;
    }

    public String pkTemplate() {
      return pk;
    }

    public String skTemplate() {
      return sk;
    }

    public String holds() {
      return holds;
    }

    /// The partition key with its part filled in.
    public String pk(String part) {
      return fill(pk, part);
    }

    /// The sort key with its part filled in; a template without one is the key.
    public String sk(String part) {
      return fill(sk, part);
    }

    /// What every sort key of this entity begins with.
    public String skPrefix() {
      int brace = sk.indexOf('{');
      return brace < 0 ? sk : sk.substring(0, brace);
    }

    private static String fill(String template, String part) {
      int open = template.indexOf('{');
      return open < 0
          ? template
          : template.substring(0, open) + part + template.substring(template.indexOf('}') + 1);
    }

    /// Whether a key is the template with some part filled in. Every item of a walk is asked for,
    /// so it takes no regular expression.
    private static boolean fits(String template, String key) {
      int open = template.indexOf('{');
      if (open < 0) {
        return key.equals(template);
      }
      int after = template.length() - template.indexOf('}') - 1;
      return key.length() > open + after
          && key.regionMatches(0, template, 0, open)
          && key.regionMatches(key.length() - after, template, template.length() - after, after);
    }

    /// Whether these keys are of this entity.
    boolean matches(String pk, String sk) {
      return fits(this.pk, pk) && fits(this.sk, sk);
    }

    /// The entity that an item with these keys is, or empty for one that is not Parley's.
    public static Optional<Entity> of(String pk, String sk) {
      for (Entity entity : ALL) {
        if (entity.matches(pk, sk)) {
          return Optional.of(entity);
        }
      }
      return Optional.empty();
    }
  }

  /// How fresh the reads of a pattern are.
  public enum Reads {
    NONE,
    STRONG,
    EVENTUAL
  }

  /// Units that one run of a pattern consumes on items up to 1 KB: on the table, and on the index.
  @Immutable
  public record Price(double read, double write, double indexRead, double indexWrite) {
    static Price reads(double units) {
      return new Price(units, 0, 0, 0);
    }

    static Price writes(double units) {
      return new Price(0, units, 0, 0);
    }

    static Price writes(double units, double indexUnits) {
      return new Price(0, units, 0, indexUnits);
    }
  }

  /// All entities, in the order of documents.
  public static List<Entity> entities() {
    return List.of(Entity.values());
  }

  /// All access patterns, in the order of documents.
  public static List<AccessPattern> patterns() {
    return List.of(AccessPattern.values());
  }
}
