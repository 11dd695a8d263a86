package parley.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Clients of AWS as functions use them: all that the SDK would look for is said, so that it looks
/// for nothing; and every wait has a bound.
final class Clients {
  /// To be connected, of each of three tries.
  private static final Duration CONNECT = Duration.ofSeconds(1);

  /// To be answered. No item here is large, so an answer that takes longer is lost. The bound is
  /// the socket's: the SDK's own timers would be threads that every request wakes.
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private Clients() {}

  static DynamoDbClient dynamoDb(Environment environment) {
    return prepared(DynamoDbClient.builder(), environment).build();
  }

  /// A builder that knows region, credentials, transport and bounds.
  static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B prepared(
      B builder, Environment environment) {
    return builder
        .region(Region.of(environment.region()))
        .credentialsProvider(credentials(environment))
        .httpClient(UrlConnectionHttpClient.create(Clients::connection))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder().retryStrategy(RetryMode.STANDARD).build());
  }

  /// Not by the builder, which reads every certificate that Java trusts before the first request,
  /// whether that goes by TLS or not.
  private static HttpURLConnection connection(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
      connection.setReadTimeout(Math.toIntExact(ANSWER.toMillis()));
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Those of the function's role: Lambda hands them over as variables, or, to a function that
  /// starts from a snapshot, at an address, so that they are not as old as the snapshot.
  static AwsCredentialsProvider credentials(Environment environment) {
    @Nullable String address = environment.optional("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    return address == null
        ? EnvironmentVariableCredentialsProvider.create()
        : ContainerCredentialsProvider.create();
  }
}
