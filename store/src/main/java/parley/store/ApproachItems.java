package parley.store;

import static parley.store.TableDesign.TTL;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ApproachStore;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Which conversations people began on a day, as a set: what is counted twice counts once. It names
/// nobody else, for nobody knows from a conversation's id who is in it.
public final class ApproachItems implements ApproachStore {
  private static final String BEGUN = "begun";

  private final Table table;

  public ApproachItems(Table table) {
    this.table = table;
  }

  @Override
  public boolean approach(
      UserId by, ConversationId id, LocalDate day, int most, Instant expiresAt) {
    Outcome outcome =
        table.update(
            AccessPattern.APPROACH,
            Key.approaches(by, day),
            Expression.of("ADD #begun :one SET #ttl = :ttl")
                .name("#begun", BEGUN)
                .name("#ttl", TTL)
                .value(":one", AttributeValue.fromSs(List.of(id.value())))
                .value(":ttl", expiresAt.getEpochSecond()),
            Expression.of(
                    "attribute_not_exists(#begun) OR size(#begun) < :most OR contains(#begun, :id)")
                .value(":most", most)
                .value(":id", id.value()));
    return outcome instanceof Outcome.Done;
  }
}
