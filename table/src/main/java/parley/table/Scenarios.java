package parley.table;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.AccountStore.Held;
import parley.messaging.account.AccountStore.Names;
import parley.messaging.account.DisplayName;
import parley.messaging.account.FailureStore.Failures;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordHash;
import parley.messaging.account.Session;
import parley.messaging.account.UserId;
import parley.messaging.block.Block;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;
import parley.messaging.erasure.Claim;
import parley.messaging.erasure.Erasure;
import parley.messaging.erasure.Step;
import parley.messaging.event.Link;
import parley.messaging.inbox.Choice;
import parley.messaging.inbox.Folder;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxStore.Advance;
import parley.messaging.inbox.InboxStore.Guard;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamp;
import parley.messaging.message.Log;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Text;
import parley.messaging.operator.Actor;
import parley.messaging.operator.AuditEntry;
import parley.messaging.operator.Operator;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.Scope;
import parley.messaging.report.Reason;
import parley.messaging.report.ReportedMessage;
import parley.store.AccessPattern;
import parley.store.AccountItems;
import parley.store.ApproachItems;
import parley.store.BlockItems;
import parley.store.Checkpoints;
import parley.store.DeploymentItem;
import parley.store.ErasureItems;
import parley.store.FailureItems;
import parley.store.IdentityItems;
import parley.store.InboxRows;
import parley.store.Key;
import parley.store.LedgerItem;
import parley.store.LinkItems;
import parley.store.MessageLog;
import parley.store.OperatorItems;
import parley.store.PersonalItems;
import parley.store.ReportItems;
import parley.store.SessionItems;
import parley.store.Table;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import parley.store.TicketItems;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Runs an access pattern by the store's own method for it: a new pattern without a line here does
/// not compile.
///
/// What a pattern writes is made up, and short. What it must know beforehand of what is there is
/// read `aside`, so that it does not count.
final class Scenarios {
  /// The time of dry runs, which shows in a key.
  static final Instant DRY_NOW = Instant.ofEpochMilli(1_234_567_890_123L);

  /// What is behind the time in the key of a line of the audit trail.
  static final String LINE = "-tabletable";

