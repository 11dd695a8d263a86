package parley.api;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;

/// The people in an answer, each looked up once.
///
/// An account that is no longer there is left out where accounts are given by id, and is an id
/// alone where people are listed: a client always knows that somebody was there, and never a stale
/// name.
final class People {
  private final Accounts accounts;

  People(Accounts accounts) {
    this.accounts = accounts;
  }

  @Wire(name = "Account", doc = "A person.")
  record Person(
      @Doc("Never changes.") UserId id,
      @Doc("The name by which they are found; unique.") Handle handle,
      @Doc("The name that other people see.") DisplayName displayName,
      @JsonInclude(NON_NULL)
          @Doc(
              "When the account will be erased. Only its own person is told; left out where nobody"
                  + " asked for that.")
          @Nullable Instant erasesAt,
      @JsonInclude(NON_NULL)
          @Doc(
              "Whether its person has a password here, or signs in with an identity provider alone."
                  + " Only they are told.")
          @Nullable Boolean hasPassword) {
    /// As others see them.
    static Person of(Account account) {
      return new Person(account.id(), account.handle(), account.displayName(), null, null);
    }

    /// As they see themselves.
    static Person self(Account account) {
      return new Person(
          account.id(),
          account.handle(),
          account.displayName(),
          account.erasedAt(),
          account.hasPassword());
    }
  }

  @Wire(
      name = "Participant",
      doc =
          "Somebody in a conversation. Handle and display name are left out when the account is"
              + " no longer there.")
  record Participant(
      @Doc("Never changes.") UserId id,
      @JsonInclude(NON_NULL) @Doc("The name by which they are found; unique.")
          @Nullable Handle handle,
      @JsonInclude(NON_NULL) @Doc("The name that other people see.")
          @Nullable DisplayName displayName) {}

  /// Those of them that are there, by id.
  Map<UserId, Account> byId(Collection<UserId> ids) {
    return ids.isEmpty() ? Map.of() : accounts.byIds(List.copyOf(ids));
  }

  /// Those of them that are there, as a map in an answer.
  Map<String, Person> mapped(Collection<UserId> ids) {
    Map<String, Person> mapped = new TreeMap<>();
    byId(ids).forEach((id, account) -> mapped.put(id.value(), Person.of(account)));
    return mapped;
  }

  static Participant participant(UserId id, Map<UserId, Account> known) {
    Account account = known.get(id);
    return account == null
        ? new Participant(id, null, null)
        : new Participant(id, account.handle(), account.displayName());
  }
}
