package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.SK;
import static parley.store.TableDesign.TTL;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.AccountStore;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordHash;
import parley.messaging.account.UserId;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Accounts, their credentials and their handles:
///
/// ```
/// U#u-…   CREDENTIAL   the password's hash  \  one Query reads both, since nothing of
///         PROFILE      the account          /  this partition sorts between them
/// H#an    anna         whose handle it is
/// ```
///
/// A profile with a TTL is a sign-up that was not finished: reads leave it out, whether or not its
/// time has come.
public final class AccountItems implements AccountStore {
  private static final String HASH = "hash";
  static final String HANDLE = "handle";
  private static final String DISPLAY_NAME = "displayName";
  private static final String CREATED_AT = "createdAt";
  private static final String NOT_BEFORE = "notBefore";
  private static final String USER = "user";
  static final String ABANDONED = "abandoned";

  /// When the account will be erased; absent where nobody asked for that.
  static final String ERASED_AT = "erasedAt";

  /// On an account that is being erased: it is no account to anybody any more.
  static final String ERASING = "erasing";

  private final Table table;

  public AccountItems(Table table) {
    this.table = table;
  }

  @Override
  public void begin(Account account, PasswordHash hash, Instant expiresAt) {
    // Conditional, though the id is new: a first request that was held up while its repetition
    // went through must not put the TTL back onto what is finished by then. A refusal therefore
    // means that it is there, which is all that is wanted.
    Expression absent = Expression.of("attribute_not_exists(#pk)").name("#pk", PK);
    table.put(
        AccessPattern.SIGN_UP_CREDENTIAL,
        new Item.Builder(Key.credential(account.id()))
            .put(HASH, hash.phc())
            .expiresAt(expiresAt)
            .build(),
        absent);
    table.put(AccessPattern.SIGN_UP_PROFILE, profile(account, expiresAt), absent);
  }

  @Override
  public Claim claim(Handle handle, UserId user, @Nullable UserId insteadOf) {
    Expression free =
        insteadOf == null
            ? Expression.of("attribute_not_exists(#pk)")
            : Expression.of("attribute_not_exists(#pk) OR #user = :dead")
                .name("#user", USER)
                .value(":dead", insteadOf.value());
    Outcome outcome =
        table.put(AccessPattern.CLAIM_HANDLE, claim(handle, user), free.name("#pk", PK));
    return switch (outcome) {
      case Outcome.Done _ -> new Claim.Done();
      // One's own claim: the first request went through, and only its answer was lost.
      case Outcome.Refused(var there)
          when there != null && new Item(there).string(USER).equals(user.value()) ->
          new Claim.Done();
      case Outcome.Refused _ -> new Claim.Taken();
    };
  }

  @Override
  public boolean finish(UserId user, Instant now) {
    return settle(Key.credential(user), now) && settle(Key.account(user), now);
  }

  static Map<String, AttributeValue> profile(Account account, @Nullable Instant expiresAt) {
    return new Item.Builder(Key.account(account.id()))
        .put(HANDLE, account.handle().value())
        .put(DISPLAY_NAME, account.displayName().value())
        .put(CREATED_AT, account.createdAt())
        .put(NOT_BEFORE, account.notBefore())
        .expiresAt(expiresAt)
        .build();
  }

  static Map<String, AttributeValue> claim(Handle handle, UserId user) {
    return new Item.Builder(Key.handle(handle)).put(USER, user.value()).build();
  }

  private boolean settle(Key key, Instant now) {
    Outcome outcome =
        table.update(
            AccessPattern.FINISH_SIGN_UP,
            key,
            Expression.of("REMOVE #ttl").name("#ttl", TTL),
            Expression.of(
                    "attribute_exists(#pk) AND #ttl > :now AND attribute_not_exists(#abandoned)")
                .name("#pk", PK)
                .name("#abandoned", ABANDONED)
                .value(":now", now.getEpochSecond()));
    return switch (outcome) {
      case Outcome.Done _ -> true;
      case Outcome.Refused(var there) -> there != null && !there.containsKey(TTL);
    };
  }

  @Override
  public boolean abandon(UserId user, Instant overBy) {
    Outcome outcome =
        table.update(
            AccessPattern.ABANDON_SIGN_UP,
            Key.account(user),
            Expression.of("SET #abandoned = :yes")
                .name("#abandoned", ABANDONED)
                .value(":yes", AttributeValue.fromBool(true)),
            Expression.of("attribute_exists(#pk) AND #ttl <= :overBy")
                .name("#pk", PK)
                .name("#ttl", TTL)
                .value(":overBy", overBy.getEpochSecond()));
    boolean abandoned =
        switch (outcome) {
          case Outcome.Done _ -> true;
          case Outcome.Refused(var there) -> there == null || there.containsKey(ABANDONED);
        };
    if (abandoned) {
      // It may have lost its TTL already, and would stay for ever.
      table.delete(AccessPattern.ABANDON_SIGN_UP, Key.credential(user));
    }
    return abandoned;
  }

