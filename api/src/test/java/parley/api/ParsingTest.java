package parley.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Parsed;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.UserId;

/// Bodies and queries are taken strictly, and times are written in one form only.
class ParsingTest {
  private static <T> T body(Class<T> type, String json) {
    return new BodyReader<>(type).read(Json.read(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> faults(Runnable parsing) {
    Refusal refusal = Objects.requireNonNull(catchThrowableOfType(Refusal.class, parsing::run));
    assertThat(refusal.problem().code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
    return refusal.problem().errors().stream()
        .map(error -> error.field() + " " + error.code())
        .toList();
  }

  @Test
  void aBodyBecomesValuesOfTheDomain() {
    assertThat(body(SessionRoutes.SignIn.class, "{\"password\":\"p\",\"handle\":\"Anna\"}"))
        .isEqualTo(new SessionRoutes.SignIn(new Handle("anna"), new PasswordAttempt("p"), null));
    assertThat(body(ConversationRoutes.ReadMark.class, "{\"seq\":12}").seq()).isEqualTo(12);
    UserId id = UserId.of(new byte[32]);
    assertThat(
            body(ConversationRoutes.Opening.class, "{\"participants\":[\"bob\",\"" + id + "\"]}")
                .participants())
        .containsExactly(new PersonRef.ByHandle(new Handle("bob")), new PersonRef.ById(id));
  }

  @Test
  void whatMayBeLeftOutMay() {
    assertThat(body(AccountRoutes.AccountChange.class, "{}").displayName()).isNull();
    assertThat(body(AccountRoutes.AccountChange.class, "{\"displayName\":\" A \"}").displayName())
        .isEqualTo(new DisplayName("A"));
    assertThat(faults(() -> body(AccountRoutes.AccountChange.class, "{\"displayName\":null}")))
        .containsExactly("displayName wrong_type");
  }

  @Test
  void aTokenTravelsOneWayOrTheOther() {
    String signIn = "{\"password\":\"p\",\"handle\":\"anna\",\"transport\":\"%s\"}";
    assertThat(body(SessionRoutes.SignIn.class, signIn.formatted("cookie")).transport())
        .isEqualTo(Transport.COOKIE);
    assertThat(faults(() -> body(SessionRoutes.SignIn.class, signIn.formatted("COOKIE"))))
        .containsExactly("transport transport_unknown");
  }

  @Test
  void aFieldThatJavaReservesTravelsUnderItsOwnName() {
    assertThat(
            body(AccountRoutes.PasswordChange.class, "{\"current\":\"a\",\"new\":\"b\"}")
                .next()
                .value())
        .isEqualTo("b");
    assertThat(
            faults(() ->
                body(AccountRoutes.PasswordChange.class, "{\"current\":\"a\",\"next\":\"b\"}")))
        .containsExactly("new missing", "next unknown_field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "1.0", "1e2", "true", "null", "[1]", "{}"})
  void aWholeNumberIsOne(String seq) {
    assertThat(faults(() -> body(ConversationRoutes.ReadMark.class, "{\"seq\":" + seq + "}")))
        .containsExactly("seq wrong_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1000000000000", "9223372036854775808"})
  void aWholeNumberHasBounds(String seq) {
    assertThat(faults(() -> body(ConversationRoutes.ReadMark.class, "{\"seq\":" + seq + "}")))
        .containsExactly("seq out_of_range");
  }

  @Test
  void eachPlaceOfAListIsNamed() {
    assertThat(
            faults(() ->
                body(
                    ConversationRoutes.Opening.class,
                    "{\"participants\":[\"bob\",1,\"not a handle\"]}")))
        .containsExactly("participants[1] wrong_type", "participants[2] person_invalid");
    assertThat(faults(() -> body(ConversationRoutes.Opening.class, "{\"participants\":\"bob\"}")))
        .containsExactly("participants wrong_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"a\"", "1", "null", "true"})
  void aBodyIsAnObject(String json) {
    assertThat(faults(() -> body(SessionRoutes.SignIn.class, json))).containsExactly(" wrong_type");
  }

  @Test
  void unknownNamesAreRepeatedSafely() {
    String name = "🙂" + "x".repeat(500);
    Refusal refusal =
        Objects.requireNonNull(
            catchThrowableOfType(
                Refusal.class,
                () -> body(AccountRoutes.AccountChange.class, "{\"" + name + "\":1}")));
    assertThat(refusal.problem().errors().getFirst().field()).isEqualTo("🙂" + "x".repeat(63));
    // Half a surrogate pair could not be repeated; as a name it is no JSON here.
    assertThat(
            catchThrowableOfType(
                Refusal.class, () -> body(AccountRoutes.AccountChange.class, "{\"\\ud800x\":1}")))
        .hasMessage("body_not_json");
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 1000; i++) {
      many.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":1");
    }
    assertThat(faults(() -> body(AccountRoutes.AccountChange.class, many + "}")))
        .hasSize(Bounds.ERRORS_TOLD);
  }

  // Queries.

  private static final Parameter<Long> LIMIT = Parameter.wholeNumber("limit", 1, 50, 20L, "");
  private static final Parameter<Long> AFTER =
      Parameter.wholeNumber("after", 0, Bounds.SEQ_MAX, null, "");
  private static final Parameter<String> PREFIX =
      Parameter.required("prefix", Parsed::good, Map.of(), "");

  private static <T> @Nullable T query(String raw, Parameter<T> parameter) {
    return new Call(
            null,
            "",
            Query.parse(raw, List.of(parameter)),
            Table.request("GET", "/"),
            false,
            true,
            new Admission(RateLimits.off(), ""))
        .find(parameter);
  }

  @Test
  void aQueryIsDecodedAndItsUnknownPartsIgnored() {
    assertThat(query("", LIMIT)).isEqualTo(20);
    assertThat(query("limit=7", LIMIT)).isEqualTo(7);
    assertThat(query("x=%zz&limit=50&limits=1&&y", LIMIT)).isEqualTo(50);
    assertThat(query("%6Cimit=%37", LIMIT)).isEqualTo(7);
    assertThat(query("after=0", AFTER)).isEqualTo(0);
    assertThat(query("", AFTER)).isNull();
    assertThat(query("prefix=a%20b+c%C3%A9", PREFIX)).isEqualTo("a b cé");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "51", "-1", "+5", "5.0", "0x5", "٣", "99999999999999999999"})
  void aLimitIsAWholeNumberInItsRange(String limit) {
    assertThat(faults(() -> query("limit=" + percent(limit), LIMIT)))
        .containsExactly("limit out_of_range");
  }

  private static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void otherFaultsOfAQueryAreNamed() {
    assertThat(faults(() -> query("", PREFIX))).containsExactly("prefix missing");
    assertThat(faults(() -> query("limit=1&limit=1", LIMIT))).containsExactly("limit repeated");
    for (String wrong : List.of("%", "%4", "%zz", "%FF", "%C3", "é")) {
      assertThat(faults(() -> query("prefix=" + wrong, PREFIX))).containsExactly("prefix encoding");
    }
  }

  // Times.

  @Test
  void aTimeHasThreeDigitsOfMillisecondsAndIsInUtc() {
    assertThat(time("2026-11-22T12:34:56Z")).isEqualTo("2026-11-22T12:34:56.000Z");
    assertThat(time("2026-11-22T12:34:56.7Z")).isEqualTo("2026-11-22T12:34:56.700Z");
    assertThat(time("2026-11-22T12:34:56.789999Z")).isEqualTo("2026-11-22T12:34:56.789Z");
    assertThat(time("2026-11-22T12:34:56.78+05:30")).isEqualTo("2026-11-22T07:04:56.780Z");
    assertThat(time("1970-01-01T00:00:00Z")).isEqualTo("1970-01-01T00:00:00.000Z");
  }

  private static String time(String text) {
    String json =
        new String(
            Json.write(Map.of("at", OffsetDateTime.parse(text).toInstant())),
            StandardCharsets.UTF_8);
    return json.substring("{\"at\":\"".length(), json.length() - 2);
  }
}
