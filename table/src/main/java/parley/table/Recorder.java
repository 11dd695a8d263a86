package parley.table;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// A client that writes down what it is asked, for the store to be called with: so what is shown is
/// what the store asks, and not what somebody wrote about it.
///
/// It sends requests on to other clients, or, in a dry run, answers that there is nothing.
final class Recorder {
  /// One request with its answer, null where it was refused or never sent, and for a write what it
  /// made of its item.
  record Call(
      String operation,
      DynamoDbRequest request,
      @Nullable DynamoDbResponse response,
      @Nullable RuntimeException refusal,
      Rehearsal.@Nullable Change change,
      long took_ns) {}

  private final @Nullable DynamoDbClient reads;
  private final @Nullable Rehearsal writes;
  private final List<Call> calls = new ArrayList<>();

  private Recorder(@Nullable DynamoDbClient reads, @Nullable Rehearsal writes) {
    this.reads = reads;
    this.writes = writes;
  }

  /// Sends nothing anywhere.
  static Recorder dry() {
    return new Recorder(null, null);
  }

  /// Sends reads to `reads`, and writes, if any are to come, to a rehearsal, so that they change
  /// nothing.
  static Recorder on(DynamoDbClient reads, @Nullable Rehearsal writes) {
    return new Recorder(reads, writes);
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            Recorder.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, args) -> {
              if (args != null && args.length == 1 && args[0] instanceof DynamoDbRequest request) {
                return answer(request);
              }
              if (method.isDefault()) {
                // Those that build a request from a lambda, and come back here with it.
                return InvocationHandler.invokeDefault(proxy, method, args);
              }
              return method.invoke(this, args);
            });
  }

  private Object answer(DynamoDbRequest request) throws Throwable {
    Map<String, AttributeValue> before =
        writes != null && isWrite(request) ? rehearsal().bring(request) : Map.of();
    long from = System.nanoTime();
    try {
      DynamoDbResponse response = reads == null ? nothing(request) : sent(request, reads);
      note(request, response, null, before, System.nanoTime() - from);
      return response;
    } catch (RuntimeException e) {
      note(request, null, e, before, System.nanoTime() - from);
      throw e;
    }
  }

  private void note(
      DynamoDbRequest request,
      @Nullable DynamoDbResponse response,
      @Nullable RuntimeException refusal,
      Map<String, AttributeValue> before,
      long took_ns) {
    Rehearsal.Change change =
        writes != null && isWrite(request)
            ? new Rehearsal.Change(before, rehearsal().item(request))
            : null;
    calls.add(new Call(operation(request), request, response, refusal, change, took_ns));
  }

  private static boolean isWrite(DynamoDbRequest request) {
    return request instanceof PutItemRequest
        || request instanceof UpdateItemRequest
        || request instanceof DeleteItemRequest;
  }

  private Rehearsal rehearsal() {
    return Objects.requireNonNull(writes, "reads and writes go together");
  }

  private DynamoDbResponse sent(DynamoDbRequest request, DynamoDbClient client) {
    return switch (request) {
      case GetItemRequest get -> client.getItem(get);
      case QueryRequest query -> client.query(query);
      case BatchGetItemRequest batch -> client.batchGetItem(batch);
      default -> rehearsal().answer(request);
    };
  }

  private static DynamoDbResponse nothing(DynamoDbRequest request) {
    return switch (request) {
      case GetItemRequest _ -> GetItemResponse.builder().build();
      case QueryRequest _ -> QueryResponse.builder().items(List.of()).count(0).build();
      case BatchGetItemRequest _ -> BatchGetItemResponse.builder().responses(Map.of()).build();
      case PutItemRequest _ -> PutItemResponse.builder().build();
      case UpdateItemRequest _ -> UpdateItemResponse.builder().attributes(Map.of()).build();
      case DeleteItemRequest _ -> DeleteItemResponse.builder().attributes(Map.of()).build();
      default -> throw new UnsupportedOperationException(operation(request));
    };
  }

  static String operation(DynamoDbRequest request) {
    return request.getClass().getSimpleName().replaceAll("Request$", "");
  }

  private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
    return Map.of(
        TableDesign.PK, item.get(TableDesign.PK), TableDesign.SK, item.get(TableDesign.SK));
  }

  /// The key that a request names.
  static Map<String, AttributeValue> keyOf(DynamoDbRequest request) {
    return switch (request) {
      case GetItemRequest get -> get.key();
      case UpdateItemRequest update -> update.key();
      case DeleteItemRequest delete -> delete.key();
      case PutItemRequest put -> keyOf(put.item());
      default ->
          throw new IllegalArgumentException(
              operation(request).toLowerCase(Locale.ROOT) + " names no one key");
    };
  }
}
