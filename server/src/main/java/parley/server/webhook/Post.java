package parley.server.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Posts to addresses of the public internet, by https, and nowhere else.
///
/// A name is looked up once for a connection, all that it leads to must be public, and the
/// connection goes to what was looked at: whatever the name leads to a moment later changes
/// nothing. No redirect is followed, no proxy asked, no cookie kept.
final class Post implements AutoCloseable {
  private final CloseableHttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration patience;

  /// Looks a name up.
  @FunctionalInterface
  interface LookUp {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  static Post toPublicAddresses() {
    return new Post(
        SSLContexts.createSystemDefault(),
        InetAddress::getAllByName,
        PublicAddress::is,
        WebhookBounds.ANSWER);
  }

  /// For tests alone, which have endpoints on this machine, under a certificate of their own.
  static Post forTestsOnly(
      SSLContext trusted, LookUp lookUp, Predicate<InetAddress> allowed, Duration patience) {
    return new Post(trusted, lookUp, allowed, patience);
  }

  private Post(
      SSLContext trusted, LookUp lookUp, Predicate<InetAddress> allowed, Duration patience) {
    this.patience = patience;
    Timeout timeout = Timeout.of(patience);
    this.client =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new Checked(lookUp, allowed))
                    .setTlsSocketStrategy(new DefaultClientTlsStrategy(trusted))
                    .setMaxConnPerRoute(WebhookBounds.AT_ONCE)
                    .setMaxConnTotal(WebhookBounds.AT_ONCE)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(timeout)
                            .setSocketTimeout(timeout)
                            .setTimeToLive(Timeout.ofMinutes(5))
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(timeout)
                    .setResponseTimeout(timeout)
                    .setRedirectsEnabled(false)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("Parley")
            .build();
  }

  /// What came of it.
  sealed interface Answer {
    /// Somebody answered. `retryAfter` is the header of that name.
    record Status(int code, @Nullable String retryAfter) implements Answer {}

    /// Nobody did; `why` holds no address and no URL.
    record None(String why) implements Answer {}
  }

  /// Waits for the answer as long as it may take, and no longer.
  Answer post(URI url, Map<String, String> headers, byte[] body) throws InterruptedException {
    HttpPost request = new HttpPost(url);
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    Future<Answer> answer = threads.submit(() -> answer(request));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return tooSlow();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof SocketTimeoutException) {
        // The library has the same patience for each part of it, and may be a moment earlier.
        return tooSlow();
      }
      return new Answer.None(
          cause instanceof NotPublic
              ? "its name leads to an address that is not public"
              : cause == null ? "?" : cause.getClass().getSimpleName());
    } finally {
      if (!answer.isDone()) {
        request.cancel();
        answer.cancel(true);
      }
    }
  }

  private Answer tooSlow() {
    return new Answer.None("no answer within " + patience.toSeconds() + " seconds");
  }

  private Answer answer(HttpPost request) throws IOException {
    ClassicHttpResponse response = client.executeOpen(null, request, null);
    Header retryAfter = response.getFirstHeader("Retry-After");
    Answer answer =
        new Answer.Status(response.getCode(), retryAfter == null ? null : retryAfter.getValue());
    HttpEntity entity = response.getEntity();
    InputStream body = entity == null ? null : entity.getContent();
    boolean isShort =
        body == null
            || body.readNBytes(WebhookBounds.ANSWER_BYTES + 1).length <= WebhookBounds.ANSWER_BYTES;
    if (isShort) {
      // Its connection can be used again.
      response.close();
    } else {
      // Cut off with its connection: closing the answer would read all of it.
      request.cancel();
    }
    return answer;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
  }

  /// A name leads to where no request may go.
  private static final class NotPublic extends UnknownHostException {
    private static final long serialVersionUID = 1;
  }

  private record Checked(LookUp lookUp, Predicate<InetAddress> allowed) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      InetAddress[] all = lookUp.all(host);
      for (InetAddress one : all) {
        if (!allowed.test(one)) {
          throw new NotPublic();
        }
      }
      return all;
    }

    /// Nobody needs it, and it would be a look-up more.
    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
