package parley.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/// A client whose calls go wrong in the ways that a network and a busy table go wrong, from a seed.
///
/// - throttled: refused before anything happened;
/// - lost before the effect: a time-out, and nothing happened;
/// - lost after the effect: a time-out, and it did happen;
/// - delayed: it happens late;
/// - doubled: it happens twice, as when a client library repeats a request whose answer was lost.
public final class FaultyClient {
  private static final Set<String> OPERATIONS =
      Set.of("getItem", "putItem", "updateItem", "deleteItem", "query", "batchGetItem");

  private final DynamoDbClient client;
  private final long seed;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();
  private volatile double rate;

  private FaultyClient(DynamoDbClient client, long seed, double rate) {
    this.client = client;
    this.seed = seed;
    this.rate = rate;
  }

  /// Of all calls, `rate` go wrong.
  public static FaultyClient of(DynamoDbClient client, long seed, double rate) {
    return new FaultyClient(client, seed, rate);
  }

  public void setRate(double rate) {
    this.rate = rate;
  }

  public int faults() {
    return faults.get();
  }

  public DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, args) -> {
              try {
                if (!OPERATIONS.contains(method.getName())) {
                  return method.invoke(client, args);
                }
                return call(() -> method.invoke(client, args));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private interface Call {
    Object make() throws ReflectiveOperationException;
  }

  private Object call(Call call) throws ReflectiveOperationException, InterruptedException {
    Random random = new Random(seed * 1_000_003 + calls.incrementAndGet());
    random.nextInt();
    if (random.nextDouble() >= rate) {
      return call.make();
    }
    faults.incrementAndGet();
    return switch (random.nextInt(5)) {
      case 0 -> throw ProvisionedThroughputExceededException.builder().message("injected").build();
      case 1 -> throw lost();
      case 2 -> {
        call.make();
        throw lost();
      }
      case 3 -> {
        Thread.sleep(random.nextInt(20));
        yield call.make();
      }
      default -> {
        call.make();
        yield call.make();
      }
    };
  }

  private static RuntimeException lost() {
    return ApiCallTimeoutException.builder().message("injected").build();
  }
}
