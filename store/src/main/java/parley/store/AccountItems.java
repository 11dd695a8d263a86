package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.SK;
import static parley.store.TableDesign.TTL;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.account.Account;
import parley.messaging.account.AccountStore;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordHash;
import parley.messaging.account.UserId;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
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
  static final String DISPLAY_NAME = "displayName";
  static final String CREATED_AT = "createdAt";
  static final String NOT_BEFORE = "notBefore";
  static final String USER = "user";
  static final String ABANDONED = "abandoned";
  private static final String SINCE = "since";

  /// How often the handle was changed, or kept from being changed.
  private static final String NAMED = "named";

  /// The handles that are kept for an account, each until when.
  private static final String FORMER = "former";

  /// When the account will be erased; absent where nobody asked for that.
  static final String ERASED_AT = "erasedAt";

  /// On an account that is being erased: it is no account to anybody any more.
  static final String ERASING = "erasing";

  /// Since when operators let its person in no more; absent where they do.
  static final String DISABLED_AT = "disabledAt";

  /// On an account that came to be by an identity provider: it has no credential.
  static final String NO_PASSWORD = "noPassword";

  private final Table table;
  private final Standing standing;

  public AccountItems(Table table) {
    this.table = table;
    this.standing = new Standing(table);
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
  public Claim claim(Handle handle, UserId user, @Nullable Instant since, @Nullable Held seen) {
    Item.Builder item = new Item.Builder(Key.handle(handle)).put(USER, user.value());
    if (since != null) {
      item.put(SINCE, since);
    }
    Expression free = Expression.of("attribute_not_exists(#pk)").name("#pk", PK);
    Outcome outcome =
        table.put(
            AccessPattern.CLAIM_HANDLE, item.build(), seen == null ? free : or(free, heldAs(seen)));
    return switch (outcome) {
      case Outcome.Done _ -> new Claim.Done();
      // One's own claim: the first request went through, and only its answer was lost.
      case Outcome.Refused(var there)
          when there != null && held(new Item(there)).equals(new Held(user, since)) ->
          new Claim.Done();
      case Outcome.Refused _ -> new Claim.Taken();
    };
  }

  private static Expression or(Expression one, Expression other) {
    Map<String, String> names = new HashMap<>(one.names());
    names.putAll(other.names());
    return new Expression(one.text() + " OR " + other.text(), names, other.values());
  }

  private static Expression heldAs(Held seen) {
    Expression user =
        Expression.of(
                "(#user = :held AND "
                    + (seen.since() == null
                        ? "attribute_not_exists(#since)"
                        : "#since = :heldSince")
                    + ")")
            .name("#user", USER)
            .name("#since", SINCE)
            .value(":held", seen.user().value());
    return seen.since() == null ? user : user.value(":heldSince", seen.since().toEpochMilli());
  }

  private static Held held(Item item) {
    return new Held(item.user(USER), item.has(SINCE) ? item.time(SINCE) : null);
  }

  @Override
  public @Nullable Held held(Handle handle) {
    Map<String, AttributeValue> item = table.get(AccessPattern.HANDLE_OWNER, Key.handle(handle));
    return item == null ? null : held(new Item(item));
  }

  @Override
  public @Nullable Names names(UserId user) {
    Map<String, AttributeValue> profile = table.get(AccessPattern.NAMES, Key.account(user));
    if (profile == null || !Profile.isSettled(profile)) {
      return null;
    }
    Item item = new Item(profile);
    Map<Handle, Instant> former = new HashMap<>();
    item.numbersByName(FORMER)
        .forEach((handle, until) -> former.put(new Handle(handle), Instant.ofEpochMilli(until)));
    return new Names(Profile.read(item), item.number(NAMED, 0), former);
  }

  /// The handles that a profile says are this account's: the one that it has, and those that are
  /// kept for it.
  static List<Handle> handles(Item profile) {
    List<String> names = new ArrayList<>(profile.numbersByName(FORMER).keySet());
    String handle = profile.optionalString(HANDLE);
    if (handle != null) {
      names.add(handle);
    }
    return names.stream()
        .filter(name -> Handle.parse(name) instanceof Parsed.Good)
        .map(Handle::new)
        .toList();
  }

  @Override
  public @Nullable Account rename(Names seen, Handle handle, Map<Handle, Instant> former) {
    Map<String, AttributeValue> kept = new HashMap<>();
    former.forEach((name, until) ->
        kept.put(name.value(), AttributeValue.fromN(Long.toString(until.toEpochMilli()))));
    Expression condition =
        Profile.exists(
                " AND #handle = :from AND "
                    + (seen.version() == 0 ? "attribute_not_exists(#named)" : "#named = :seen"))
            .value(":from", seen.account().handle().value());
    Outcome outcome =
        table.update(
            AccessPattern.CHANGE_HANDLE,
            Key.account(seen.account().id()),
            Expression.of("SET #handle = :to, #named = :next, #former = :former")
                .name("#handle", HANDLE)
                .name("#named", NAMED)
                .name("#former", FORMER)
                .value(":to", handle.value())
                .value(":next", seen.version() + 1)
                .value(":former", AttributeValue.fromM(kept)),
            seen.version() == 0 ? condition : condition.value(":seen", seen.version()));
    return switch (outcome) {
      case Outcome.Done(var item) -> Profile.settled(item);
      // The first request went through, and only its answer was lost.
      case Outcome.Refused(var there)
          when there != null
              && handle.value().equals(new Item(there).optionalString(HANDLE))
              && new Item(there).number(NAMED, 0) == seen.version() + 1 ->
          Profile.settled(there);
      case Outcome.Refused _ -> null;
    };
  }

  @Override
  public void release(Handle handle, Held seen, Instant until) {
    table.update(
        AccessPattern.RELEASE_HANDLE,
        Key.handle(handle),
        Expression.of("SET #ttl = :until")
            .name("#ttl", TTL)
            .value(":until", until.getEpochSecond()),
        heldAs(seen));
  }

  @Override
  public boolean oust(UserId user, Handle handle) {
    Outcome outcome =
        table.update(
            AccessPattern.OUST,
            Key.account(user),
            Expression.of("ADD #named :one").name("#named", NAMED).value(":one", 1),
            Profile.exists(" AND #handle <> :handle")
                .name("#handle", HANDLE)
                .value(":handle", handle.value()));
    return outcome instanceof Outcome.Done;
  }

  @Override
  public boolean finish(UserId user, Instant now) {
    return settle(Key.credential(user), now) && settle(Key.account(user), now);
  }

  static Map<String, AttributeValue> profile(Account account, @Nullable Instant expiresAt) {
    Item.Builder item =
        new Item.Builder(Key.account(account.id()))
            .put(HANDLE, account.handle().value())
            .put(DISPLAY_NAME, account.displayName().value())
            .put(CREATED_AT, account.createdAt())
            .put(NOT_BEFORE, account.notBefore())
            .expiresAt(expiresAt);
    return (account.hasPassword() ? item : item.put(NO_PASSWORD, true)).build();
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
        : new Facts(Profile.read(profile), profile.expiresAt(), profile.has(ABANDONED), hash);
  }

  @Override
  public @Nullable Account account(UserId user) {
    return Profile.settled(table.get(AccessPattern.PROFILE, Key.account(user)));
  }

  @Override
  public List<Account> accounts(Collection<UserId> users) {
    return table
        .batchGet(AccessPattern.PROFILES, users.stream().distinct().map(Key::account).toList())
        .stream()
        .filter(Profile::isSettled)
        .map(item -> Profile.read(new Item(item)))
        .toList();
  }

  @Override
  public List<Claimed> handles(String prefix, int limit) {
    return table
        .beginning(AccessPattern.HANDLES_BY_PREFIX, Key.handlePartition(prefix), prefix, limit)
        .stream()
        .map(item -> new Claimed(new Handle(Key.of(item).sk()), Profile.user(item)))
        .toList();
  }

  @Override
  public @Nullable Account rename(UserId user, DisplayName displayName) {
    return Profile.after(
        table.update(
            AccessPattern.RENAME_DISPLAY,
            Key.account(user),
            Expression.of("SET #name = :name")
                .name("#name", DISPLAY_NAME)
                .value(":name", displayName.value()),
            Profile.exists()));
  }

  @Override
  public @Nullable Account endSessions(UserId user, Instant at) {
    return standing.endSessions(user, at);
  }

  @Override
  public @Nullable Account disable(UserId user, Instant at, Instant end) {
    return standing.disable(user, at, end);
  }

  @Override
  public @Nullable Account enable(UserId user) {
    return standing.enable(user);
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
}
