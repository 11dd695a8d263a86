package parley.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.event.Link;
import parley.messaging.event.LinkStore;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Connections that a gateway keeps: twice, with the person for whoever tells them something, and
/// with the session for whoever hears that it was ended, of which the stream tells the key alone.
public final class LinkItems implements LinkStore {
  private static final String USER = "user";
  private static final String SESSION = "session";
  private static final String SINCE = "since";
  private static final String SESSION_UNTIL = "sessionUntil";
  private static final String OPENED = "opened";

  private final Table table;

  public LinkItems(Table table) {
    this.table = table;
  }

  @Override
  public void add(Link link) {
    addToSession(link);
    addToPerson(link);
  }

  /// Where it is told.
  public void addToPerson(Link link) {
    table.put(AccessPattern.LINK_ADD, write(link, userKey(link)), null);
  }

  /// Where it is ended.
  public void addToSession(Link link) {
    table.put(AccessPattern.SESSION_LINK_ADD, write(link, sessionKey(link)), null);
  }

  @Override
  public List<Link> links(UserId user, Instant now, int limit) {
    return read(
        table.beginning(AccessPattern.LINKS, Key.user(user), Entity.CONNECTION.skPrefix(), limit),
        now);
  }

  @Override
  public List<Link> links(SessionId session, Instant now, int limit) {
    return read(
        table.beginning(
            AccessPattern.SESSION_LINKS,
            Entity.SESSION_CONNECTION.pk(session.value()),
            Entity.SESSION_CONNECTION.skPrefix(),
            limit),
        now);
  }

  @Override
  public @Nullable Link link(UserId user, String name) {
    Map<String, AttributeValue> there = table.get(AccessPattern.LINK, Key.connection(user, name));
    return there == null ? null : read(new Item(there));
  }

  @Override
  public void remove(Link link) {
    removeFromPerson(link);
    removeFromSession(link);
  }

  public void removeFromPerson(Link link) {
    table.delete(AccessPattern.LINK_REMOVE, userKey(link));
  }

  public void removeFromSession(Link link) {
    table.delete(AccessPattern.SESSION_LINK_REMOVE, sessionKey(link));
  }

  private static Key userKey(Link link) {
    return Key.connection(link.user(), link.name());
  }

  private static Key sessionKey(Link link) {
    return Key.sessionConnection(link.session().id(), link.name());
  }

  private static Map<String, AttributeValue> write(Link link, Key key) {
    Session session = link.session();
    return new Item.Builder(key)
        .put(USER, session.user().value())
        .put(SESSION, session.id().value())
        .put(SINCE, session.since())
        .put(SESSION_UNTIL, session.expiresAt())
        .put(OPENED, link.opened())
        .expiresAt(link.forgottenAt())
        .build();
  }

  private static List<Link> read(List<Map<String, AttributeValue>> items, Instant now) {
    return items.stream()
        .map(Item::new)
        .filter(item -> !item.isExpiredAt(now))
        .map(LinkItems::read)
        .toList();
  }

  private static Link read(Item item) {
    Session session =
        new Session(
            new SessionId(item.string(SESSION)),
            new UserId(item.string(USER)),
            item.time(SINCE),
            item.time(SESSION_UNTIL));
    String name = item.key().sk().substring(Entity.CONNECTION.skPrefix().length());
    return new Link(name, session, item.time(OPENED));
  }
}