  @Override
  public @Nullable UserId owner(Handle handle) {
    Map<String, AttributeValue> item = table.get(AccessPattern.HANDLE_OWNER, Key.handle(handle));
    return item == null ? null : user(item);
  }

  @Override
  public @Nullable Facts facts(UserId user) {
    List<Map<String, AttributeValue>> items =
        table.query(
            AccessPattern.SIGN_IN_FACTS,
            true,
            2,
            r ->
                r.keyConditionExpression("#pk = :pk AND #sk BETWEEN :credential AND :profile")
                    .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(Key.user(user)),
                            ":credential", AttributeValue.fromS(Key.credential(user).sk()),
                            ":profile", AttributeValue.fromS(Key.account(user).sk()))));
    Item profile = null;
    PasswordHash hash = null;
    for (Map<String, AttributeValue> attributes : items) {
      Item item = new Item(attributes);
      if (item.key().equals(Key.account(user))) {
        profile = item;
      } else if (item.key().equals(Key.credential(user))) {
        hash = new PasswordHash(item.string(HASH));
      }
    }
    return profile == null || profile.has(ERASING)
        ? null
        : new Facts(read(profile), profile.expiresAt(), profile.has(ABANDONED), hash);
  }

  @Override
  public @Nullable Account account(UserId user) {
    return settled(table.get(AccessPattern.PROFILE, Key.account(user)));
  }

  @Override
  public List<Account> accounts(Collection<UserId> users) {
    return table
        .batchGet(AccessPattern.PROFILES, users.stream().distinct().map(Key::account).toList())
        .stream()
        .filter(AccountItems::isSettled)
        .map(item -> read(new Item(item)))
        .toList();
  }

  @Override
  public List<Claimed> handles(String prefix, int limit) {
    return table
        .beginning(AccessPattern.HANDLES_BY_PREFIX, Key.handlePartition(prefix), prefix, limit)
        .stream()
        .map(item -> new Claimed(new Handle(Key.of(item).sk()), user(item)))
        .toList();
  }

  @Override
  public @Nullable Account rename(UserId user, DisplayName displayName) {
    return after(
        table.update(
            AccessPattern.RENAME_DISPLAY,
            Key.account(user),
            Expression.of("SET #name = :name")
                .name("#name", DISPLAY_NAME)
                .value(":name", displayName.value()),
            exists()));
  }

  @Override
  public @Nullable Account endSessions(UserId user, Instant at) {
    Outcome outcome =
        table.update(
            AccessPattern.END_SESSIONS,
            Key.account(user),
            Expression.of("SET #notBefore = :at").name("#notBefore", NOT_BEFORE),
            exists(" AND #notBefore < :at").value(":at", at.toEpochMilli()));
    if (outcome instanceof Outcome.Refused(var there) && there != null && isSettled(there)) {
      // Sessions were ended at this millisecond before, or by a clock that is ahead. Those that
      // began since began one later than that.
      outcome =
          table.update(
              AccessPattern.END_SESSIONS,
              Key.account(user),
              Expression.of("SET #notBefore = #notBefore + :one")
                  .name("#notBefore", NOT_BEFORE)
                  .value(":one", 1),
              exists());
    }
    return after(outcome);
  }

  @Override
  public boolean changePassword(UserId user, PasswordHash old, PasswordHash replacement) {
    Outcome outcome =
        table.update(
            AccessPattern.CHANGE_PASSWORD,
            Key.credential(user),
            Expression.of("SET #hash = :new").name("#hash", HASH).value(":new", replacement.phc()),
            Expression.of("#hash = :old").value(":old", old.phc()));
    return switch (outcome) {
      case Outcome.Done _ -> true;
      // Its own: no two hashes have the same salt.
      case Outcome.Refused(var there) ->
          there != null && replacement.phc().equals(new Item(there).optionalString(HASH));
    };
  }

  private static Expression exists() {
    return exists("");
  }

  private static Expression exists(String more) {
    return Expression.of(
            "attribute_exists(#pk) AND attribute_not_exists(#ttl) AND"
                + " attribute_not_exists(erasing)"
                + more)
        .name("#pk", PK)
        .name("#ttl", TTL);
  }

  private static @Nullable Account after(Outcome outcome) {
    return outcome instanceof Outcome.Done(var item) ? settled(item) : null;
  }

  /// The account that an item is; null for none, or one whose sign-up was not finished.
  static @Nullable Account settled(@Nullable Map<String, AttributeValue> item) {
    return item == null || !isSettled(item) ? null : read(new Item(item));
  }

  private static boolean isSettled(Map<String, AttributeValue> item) {
    return !item.containsKey(TTL) && !item.containsKey(ERASING);
  }

  private static UserId user(Map<String, AttributeValue> item) {
    return new UserId(new Item(item).string(USER));
  }

  private static Account read(Item item) {
    return new Account(
        new UserId(item.key().pk().substring(Entity.ACCOUNT.pk("").length())),
        new Handle(item.string(HANDLE)),
        new DisplayName(item.string(DISPLAY_NAME)),
        item.time(CREATED_AT),
        item.time(NOT_BEFORE),
        item.has(ERASED_AT) ? item.time(ERASED_AT) : null);
  }
}
