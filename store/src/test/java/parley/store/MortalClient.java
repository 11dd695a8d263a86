package parley.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A client whose process is killed at its `n`-th write, before or after the write has happened.
/// From then on it does nothing at all.
final class MortalClient {
  /// The process is gone.
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed");
    }
  }

  private static final Set<String> WRITES = Set.of("putItem", "updateItem", "deleteItem");

  private final DynamoDbClient client;
  private final long last;
  private final boolean happens;
  private long writes;

  MortalClient(DynamoDbClient client, long last, boolean happens) {
    this.client = client;
    this.last = last;
    this.happens = happens;
  }

  /// Writes so far.
  long writes() {
    return writes;
  }

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, args) -> {
              if (writes >= last) {
                throw new Killed();
              }
              boolean write = WRITES.contains(method.getName());
              if (write && ++writes == last && !happens) {
                throw new Killed();
              }
              Object answer;
              try {
                answer = method.invoke(client, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (write && writes == last) {
                throw new Killed();
              }
              return answer;
            });
  }
}
