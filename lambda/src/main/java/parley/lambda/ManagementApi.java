package parley.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import parley.api.Live;
import parley.messaging.StoreUnavailable;
import parley.messaging.event.Ending;
import parley.messaging.event.Event;
import parley.messaging.event.Gateway;
import parley.messaging.event.Link;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Speaks to connections through API Gateway's management API: two signed requests, by the parts of
/// the SDK that the table's client has loaded already.
final class ManagementApi implements Gateway {
  /// Tries of one request. It may arrive twice: clients drop what they have.
  private static final int ATTEMPTS = 2;

  private static final int GONE = 410;

  private final URI endpoint;
  private final String region;
  private final AwsCredentialsProvider credentials;
  private final Supplier<Live> live;

  /// One try: a connection that takes longer is not waited for.
  private final int attempt_ms;

  private final SdkHttpClient http;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /// `live` is asked only when there is somebody to speak to.
  ManagementApi(
      URI endpoint,
      String region,
      AwsCredentialsProvider credentials,
      Supplier<Live> live,
      Duration attempt) {
    this.endpoint = endpoint;
    this.region = region;
    this.credentials = credentials;
    this.live = live;
    this.attempt_ms = Math.toIntExact(attempt.toMillis());
    this.http = UrlConnectionHttpClient.create(this::connection);
  }

  /// Not by the builder, which reads every certificate that Java trusts, though most batches have
  /// nobody to tell.
  private HttpURLConnection connection(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(attempt_ms);
      connection.setReadTimeout(attempt_ms);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Delivery send(Link link, Event event) {
    try {
      return ask(SdkHttpMethod.POST, link, live.get().write(event, link.user()));
    } catch (StoreUnavailable e) {
      // Who wrote it cannot be looked up just now.
      return Delivery.FAILED;
    }
  }

  @Override
  public void end(Link link, Ending why) {
    if (ask(SdkHttpMethod.POST, link, Live.write(why)) != Delivery.GONE) {
      // One that stays open all the same is told nothing more, and finds out at its next ping.
      ask(SdkHttpMethod.DELETE, link, new byte[0]);
    }
  }

  private Delivery ask(SdkHttpMethod method, Link link, byte[] body) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        int status = status(method, link, body);
        if (status / 100 == 2) {
          return Delivery.TAKEN;
        }
        if (status == GONE) {
          return Delivery.GONE;
        }
      } catch (IOException | UncheckedIOException | SdkException e) {
        // Once more, and then it is left to find out by itself.
      }
    }
    return Delivery.FAILED;
  }

  private int status(SdkHttpMethod method, Link link, byte[] body) throws IOException {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(method)
            .uri(endpoint)
            .encodedPath(
                endpoint.getRawPath() + "/@connections/" + SdkHttpUtils.urlEncode(link.name()))
            .putHeader("Content-Type", "application/json")
            .putHeader("Content-Length", Integer.toString(body.length))
            .build();
    SignedRequest signed =
        signer.sign(r ->
            r.identity(credentials.resolveCredentials())
                .request(request)
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpExecuteRequest.Builder call = HttpExecuteRequest.builder().request(signed.request());
    signed.payload().ifPresent(call::contentStreamProvider);
    HttpExecuteResponse response = http.prepareRequest(call.build()).call();
    response.responseBody().ifPresent(ManagementApi::drain);
    return response.httpResponse().statusCode();
  }

  /// Read to its end, the connection to the gateway can be used again.
  private static void drain(AbortableInputStream body) {
    try (body) {
      body.skipNBytes(body.available());
    } catch (IOException e) {
      body.abort();
    }
  }
}
