package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.host.Variables;
import parley.messaging.Limits;

/// Several instances of functions and one cache between them: what they show of people, and that
/// nobody gets further by it.
class SharedCacheTest {
  private CacheServer server;
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    server = CacheServer.start();
    rig = new Rig().with(Variables.CACHE, server.url.toString());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private HttpFunction instance() {
    return new HttpFunction(rig.assembly());
  }

  private static Fields ask(HttpFunction function, Asked asked, int status) {
    Fields answer = FieldsTest.read(Rig.invoke(function, asked.event()));
    assertThat(answer.number("statusCode").intValueExact())
        .as(answer.text("body"))
        .isEqualTo(status);
    String body = answer.required("body");
    return body.isEmpty() ? Fields.NONE : FieldsTest.read(body);
  }

  private static String signUp(HttpFunction function, String handle) {
    return ask(
            function,
            new Asked("POST", "/api/accounts")
                .json(
                    "{\"handle\":\"%s\",\"displayName\":\"%s\",\"password\":\"violets are bluish\"}"
                        .formatted(handle, handle)),
            201)
        .required("token");
  }

  private static Asked search(String token) {
    return new Asked("GET", "/api/accounts").query("prefix=anna").token(token);
  }

  private static String nameSeen(HttpFunction function, String token) {
    return ask(function, search(token), 200).objects("items").getFirst().required("displayName");
  }

  private static void rename(HttpFunction function, String token, String name) {
    var _ =
        ask(
            function,
            new Asked("PATCH", "/api/me").json("{\"displayName\":\"" + name + "\"}").token(token),
            200);
  }

  private Fields lastLine() {
    return FieldsTest.read(rig.printed().getLast());
  }

  @Test
  void instancesFindWhatOthersRead() {
    HttpFunction first = instance();
    String anna = signUp(first, "anna");
    String bert = signUp(first, "bert");
    assertThat(nameSeen(instance(), bert)).isEqualTo("anna");
    assertThat(lastLine().number("CacheMisses")).isEqualTo(BigDecimal.ONE);
    assertThat(lastLine().object("units").number("profiles")).isNotNull();
    assertThat(nameSeen(instance(), bert)).isEqualTo("anna");
    assertThat(lastLine().number("CacheHits")).isEqualTo(BigDecimal.ONE);
    assertThat(lastLine().object("units").number("profiles")).isNull();
    assertThat(lastLine().object("memory").number("misses")).isNotNull();
    assertThat(rig.printed()).noneMatch(line -> line.contains("127.0.0.1"));
    // Who has changed is forgotten by whoever changed them.
    rename(first, anna, "Anna the First");
    assertThat(nameSeen(instance(), bert)).isEqualTo("Anna the First");
  }

  /// Somebody changed without the cache having heard of it, as where it did not answer then.
  @Test
  void theChangeStreamForgetsWhoChanged() {
    HttpFunction first = instance();
    String anna = signUp(first, "anna");
    String bert = signUp(first, "bert");
    HttpFunction second = instance();
    assertThat(nameSeen(second, bert)).isEqualTo("anna");
    rig.with(Variables.CACHE, "");
    rename(instance(), anna, "Anna Later");
    rig.with(Variables.CACHE, server.url.toString());
    assertThat(nameSeen(instance(), bert)).isEqualTo("anna");
    StreamFunction stream = new StreamFunction(rig.assembly());
    assertThat(Rig.invoke(stream, Shard.event(Shard.records(rig.table.name()))))
        .isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(lastLine().number("CacheFailures")).isEqualTo(BigDecimal.ZERO);
    assertThat(nameSeen(instance(), bert)).isEqualTo("Anna Later");
    rig.clock.advance(Limits.ACCOUNT_STALENESS);
    assertThat(nameSeen(second, bert)).isEqualTo("Anna Later");
  }

  /// What is shared is never what decides: without a word from the stream, sessions end on time.
  @Test
  void sessionsEndOnTimeWhateverIsShared() {
    HttpFunction first = instance();
    String anna = signUp(first, "anna");
    String bert = signUp(first, "bert");
    HttpFunction second = instance();
    assertThat(nameSeen(second, bert)).isEqualTo("anna");
    assertThat(nameSeen(instance(), bert)).isEqualTo("anna");
    Asked me = new Asked("GET", "/api/me").token(anna);
    // Anna is let in where she is only known from the cache so far.
    HttpFunction third = instance();
    assertThat(nameSeen(third, bert)).isEqualTo("anna");
    var _ = ask(third, me, 200);
    var _ = ask(first, new Asked("DELETE", "/api/sessions").token(anna), 204);
    rig.clock.advance(Limits.ACCOUNT_STALENESS);
    var _ = ask(third, me, 401);
    var _ = ask(second, me, 401);
    var _ = ask(instance(), me, 401);
  }

  @Test
  void everythingWorksWithoutIt() throws IOException {
    HttpFunction first = instance();
    String anna = signUp(first, "anna");
    String bert = signUp(first, "bert");
    HttpFunction second = instance();
    assertThat(nameSeen(second, bert)).isEqualTo("anna");
    server.close();
    rename(first, anna, "Anna Alone");
    rig.clock.advance(Limits.ACCOUNT_STALENESS);
    assertThat(nameSeen(second, bert)).isEqualTo("Anna Alone");
    assertThat(nameSeen(instance(), bert)).isEqualTo("Anna Alone");
    assertThat(lastLine().number("CacheFailures").intValue()).isPositive();
    StreamFunction stream = new StreamFunction(rig.assembly());
    assertThat(Rig.invoke(stream, Shard.event(Shard.records(rig.table.name()))))
        .isEqualTo("{\"batchItemFailures\":[]}");
  }

  /// A function that is told of no cache has nothing to load for it.
  @Test
  void withoutOneNothingIsShared() {
    rig.with(Variables.CACHE, "");
    assertThat(rig.assembly().shared()).isNotInstanceOf(SharedPeople.class);
    var _ = signUp(instance(), "anna");
    assertThat(rig.printed().getLast()).doesNotContain("CacheHits");
  }
}
