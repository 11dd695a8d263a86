package parley.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.SessionToken;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Claim;
import parley.messaging.event.Ticket;
import parley.messaging.message.ClientId;
import parley.messaging.message.Text;
import parley.messaging.operator.OperatorId;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.OperatorToken;
import parley.messaging.operator.Scope;
import parley.messaging.report.Reason;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/// A value of the domain that travels as a string: how it is read, how it is written, and what the
/// OpenAPI document says of it.
///
/// `parse` is null for what no request carries, `text` for what no answer carries. `asked` and
/// `told` are JSON Schema keywords in requests and in answers: requests take more forms than
/// answers give.
record Scalar<T>(
    Class<T> type,
    @Nullable Function<String, Parsed<T>> parse,
    @Nullable Function<T, String> text,
    Map<String, Object> asked,
    Map<String, Object> told) {
  /// RFC 3339 in UTC, always with three digits of milliseconds, so that texts sort like times.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final String ID = "-[a-z2-7]{26}$";

  static final List<Scalar<?>> ALL =
      List.of(
          new Scalar<>(
              Handle.class,
              Handle::parse,
              Handle::value,
              Map.of(
                  "pattern", "^[A-Za-z0-9_]{" + Limits.HANDLE_MIN + "," + Limits.HANDLE_MAX + "}$"),
              Map.of(
                  "pattern", "^[a-z0-9_]{" + Limits.HANDLE_MIN + "," + Limits.HANDLE_MAX + "}$")),
          new Scalar<>(
              DisplayName.class,
              DisplayName::parse,
              DisplayName::value,
              lengths(1, Limits.DISPLAY_NAME_CODE_POINTS),
              Map.of()),
          new Scalar<>(
              NewPassword.class,
              text -> Parsed.good(new NewPassword(text)),
              null,
              lengths(Limits.PASSWORD_MIN, Limits.PASSWORD_MAX),
              Map.of()),
          new Scalar<>(
              ProviderText.class,
              text -> Parsed.good(new ProviderText(text)),
              null,
              Map.of(),
              Map.of()),
          new Scalar<>(
              PasswordAttempt.class,
              text -> Parsed.good(new PasswordAttempt(text)),
              null,
              Map.of(),
              Map.of()),
          new Scalar<>(Transport.class, Transport::parse, null, Map.of(), Map.of()),
          new Scalar<>(Reason.class, Reason::parse, Reason::toString, Map.of(), Map.of()),
          new Scalar<>(InFolder.class, InFolder::parse, null, Map.of(), Map.of()),
          new Scalar<>(SessionToken.class, null, SessionToken::value, Map.of(), Map.of()),
          new Scalar<>(Ticket.class, null, Ticket::value, Map.of(), Map.of()),
          new Scalar<>(UserId.class, null, UserId::value, Map.of(), Map.of("pattern", "^u" + ID)),
          new Scalar<>(
              ConversationId.class,
              null,
              ConversationId::value,
              Map.of(),
              Map.of("pattern", "^c" + ID)),
          new Scalar<>(PersonRef.class, PersonRef::parse, null, Map.of(), Map.of()),
          new Scalar<>(
              ClientId.class,
              ClientId::parse,
              ClientId::toString,
              Map.of("format", "uuid"),
              Map.of("format", "uuid")),
          new Scalar<>(
              Text.class, Text::parse, Text::value, lengths(1, Limits.TEXT_CODE_POINTS), Map.of()),
          new Scalar<>(
              Argument.class,
              Argument::parse,
              null,
              Map.of("maxLength", Bounds.ARGUMENT_CHARS),
              Map.of()),
          new Scalar<>(Claim.class, Claim::parse, null, Map.of("pattern", "^e" + ID), Map.of()),
          new Scalar<>(OperatorId.class, OperatorId::parse, OperatorId::value, Map.of(), Map.of()),
          new Scalar<>(
              OperatorName.class, OperatorName::parse, OperatorName::value, Map.of(), Map.of()),
          new Scalar<>(OperatorToken.class, null, OperatorToken::value, Map.of(), Map.of()),
          new Scalar<>(Scope.class, Scope::parse, Scope::text, Map.of(), Map.of()),
          new Scalar<>(Instant.class, null, TIME::format, Map.of(), Map.of("format", "date-time")));

  private static Map<String, Object> lengths(int min, int max) {
    return Map.of("minLength", min, "maxLength", max);
  }

  /// The scalar that a Java type travels as, or null if it is none.
  static @Nullable Scalar<?> of(Class<?> type) {
    return ALL.stream().filter(scalar -> scalar.type.equals(type)).findFirst().orElse(null);
  }

  void register(SimpleModule module) {
    Function<T, String> text = this.text;
    if (text != null) {
      module.addSerializer(
          type,
          new ValueSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializationContext context) {
              json.writeString(text.apply(value));
            }
          });
    }
  }
}
