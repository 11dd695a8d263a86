package parley.store;

import static parley.store.TableDesign.Entity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.RowKey;
import parley.messaging.operator.OperatorId;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The primary key of an item. There is one factory for each entity, so that no key is ever put
/// together anywhere else.
public record Key(String pk, String sk) {
  /// Digits of an entry's number: a trillion entries in order.
  static final int SEQ_DIGITS = 12;

  static Key account(UserId user) {
    return new Key(user(user), Entity.ACCOUNT.sk(""));
  }

  static Key credential(UserId user) {
    return new Key(user(user), Entity.CREDENTIAL.sk(""));
  }

  static Key session(String tokenHash) {
    return new Key(Entity.SESSION.pk(tokenHash), Entity.SESSION.sk(""));
  }

  static Key ticket(String hash) {
    return new Key(Entity.TICKET.pk(hash), Entity.TICKET.sk(""));
  }

  static Key connection(UserId user, String name) {
    return new Key(user(user), Entity.CONNECTION.sk(name));
  }

  static Key sessionConnection(SessionId session, String name) {
    return new Key(
        Entity.SESSION_CONNECTION.pk(session.value()), Entity.SESSION_CONNECTION.sk(name));
  }

  static Key handle(Handle handle) {
    return new Key(handlePartition(handle.value()), Entity.HANDLE.sk(handle.value()));
  }

  /// The URL of an issuer has no `#`, so no two identities have one key.
  static Key identity(Identity identity) {
    return new Key(
        Entity.IDENTITY.pk(identity.issuer() + "#" + identity.subject()), Entity.IDENTITY.sk(""));
  }

  static Key heir(String mark) {
    return new Key(Entity.RELINK.pk(mark), Entity.RELINK.sk(""));
  }

  static Key failures(String pair) {
    return new Key(Entity.FAILURES.pk(pair), Entity.FAILURES.sk(""));
  }

  static Key head(ConversationId id) {
    return new Key(conversation(id), Entity.HEAD.sk(""));
  }

  static Key entry(ConversationId id, long seq) {
    return new Key(conversation(id), Entity.ENTRY.sk(seqPart(seq)));
  }

  static Key row(RowKey row) {
    return new Key(user(row.user()), Entity.ROW.sk(row.conversation().value()));
  }

  static Key block(UserId blocker, UserId blocked) {
    return new Key(user(blocker), Entity.BLOCK.sk(blocked.value()));
  }

  static Key blockedBy(UserId blocked, UserId blocker) {
    return new Key(user(blocked), Entity.BLOCKED_BY.sk(blocker.value()));
  }

  static Key approaches(UserId by, LocalDate day) {
    return new Key(user(by), Entity.APPROACHES.sk(day.toString()));
  }

  static Key deployment() {
    return new Key(Entity.DEPLOYMENT.pk(""), Entity.DEPLOYMENT.sk(""));
  }

  static Key ledger() {
    return new Key(Entity.LEDGER.pk(""), Entity.LEDGER.sk(""));
  }

  static Key sweep() {
    return new Key(Entity.SWEEP.pk(""), Entity.SWEEP.sk(""));
  }

  static Key operator(OperatorId id) {
    return new Key(Entity.OPERATOR.pk(""), Entity.OPERATOR.sk(id.value()));
  }

  static Key audit(String key) {
    return new Key(Entity.AUDIT.pk(""), Entity.AUDIT.sk(key));
  }

  static Key erasure(Instant dueAt, UserId user) {
    return new Key(Entity.ERASURE.pk(""), Entity.ERASURE.sk(timePart(dueAt) + "#" + user.value()));
  }

  static Key receipt(String place) {
    return new Key(Entity.RECEIPT.pk(place), Entity.RECEIPT.sk(""));
  }

  static Key report(String key) {
    return new Key(Entity.REPORT.pk(""), Entity.REPORT.sk(key));
  }

  static Key checkpoint(String stream, String shard) {
    return new Key(Entity.CHECKPOINT.pk(stream), Entity.CHECKPOINT.sk(shard));
  }

  static Key setAside(String stream, String record) {
    return new Key(Entity.SET_ASIDE.pk(stream), Entity.SET_ASIDE.sk(record));
  }

  /// The partition of a person.
  static String user(UserId user) {
    return Entity.ACCOUNT.pk(user.value());
  }

  /// The partition of a conversation.
  static String conversation(ConversationId id) {
    return Entity.HEAD.pk(id.value());
  }

  /// The partition of every handle that begins like this one.
  static String handlePartition(String handle) {
    return Entity.HANDLE.pk(handle.substring(0, 2));
  }

  /// A time as a sort key has it: padded, so that text order is the order of times until 2286.
  static String timePart(Instant time) {
    return "%013d".formatted(time.toEpochMilli());
  }

  /// An entry's number as its sort key has it: padded, so that text order is number order.
  static String seqPart(long seq) {
    String digits = Long.toString(seq);
    return "0".repeat(SEQ_DIGITS - digits.length()) + digits;
  }

  // By hand: see UserId.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key(String itsPk, String itsSk) && pk.equals(itsPk) && sk.equals(itsSk);
  }

  @Override
  public int hashCode() {
    return 31 * pk.hashCode() + sk.hashCode();
  }

  Map<String, AttributeValue> item() {
    return Map.of(
        TableDesign.PK, AttributeValue.fromS(pk), TableDesign.SK, AttributeValue.fromS(sk));
  }

  static Key of(Map<String, AttributeValue> item) {
    return new Item(item).key();
  }
}
