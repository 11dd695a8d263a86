package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.DisplayName;
import parley.messaging.account.FailedSignIns;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.PasswordHasher;
import parley.messaging.account.SessionToken;
import parley.messaging.account.Sessions;
import parley.messaging.account.SignIn;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.account.TooBusy;
import parley.messaging.account.UserId;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The account part of one server, wired to a table, with hashes that cost next to nothing.
final class AccountWorld {
  private static final Set<String> WRITES = Set.of("putItem", "updateItem", "deleteItem");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Secret SECRET = new Secret(new byte[Secret.MIN_BYTES]);

  final Table table;
  final TestClock clock;
  final Accounts accounts;
  final Sessions sessions;

  /// Where the next attempts come from.
  Source source = Source.HERE;

  AccountWorld(Table table, TestClock clock, PasswordHasher hasher) {
    this.table = table;
    this.clock = clock;
    FailedSignIns failed = new FailedSignIns(new FailureItems(table), SECRET, clock);
    this.accounts = new Accounts(new AccountItems(table), failed, hasher, clock, RANDOM);
    this.sessions = new Sessions(new SessionItems(table), accounts, clock, RANDOM);
  }

  static AccountWorld fresh() {
    return new AccountWorld(TestTables.inMemory(), new TestClock(), cheapHasher());
  }

  /// A server that counts what its requests consume.
  static AccountWorld metered(UnitMeter meter) {
    Table table = TestTables.inMemory(TestTables.engine().client(), meter);
    return new AccountWorld(table, new TestClock(), cheapHasher());
  }

  static PasswordHasher cheapHasher() {
    return new PasswordHasher(
        RANDOM, new PasswordHasher.Cost(64, 1, 4, 1_000, Duration.ofSeconds(30)));
  }

  /// Another server on the same table, with nothing in memory.
  AccountWorld restarted() {
    return through(TestTables.engine().client());
  }

  /// Another server on the same table, each of whose writes goes through `hook`.
  AccountWorld hooked(WriteHook hook) {
    return through(hook.client());
  }

  AccountWorld through(DynamoDbClient client) {
    return new AccountWorld(TestTables.through(client, table), clock, cheapHasher());
  }

  static Handle handle(String text) {
    return Handle.parse(text).orThrow();
  }

  /// As a client does: too busy means the same again.
  static <T> T insist(Supplier<T> attempt) {
    for (int i = 0; i < 50; i++) {
      try {
        return attempt.get();
      } catch (TooBusy e) {
        // It has waited for long enough already.
      }
    }
    throw new AssertionError("too busy for ever");
  }

  SignUp signUp(String handle, String password) {
    return accounts.signUp(
        handle(handle), new DisplayName("P. " + handle), new Password(password), source);
  }

  Account created(String handle, String password) {
    if (signUp(handle, password) instanceof SignUp.Created(Account account)) {
      return account;
    }
    throw new AssertionError(handle + " is taken");
  }

  SignIn signIn(String handle, String password) {
    return sessions.signIn(handle(handle), new PasswordAttempt(password), source);
  }

  SessionToken token(String handle, String password) {
    if (signIn(handle, password) instanceof SignIn.SignedIn(var _, SessionToken token, var _)) {
      return token;
    }
    throw new AssertionError(handle + " was refused");
  }

  boolean isIn(SessionToken token) {
    return sessions.who(token) != null;
  }

  List<Map<String, AttributeValue>> items(Entity entity) {
    return TestTables.engine()
        .client()
        .scanPaginator(r -> r.tableName(table.name()).consistentRead(true))
        .items()
        .stream()
        .filter(item -> {
          Key key = Key.of(item);
          return Entity.of(key.pk(), key.sk()).orElseThrow() == entity;
        })
        .toList();
  }

