package parley.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.api.Inspector;
import parley.store.TableDesign;
import parley.store.TableMarkdown;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// A run of an access pattern as it is told to a page: which items it touched, what it asked, and
/// what that took.
final class InspectedRun {
  private static final double MS = 1e6;

  private final Ran ran;
  private final Prices prices;
  private final boolean texts;

  /// By their keys, so that what two requests touch is told once.
  private final Map<String, Inspector.Touched> touched = new LinkedHashMap<>();

  InspectedRun(Ran ran, Prices prices, boolean texts) {
    this.ran = ran;
    this.prices = prices;
    this.texts = texts;
  }

  Inspector.Run told() {
    PatternFacts facts = ran.facts();
    Measured sum = ran.sum();
    List<Inspector.Asked> requests = new ArrayList<>();
    for (Measured each : ran.measured()) {
      requests.add(asked(each));
      touch(each);
    }
    return new Inspector.Run(
        facts.json(),
        facts.isWrite(),
        requests,
        touched.values().stream().limit(InspectBounds.TOUCHED).toList(),
        touched.size() > InspectBounds.TOUCHED,
        sum.evaluated(),
        sum.returned(),
        sum.took_ns() / MS,
        sum.units(facts),
        PatternRun.predicted(facts, sum),
        TableMarkdown.price(facts.pattern().price()).replace("*", "")
            + " of "
            + facts.pattern().unit(),
        prices.perMillion(sum.table(), sum.index(), facts.isWrite()));
  }

  private static Inspector.Asked asked(Measured each) {
    Recorder.Call call = each.call();
    return new Inspector.Asked(
        call.operation(),
        PatternFacts.key(call.request()),
        PatternRun.request(each),
        call.refusal() instanceof ConditionalCheckFailedException,
        each.took_ns() / MS,
        each.evaluated(),
        each.returned());
  }

  private void touch(Measured each) {
    switch (each.call().request()) {
      case QueryRequest query -> {
        boolean inIndex = query.indexName() != null;
        each.items().forEach(item -> touch(item, true, inIndex, false, item));
      }
      case BatchGetItemRequest batch -> {
        each.items().forEach(item -> touch(item, true, false, false, item));
        batch.requestItems().values().stream()
            .flatMap(keys -> keys.keys().stream())
            .forEach(key -> touch(key, false, false, false, null));
      }
      case PutItemRequest put -> touch(put.item(), true, false, true, put.item());
      default -> {
        boolean write = ran.facts().isWrite();
        Map<String, AttributeValue> key = Recorder.keyOf(each.call().request());
        Map<String, AttributeValue> item = each.items().isEmpty() ? null : each.items().getFirst();
        touch(key, write || item != null, false, write, item);
      }
    }
  }

  private void touch(
      Map<String, AttributeValue> key,
      boolean there,
      boolean inIndex,
      boolean written,
      @Nullable Map<String, AttributeValue> item) {
    String pk = Ink.key(key, TableDesign.PK);
    String sk = Ink.key(key, TableDesign.SK);
    touched.putIfAbsent(
        pk + "\n" + sk,
        new Inspector.Touched(
            pk,
            sk,
            there,
            inIndex,
            written,
            item == null ? null : InspectedItems.item(item, texts)));
  }
}
