package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.SK;
import static parley.store.TableDesign.TTL;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.erasure.Claim;
import parley.messaging.erasure.Erasure;
import parley.messaging.erasure.ErasureJobs;
import parley.messaging.erasure.ReceiptStore;
import parley.messaging.erasure.Step;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Erasures under way, all in one item collection in the order in which they are due, and their
/// receipts, each where only its code leads.
public final class ErasureItems implements ErasureJobs, ReceiptStore {
  private static final String VERSION = "version";
  private static final String NEXT = "next";
  private static final String SEALED = "sealed";
  private static final String DIGEST = "digest";

  private final Table table;

  public ErasureItems(Table table) {
    this.table = table;
  }

  @Override
  public void add(Erasure job) {
    table.put(
        AccessPattern.SAVE_ERASURE,
        write(job),
        Expression.of("attribute_not_exists(#pk)").name("#pk", PK));
  }

  @Override
  public @Nullable Erasure job(Instant dueAt, UserId user) {
    Map<String, AttributeValue> item = table.get(AccessPattern.ERASURE, Key.erasure(dueAt, user));
    return item == null ? null : read(item);
  }

  @Override
  public List<Erasure> due(Instant by, int limit) {
    return table
        .query(
            AccessPattern.ERASURES_DUE,
            true,
            limit,
            r ->
                r.keyConditionExpression("#pk = :pk AND #sk BETWEEN :first AND :last")
                    .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(Entity.ERASURE.pk("")),
                            ":first", AttributeValue.fromS(Entity.ERASURE.sk("")),
                            // ~ sorts behind every id, so those of this millisecond are in.
                            ":last",
                                AttributeValue.fromS(Entity.ERASURE.sk(Key.timePart(by) + "#~")))))
        .stream()
        .map(ErasureItems::read)
        .toList();
  }

  @Override
  public @Nullable Erasure move(Erasure next) {
    Erasure stored = next.stored();
    Outcome outcome =
        table.put(
            AccessPattern.SAVE_ERASURE,
            write(stored),
            Expression.of("#version = :seen")
                .name("#version", VERSION)
                .value(":seen", next.version()));
    return outcome instanceof Outcome.Done ? stored : null;
  }

  @Override
  public void remove(Erasure job) {
    table.delete(AccessPattern.END_ERASURE, Key.erasure(job.dueAt(), job.user()));
  }

  private static Map<String, AttributeValue> write(Erasure job) {
    Item.Builder item =
        new Item.Builder(Key.erasure(job.dueAt(), job.user()))
            .put("user", job.user().value())
            .put("handle", job.handle().value())
            .put("askedAt", job.askedAt())
            .put("dueAt", job.dueAt())
            .put("place", job.claim().place())
            .put("key", job.claim().key())
            .put("step", job.step().name())
            .put("removed", job.removed())
            .put("found", job.found())
            .put("nextAt", job.nextAt())
            .put(VERSION, job.version());
    if (job.cursor() != null) {
      item.put("cursor", job.cursor());
    }
    return item.build();
  }

  private static Erasure read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    return new Erasure(
        item.user("user"),
        new Handle(item.string("handle")),
        item.time("askedAt"),
        item.time("dueAt"),
        new Claim(item.string("place"), item.string("key")),
        step(item.string("step")),
        item.optionalString("cursor"),
        item.counts("removed"),
        item.number("found"),
        item.time("nextAt"),
        item.number(VERSION));
  }

  /// A step that only a later version knows comes after what this one can do: read everything once
  /// more.
  private static Step step(String name) {
    return Arrays.stream(Step.values())
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElse(Step.LAST_SWEEP);
  }

  // Receipts.

  @Override
  public void progress(String place, Step next, Instant at, Instant expiresAt) {
    table.update(
        AccessPattern.SAVE_RECEIPT,
        Key.receipt(place),
        Expression.of("SET #next = :next, #at = :at, #ttl = :ttl")
            .name("#next", NEXT)
            .name("#at", "at")
            .name("#ttl", TTL)
            .value(":next", next.name())
            .value(":at", at.toEpochMilli())
            .value(":ttl", expiresAt.getEpochSecond()),
        Expression.of("attribute_not_exists(#digest)").name("#digest", DIGEST));
  }

  @Override
  public void issue(String place, String sealed, String digest, Instant at, Instant expiresAt) {
    table.update(
        AccessPattern.SAVE_RECEIPT,
        Key.receipt(place),
        Expression.of(
                "SET #sealed = :sealed, #digest = :digest, #at = :at, #ttl = :ttl REMOVE #next")
            .name("#sealed", SEALED)
            .name("#next", NEXT)
            .name("#at", "at")
            .name("#ttl", TTL)
            .value(":sealed", sealed)
            .value(":digest", digest)
            .value(":at", at.toEpochMilli())
            .value(":ttl", expiresAt.getEpochSecond()),
        Expression.of("attribute_not_exists(#digest)").name("#digest", DIGEST));
  }

  @Override
  public @Nullable Lying lying(String place) {
    Map<String, AttributeValue> there = table.get(AccessPattern.RECEIPT, Key.receipt(place));
    if (there == null) {
      return null;
    }
    Item item = new Item(there);
    String next = item.optionalString(NEXT);
    return new Lying(
        next == null ? null : step(next),
        item.time("at"),
        item.optionalString(SEALED),
        item.optionalString(DIGEST),
        Instant.ofEpochSecond(item.number(TTL)));
  }

  @Override
  public boolean hand(String place) {
    Outcome outcome =
        table.update(
            AccessPattern.SAVE_RECEIPT,
            Key.receipt(place),
            Expression.of("REMOVE #sealed").name("#sealed", SEALED),
            Expression.of("attribute_exists(#sealed)").name("#sealed", SEALED));
    return outcome instanceof Outcome.Done;
  }

  @Override
  public void forget(String place) {
    table.delete(AccessPattern.FORGET_RECEIPT, Key.receipt(place));
  }
}
