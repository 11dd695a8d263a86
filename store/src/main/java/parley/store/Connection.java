package parley.store;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// The clients of one engine: for the table, and for its change stream; and how many tries of
/// theirs had to be made again.
public record Connection(DynamoDbClient client, DynamoDbStreamsClient streams, LongAdder retries)
    implements AutoCloseable {
  /// One try of one request. No item here is large, so a longer one is a lost one.
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  /// A request with all its retries.
  private static final Duration CALL = Duration.ofSeconds(7);

  private static final int CONNECTIONS = 128;

  /// Clients that are there already.
  public static Connection of(DynamoDbClient client, DynamoDbStreamsClient streams) {
    return new Connection(client, streams, new LongAdder());
  }

  /// Clients over the network: of the service, or of whatever speaks its API at `endpoint`.
  ///
  /// @throws Unreachable if they cannot even be made, for want of a region, say
  public static Connection to(@Nullable URI endpoint, @Nullable String region) {
    try {
      return connected(endpoint, region, null);
    } catch (SdkException e) {
      throw new Unreachable(endpoint == null ? "Amazon DynamoDB" : endpoint.toString(), e);
    }
  }

  /// Clients of an embedded engine of another process on this machine, which asks for no
  /// credentials: those of the person are for other tables, and stay here.
  public static Connection toGate(URI endpoint) {
    return connected(
        endpoint,
        Region.US_EAST_1.id(),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("parley", "parley")));
  }

  private static Connection connected(
      @Nullable URI endpoint,
      @Nullable String region,
      @Nullable AwsCredentialsProvider credentials) {
    // A builder each: a client closes only a connection pool that it made itself.
    var http =
        Apache5HttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(ATTEMPT)
            .socketTimeout(ATTEMPT);
    LongAdder retries = new LongAdder();
    ClientOverrideConfiguration bounds =
        ClientOverrideConfiguration.builder()
            .apiCallAttemptTimeout(ATTEMPT)
            .apiCallTimeout(CALL)
            .retryStrategy(RetryMode.STANDARD)
            .addExecutionInterceptor(new RetryCounter(retries))
            .build();
    var client = DynamoDbClient.builder().httpClientBuilder(http).overrideConfiguration(bounds);
    var streams =
        DynamoDbStreamsClient.builder().httpClientBuilder(http).overrideConfiguration(bounds);
    if (endpoint != null) {
      client.endpointOverride(endpoint);
      streams.endpointOverride(endpoint);
    }
    if (region != null) {
      client.region(Region.of(region));
      streams.region(Region.of(region));
    }
    if (credentials != null) {
      client.credentialsProvider(credentials);
      streams.credentialsProvider(credentials);
    }
    return new Connection(client.build(), streams.build(), retries);
  }

  @Override
  public void close() {
    client.close();
    streams.close();
  }
}
