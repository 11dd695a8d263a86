package parley.browser;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import parley.host.Services;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.PasswordHash;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Filing;
import parley.messaging.inbox.Folder;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Text;
import parley.messaging.message.Written;
import parley.server.ParleyServer;
import parley.store.AccountItems;

/// Parley with the web client, on a table of its own, and a browser for those who visit it.
final class Site implements Visited, AutoCloseable {
  /// Everybody's. Nobody here has anything to hide.
  static final String PASSWORD = "rowing at dawn";

  /// How long the inboxes may be behind ten thousand messages on a busy machine.
  private static final Duration SETTLED = Duration.ofMinutes(5);

  private static final Filing.Wish ACCEPTED = new Filing.Wish(Folder.INBOX, null);

  private final Map<ConversationId, List<UserId>> members = new ConcurrentHashMap<>();
  private final Ground ground;
  private final Chromium chromium;
  private final List<String> others;

  private Site(Ground ground, Chromium chromium, List<String> others) {
    this.ground = ground;
    this.chromium = chromium;
    this.others = others;
  }

  /// On a server.
  static Site open() {
    return open(Plan.PLAIN);
  }

  static Site open(Plan plan) {
    List<String> others = plan.providers().stream().map(it -> it.issuer().toString()).toList();
    return new Site(ServerGround.open(plan), Chromium.start(), others);
  }

  /// On functions behind a gateway, as they would be deployed: no server of ours is in between.
  static Site onFunctions() {
    return new Site(FunctionsGround.open(), Chromium.start(), List.of());
  }

  /// By one name of this machine; [#otherUrl] is the same by another, which to a browser is another
  /// site.
  @Override
  public String url() {
    return "http://localhost:" + ground.port();
  }

  @Override
  public String otherUrl() {
    return "http://127.0.0.1:" + ground.port();
  }

  @Override
  public List<String> others() {
    return others;
  }

  /// From here on the clock of its server is further ahead.
  void advance(Duration by) {
    ((ServerGround) ground).ahead().updateAndGet(before -> before.plus(by));
  }

  /// Erases whoever is due, to the end, in as many hours as that takes.
  void erases() {
    for (int hours = 0; hours < 40 && !services().erasures().all(1).isEmpty(); hours++) {
      while (services().eraser().work()) {
        // Piece after piece.
      }
      advance(Duration.ofHours(1));
    }
  }

  /// The side for those who run it.
  Visited operators() {
    return new OperatorsOf(server().operatorPort(), chromium);
  }

  private record OperatorsOf(int port, Chromium chromium) implements Visited {
    @Override
    public String url() {
      return "http://localhost:" + port;
    }

    @Override
    public String otherUrl() {
      return "http://127.0.0.1:" + port;
    }
  }

  Services services() {
    return ground.services();
  }

  /// The server that it is, where it is one.
  ParleyServer server() {
    return ((ServerGround) ground).server();
  }

  @Override
  public Chromium chromium() {
    return chromium;
  }

  // What happened before anybody opened a browser.

  Account account(String handle, String name) {
    Handle owner = new Handle(handle);
    DisplayName displayName = new DisplayName(name);
    Password password = Password.parse(PASSWORD, owner, displayName).orThrow();
    SignUp signUp = services().accounts().signUp(owner, displayName, password, Source.HERE);
    return ((SignUp.Created) signUp).account();
  }

  /// People who never sign in: nobody waits for their passwords to be hashed.
  List<Account> strangers(int count, String name) {
    AccountItems store = new AccountItems(ground.table());
    SecureRandom random = new SecureRandom();
    Instant now = Instant.now();
    List<Account> made = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Handle handle = new Handle(name.toLowerCase(Locale.ROOT) + "_" + i);
      Account account =
          new Account(
              UserId.random(random), handle, new DisplayName(name + " " + i), now, Instant.EPOCH);
      store.begin(account, new PasswordHash("none"), now.plusSeconds(600));
      store.claim(handle, account.id(), null, null);
      store.finish(account.id(), now);
      made.add(account);
    }
    return made;
  }

  /// Everything that was written is in the inboxes.
  void settles() {
    if (!ground.settles(SETTLED)) {
      throw new AssertionError("the inboxes did not follow within " + SETTLED);
    }
  }

  ConversationId between(Account one, Account other) {
    ConversationId id = services().conversations().openDirect(one.id(), other.id());
    members.put(id, List.of(one.id(), other.id()));
    return id;
  }

  /// What somebody wrote elsewhere, to people who know them: others hear of it as they hear of
  /// anything.
  void wrote(Account from, ConversationId id, String text) {
    if (wroteAsStranger(from, id, text).seq() == 1) {
      members.getOrDefault(id, List.of()).stream()
          .filter(member -> !member.equals(from.id()))
          .forEach(member -> services().filing().change(member, id, ACCEPTED));
    }
  }

  /// The same from somebody who has to ask first.
  Entry.Authored wroteAsStranger(Account from, ConversationId id, String text) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    ClientId clientId = ClientId.of(ground.now(), random.nextLong(), random.nextLong());
    Written written =
        services().messages().send(from.id(), id, clientId, Text.parse(text).orThrow());
    if (!(written instanceof Written.Stored(Entry.Authored entry))) {
      throw new AssertionError(written.toString());
    }
    return entry;
  }

  @Override
  public void close() {
    chromium.close();
    ground.close();
  }
}