  /// What the service does with expired items, sooner or later.
  void deleteExpired() {
    for (Entity entity : List.of(Entity.ACCOUNT, Entity.CREDENTIAL, Entity.SESSION)) {
      for (Map<String, AttributeValue> item : items(entity)) {
        if (new Item(item).isExpiredAt(clock.instant())) {
          TestTables.engine()
              .client()
              .deleteItem(r -> r.tableName(table.name()).key(Key.of(item).item()));
        }
      }
    }
  }

  static boolean isPending(Map<String, AttributeValue> item) {
    return item.containsKey(TableDesign.TTL);
  }

  static UserId user(Map<String, AttributeValue> item) {
    return new UserId(Key.of(item).pk().substring(Entity.ACCOUNT.pk("").length()));
  }

  /// The accounts that came to be, after a look at whether each has its handle and its credential,
  /// and whether nothing that is pending can be seen.
  List<UserId> settledAccounts() {
    AccountWorld observer = restarted();
    List<UserId> settled = new ArrayList<>();
    for (Map<String, AttributeValue> item : items(Entity.ACCOUNT)) {
      UserId user = user(item);
      Handle handle = new Handle(new Item(item).string("handle"));
      Account byHandle = observer.accounts.byHandle(handle);
      List<Account> found = observer.accounts.find(handle.value()).orThrow();
      if (isPending(item)) {
        assertThat(observer.accounts.byId(user)).isNull();
        assertThat(observer.accounts.byIds(List.of(user))).isEmpty();
        assertThat(byHandle == null || !byHandle.id().equals(user)).isTrue();
        assertThat(found).noneMatch(account -> account.id().equals(user));
      } else {
        settled.add(user);
        assertThat(byHandle).as("who has the handle of " + user).isNotNull();
        assertThat(byHandle.id()).isEqualTo(user);
        assertThat(found.getFirst()).isEqualTo(byHandle);
        assertThat(items(Entity.CREDENTIAL))
            .anyMatch(credential -> user(credential).equals(user) && !isPending(credential));
      }
    }
    return settled;
  }

  /// Something that happens around the writes of a server, which it counts from 1.
  abstract static class WriteHook {
    private final AtomicInteger writes = new AtomicInteger();

    /// The operations that it happens around.
    Set<String> operations() {
      return WRITES;
    }

    /// Makes the write, or does something else.
    abstract Object around(int number, Write write);

    final int writes() {
      return writes.get();
    }

    final DynamoDbClient client() {
      DynamoDbClient client = TestTables.engine().client();
      return (DynamoDbClient)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {DynamoDbClient.class},
              (_, method, args) -> {
                if (operations().contains(method.getName())) {
                  return around(writes.incrementAndGet(), () -> invoke(client, method, args));
                }
                return invoke(client, method, args);
              });
    }

    private static Object invoke(
        DynamoDbClient client, java.lang.reflect.Method method, Object[] args) {
      try {
        return method.invoke(client, args);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// One write of a server.
  interface Write {
    Object make();
  }

  /// The process dies at a write: before it, or after it and before its answer.
  static final class Crash extends WriteHook {
    private final int at;
    private final boolean after;

    Crash(int at, boolean after) {
      this.at = at;
      this.after = after;
    }

    @Override
    Object around(int number, Write write) {
      if (number < at) {
        return write.make();
      }
      if (number == at && after) {
        write.make();
      }
      throw new Crashed();
    }
  }

  /// What a server throws that is no more.
  static final class Crashed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Something else happens before the write with this number, which had been on its way already.
  static final class Meanwhile extends WriteHook {
    private final int before;
    private final Runnable happens;

    Meanwhile(int before, Runnable happens) {
      this.before = before;
      this.happens = happens;
    }

    @Override
    Object around(int number, Write write) {
      if (number == before) {
        happens.run();
      }
      return write.make();
    }
  }

  /// Every write happens twice, and the second answer is the one that is heard.
  static final class Doubled extends WriteHook {
    @Override
    Object around(int number, Write write) {
      try {
        write.make();
      } catch (software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException e) {
        // Its answer is lost too.
      }
      return write.make();
    }
  }
}
