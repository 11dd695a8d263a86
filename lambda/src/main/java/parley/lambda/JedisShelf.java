package parley.lambda;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;

/// Valkey or Redis. The only class that knows the library: a function that is told of no cache does
/// not load it.
///
/// Commands of one name each, many at once: a server that deals names out among several (as
/// ElastiCache Serverless does) refuses commands of several names.
final class JedisShelf implements Shelf {
  private final RedisClient client;

  /// Connects to nobody yet.
  ///
  /// @param wait for a connection, a place among the connections, or an answer
  JedisShelf(URI server, Duration wait) {
    int wait_ms = Math.toIntExact(wait.toMillis());
    this.client =
        RedisClient.builder()
            .hostAndPort(JedisURIHelper.getHostAndPort(server))
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .connectionTimeoutMillis(wait_ms)
                    .socketTimeoutMillis(wait_ms)
                    .sslOptions(
                        JedisURIHelper.isRedisSSLScheme(server) ? SslOptions.defaults() : null)
                    .user(JedisURIHelper.getUser(server))
                    .password(JedisURIHelper.getPassword(server))
                    // Nothing is said before the first command but who asks, if that is needed.
                    .protocol(RedisProtocol.RESP2)
                    .autoNegotiateProtocol(false)
                    .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                    .build())
            .poolConfig(pool(wait))
            .build();
  }

  /// Without a thread that looks after idle connections: a frozen instance would not run it.
  private static ConnectionPoolConfig pool(Duration wait) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CacheBounds.CONNECTIONS);
    pool.setMaxIdle(CacheBounds.CONNECTIONS);
    pool.setMinIdle(0);
    pool.setMaxWait(wait);
    pool.setTestWhileIdle(false);
    pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
    pool.setJmxEnabled(false);
    return pool;
  }

  @Override
  public List<@Nullable String> get(List<String> names) {
    try (AbstractPipeline pipeline = client.pipelined()) {
      List<Response<String>> answers = names.stream().map(pipeline::get).toList();
      pipeline.sync();
      return answers.stream().<@Nullable String>map(Response::get).toList();
    }
  }

  @Override
  public void putIfAbsent(Map<String, String> texts, Duration life) {
    SetParams absent = SetParams.setParams().nx().px(life.toMillis());
    try (AbstractPipeline pipeline = client.pipelined()) {
      List<Response<String>> answers =
          texts.entrySet().stream()
              .map(text -> pipeline.set(text.getKey(), text.getValue(), absent))
              .toList();
      pipeline.sync();
      answers.forEach(Response::get);
    }
  }

  @Override
  public void put(Collection<String> names, String text, Duration life) {
    SetParams any = SetParams.setParams().px(life.toMillis());
    try (AbstractPipeline pipeline = client.pipelined()) {
      List<Response<String>> answers =
          names.stream().map(name -> pipeline.set(name, text, any)).toList();
      pipeline.sync();
      answers.forEach(Response::get);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