  /// As large as one that [parley.messaging.account.PasswordHasher] makes; nobody has its password.
  private static final PasswordHash HASH =
      new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(66));

  private static final int PAGE = 50;
  private static final int PLACES = 21;
  private static final int HANDLES = 10;
  private static final int TOKENS = 200;
  private static final int LINKS = 8;

  private final Given given;
  private final Instant now;
  private final MessageLog log;
  private final InboxRows rows;
  private final AccountItems accounts;
  private final SessionItems sessions;
  private final TicketItems tickets;
  private final LinkItems links;
  private final FailureItems failures;
  private final IdentityItems identities;
  private final OperatorItems operators;
  private final ReportItems reports;
  private final PersonalItems personal;
  private final ErasureItems erasures;
  private final BlockItems blocks;
  private final ApproachItems approaches;
  private final Table table;
  private final MessageLog asideLog;
  private final InboxRows asideRows;
  private final SecureRandom random = new SecureRandom();

  Scenarios(Table table, Table aside, Given given, Instant now) {
    this.table = table;
    this.given = given;
    this.now = now;
    this.log = new MessageLog(table);
    this.rows = new InboxRows(table);
    this.accounts = new AccountItems(table);
    this.sessions = new SessionItems(table);
    this.tickets = new TicketItems(table);
    this.links = new LinkItems(table);
    this.failures = new FailureItems(table);
    this.identities = new IdentityItems(table);
    this.operators = new OperatorItems(table);
    this.reports = new ReportItems(table);
    this.personal = new PersonalItems(table, () -> now);
    this.erasures = new ErasureItems(table);
    this.blocks = new BlockItems(table);
    this.approaches = new ApproachItems(table);
    this.asideLog = new MessageLog(aside);
    this.asideRows = new InboxRows(aside);
  }

  void run(AccessPattern pattern) {
    switch (pattern) {
      case SIGN_UP_CREDENTIAL, SIGN_UP_PROFILE ->
          accounts.begin(account(given.user(), given.handle()), HASH, soon());
      case CLAIM_HANDLE -> accounts.claim(given.handle(), given.user(), null, null);
      case FINISH_SIGN_UP -> accounts.finish(given.user(), now);
      case ABANDON_SIGN_UP -> accounts.abandon(given.user(), now);
      case FINISH_INTRODUCTION -> identities.finish(given.user(), given.handle(), now);
      case WISH_HANDLE ->
          identities.wish(given.user(), given.handle(), new Handle(given.handle() + "2"), now);
      case IDENTITY_OWNER -> identities.owner(given.identity());
      case LINK_IDENTITY -> identities.link(given.identity(), given.user(), null);
      case NOTE_IDENTITY -> identities.mark(given.identity(), given.user(), given.word("mark"));
      case KEEP_FOR_HEIR ->
          identities.keep(given.word("mark"), given.user(), given.identity(), now, soon());
      case TAKE_AS_HEIR -> identities.take(given.word("mark"), given.identity(), now);
      case HANDLE_OWNER -> accounts.owner(given.handle());
      case SIGN_IN_FACTS -> accounts.facts(given.user());
      case PROFILE -> accounts.account(given.user());
      case PROFILES -> accounts.accounts(List.of(given.user()));
      case RENAME_DISPLAY -> accounts.rename(given.user(), new DisplayName("Another Name"));
      case END_SESSIONS -> accounts.endSessions(given.user(), now);
      case DISABLE_ACCOUNT -> accounts.disable(given.user(), now, now);
      case CHANGE_PASSWORD ->
          accounts.changePassword(given.user(), HASH, new PasswordHash(HASH.phc() + "A"));
      case NAMES -> accounts.names(given.user());
      case CHANGE_HANDLE ->
          accounts.rename(
              new Names(account(given.user(), given.handle()), 0, Map.of()),
              new Handle("another_handle"),
              Map.of(given.handle(), soon()));
      case RELEASE_HANDLE -> accounts.release(given.handle(), new Held(given.user(), null), soon());
      case OUST -> accounts.oust(given.user(), new Handle("another_handle"));
      case HANDLES_BY_PREFIX -> accounts.handles(given.prefix().toLowerCase(Locale.ROOT), HANDLES);
      case SESSION_START ->
          sessions.start(
              new Session(given.session(), given.user(), now, now.plus(Duration.ofDays(30))));
      case SESSION_CHECK -> sessions.session(given.session());
      case SESSION_END -> sessions.end(given.session());
      case TICKET_ISSUE -> tickets.issue(given.word("ticket"), given.session(), soon());
      case TICKET_REDEEM -> tickets.redeem(given.word("ticket"), now);
      case LINK_ADD -> links.addToPerson(link());
      case SESSION_LINK_ADD -> links.addToSession(link());
      case LINKS -> links.links(given.user(), now, LINKS);
      case SESSION_LINKS -> links.links(given.session(), now, LINKS);
      case LINK -> links.link(given.user(), given.word("connection"));
      case LINK_REMOVE -> links.removeFromPerson(link());
      case SESSION_LINK_REMOVE -> links.removeFromSession(link());
      case FAILURES -> failures.failures(given.word("pair"));
      case COUNT_FAILURE -> failures.count(given.word("pair"), null, new Failures(1, now), soon());
      case CLEAR_FAILURES -> failures.clear(given.word("pair"));
      case OPEN ->
          log.open(
              new Head(
                  given.conversation(),
                  Head.Kind.DIRECT,
                  Set.of(given.user(), given.other()),
                  0,
                  soon()),
              now);
      case RENEW_HEAD -> log.renew(given.conversation(), soon());
      case LOG_END -> log.end(given.conversation(), Limits.TAIL_ENTRIES, Consistency.STRONG);
      case LOG_AFTER -> log.after(given.conversation(), given.seq(), PAGE, Consistency.STRONG);
      case LOG_BEFORE -> log.before(given.conversation(), given.seq(), PAGE, Consistency.EVENTUAL);
      case LOG_ENTRY -> log.entry(given.conversation(), given.seq());
      case APPEND -> append(given.conversation(), given.user());
      case REWRITE ->
          log.rewrite(
              given.conversation(), given.seq(), new Text("another text"), 999_999, Set.of());
      case BLANK_EDIT -> log.blank(given.conversation(), given.seq());
      case SETTLE_HEAD -> log.settle(given.conversation());
      case REFLECT_STATE ->
          log.reflect(given.conversation(), 999_999, Set.of(given.user(), given.other()));
      case ROWS -> rows.anyRows(given.user(), Limits.INBOX_CANDIDATES + 1);
      case INBOX_PLACES -> rows.places(given.user(), Place.INBOX, null, PLACES);
      case ROWS_BY_ID -> rows.rows(given.user(), List.of(given.conversation()));
      case ROW -> rows.row(row());
      case MARK_READ -> rows.markReadToEnd(row(), last(row()).seq());
      case ADVANCE_ROW -> rows.advance(row(), next(false), new Guard.Continues(joins()));
      case MOVE_ROW -> rows.advance(row(), next(true), new Guard.Continues(joins()));
      case FIRST_ROW -> rows.advance(row(), next(true), new Guard.First());
      case AMEND_ROW -> rows.amend(row(), last(row()).seq(), "another text", last(row()).rev() + 1);
      case CHOOSE -> choose(row());
      case REMOVE_ROW -> rows.remove(row());
      case TABLE_OWNER, CLAIM_TABLE ->
          DeploymentItem.belongsTo(table, new Secret(new byte[Secret.MIN_BYTES]));
      case LEDGER_SEEN -> new LedgerItem(table).seen();
      case SEE_LEDGER -> new LedgerItem(table).see("tried");
      case BLOCK -> blocks.block(given.user(), new Block(given.other(), now));
      case UNBLOCK -> blocks.unblock(given.user(), given.other());
      case IS_BLOCKED -> blocks.isBlocked(given.user(), given.other());
      case BLOCKS -> blocks.blocks(given.user(), null, Limits.BLOCKS_PAGE);
      case APPROACH ->
          approaches.approach(
              given.user(),
              given.conversation(),
              LocalDate.ofInstant(now, ZoneOffset.UTC),
              Limits.STRANGERS_A_DAY,
              soon());
      case OPERATOR_ADD -> operators.add(operator());
      case OPERATOR_CHECK -> operators.operator(given.operator());
      case OPERATORS -> operators.operators(TOKENS);
      case OPERATOR_REMOVE -> operators.remove(given.operator());
      case AUDIT -> operators.record(line(), soon());
      case AUDIT_TRAIL -> operators.trail(null, Limits.AUDIT_PAGE);
      case REPORT -> reports.keep(reported());
      case REPORTS -> reports.reported(null, Limits.REPORTS_PAGE);
      case ANNOUNCE_ERASURE -> personal.announce(given.user(), soon());
      case CLOSE_ACCOUNT -> personal.close(given.user(), null);
      case OWN_ITEMS -> personal.conversations(given.user(), Limits.ERASURE_PIECE);
      case FREE_HANDLE -> personal.release(given.user(), given.handle());
      case ERASE ->
          personal.remove(new Key(Entity.ACCOUNT.pk(given.user().value()), Entity.ACCOUNT.sk("")));
      case BLANK -> personal.blank(given.user(), entryOf(given.user()), 999_999);
      case SAVE_ERASURE -> erasures.add(erasure());
      case ERASURE -> erasures.job(now, given.user());
      case ERASURES_DUE -> erasures.due(now, Limits.ERASURES_LOOKED_AT);
      case END_ERASURE -> erasures.remove(erasure());
      case SAVE_RECEIPT -> erasures.progress(given.word("place"), Step.CLOSE, now, soon());
      case RECEIPT -> erasures.lying(given.word("place"));
      case FORGET_RECEIPT -> erasures.forget(given.word("place"));
      case RETAIN_ROW, VANISH, SWEEP, WANT_SWEEP, MOVE_SWEEP ->
          new SweepScenarios(table, given, now).run(pattern);
      case CHECKPOINT -> checkpoints().take(given.word("shard"), "table tool");
      case READ_CHECKPOINT -> checkpoints().read(given.word("shard"));
      case SET_ASIDE -> checkpoints().setAside("shard", given.word("shard"), "keys", "tried");
    }
  }

  private Instant soon() {
    return now.plusSeconds(60);
  }

  private Account account(UserId user, Handle handle) {
    return new Account(user, handle, new DisplayName("A Name"), now, now);
  }

  private void append(ConversationId id, UserId from) {
    Log.End end = asideLog.end(id, 1, Consistency.STRONG);
    Stamp last =
        end != null
                && !end.entries().isEmpty()
                && end.entries().getLast() instanceof Entry.Stamped stamped
            ? stamped.stamp()
            : Stamp.START;
    Stamp stamp = new Stamp(last.seq() + 1, now, last.n() + 1, last.stateSeq(), last.movedAt());
    ClientId clientId = ClientId.of(now, random.nextLong(), random.nextLong());
    log.append(id, new Entry.Message(stamp, from, clientId, new Text("A short text."), 0));
  }

  private RowKey row() {
    return new RowKey(given.user(), given.conversation());
  }

  /// The newest message that a row shows.
  private Last last(RowKey key) {
    InboxRow row = asideRows.row(key);
    Last last = row == null ? null : row.last();
    return last == null ? new Last(0, 0, now, key.user(), null, 0) : last;
  }

  /// The number, among messages, of the one that would come next.
  private long joins() {
    return last(row()).n() + 1;
  }

  private Advance next(boolean moves) {
    RowKey key = row();
    Last last = last(key);
    Last next = new Last(last.seq() + 1, last.n() + 1, now, last.from(), "A short text.", 0);
    InboxRow row = asideRows.row(key);
    @Nullable Place place = row == null ? null : row.place();
    Instant movedAt = moves || place == null ? now : place.movedAt();
    // A row that moves does so at the time of the message that moves it.
    return new Advance(
        row == null ? null : row.peer(),
        moves
            ? next
            : new Last(next.seq(), next.n(), now.plusMillis(1), next.from(), next.preview(), 0),
        null,
        new Place(Place.INBOX, movedAt, key.conversation()));
  }

  private Link link() {
    Session session = new Session(given.session(), given.user(), now, soon());
    return new Link(given.word("connection"), session, now);
  }

  private Map<String, AttributeValue> entryOf(UserId user) {
    return Map.of(
        TableDesign.PK,
        AttributeValue.fromS(Entity.ENTRY.pk(given.conversation().value())),
        TableDesign.SK,
        AttributeValue.fromS(Entity.ENTRY.sk("%012d".formatted(given.seq()))),
        "kind",
        AttributeValue.fromS("message"),
        "from",
        AttributeValue.fromS(user.value()));
  }

  private Erasure erasure() {
    return new Erasure(
        given.user(),
        new Handle("nobody"),
        now,
        now,
        new Claim("tried", "tried"),
        Step.CLOSE,
        null,
        Map.of(),
        0,
        now,
        1);
  }

  /// Archives, as the newest message is now.
  private void choose(RowKey key) {
    InboxRow seen = asideRows.row(key);
    InboxRow row = seen == null ? new InboxRow(key, null, null, Mark.NONE, Mark.NONE, null) : seen;
    Choice choice =
        new Choice(Mark.NONE, last(key).seq(), false, false, row.choice().version() + 1);
    Place place = row.place();
    rows.choose(
        row,
        choice,
        place == null
            ? null
            : new Place(Folder.ARCHIVE.code(), place.movedAt(), key.conversation()));
  }

  private Operator operator() {
    return new Operator(
        given.operator(), new OperatorName("tried"), Set.of(Scope.METRICS), now, soon());
  }

  private AuditEntry line() {
    String key = now.toEpochMilli() + LINE;
    return new AuditEntry(
        key, now, Actor.commandLine("table"), AuditEntry.Action.OTHER, "tried by the table tool");
  }

  private ReportedMessage reported() {
    return new ReportedMessage(
        now.toEpochMilli() + LINE,
        now,
        given.user(),
        Reason.OTHER,
        given.conversation(),
        given.seq(),
        given.other(),
        given.seq(),
        now,
        new Text("A short text."));
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(table, given.word("stream"), () -> now);
  }
}
