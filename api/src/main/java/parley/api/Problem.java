package parley.api;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request was refused (RFC 9457), before it has a request id.
record Problem(
    ProblemCode code,
    String detail,
    List<FieldError> errors,
    @Nullable Instant now,
    @Nullable Long lastSeq,
    List<Header> headers) {
  Problem {
    errors = List.copyOf(errors);
    headers = List.copyOf(headers);
  }

  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(ProblemCode code) {
    List<Header> headers =
        switch (code.status()) {
          case 401 ->
              List.of(
                  new Header(
                      "WWW-Authenticate",
                      code == ProblemCode.TOKEN_INVALID
                          ? "Bearer error=\"invalid_token\""
                          : "Bearer"));
          case 503 ->
              List.of(new Header("Retry-After", Integer.toString(Bounds.RETRY_AFTER_SECONDS)));
          default -> List.of();
        };
    return new Problem(code, code.detail(), List.of(), null, null, headers);
  }

  Problem detail(String detail) {
    return new Problem(code, detail, errors, now, lastSeq, headers);
  }

  Problem errors(List<FieldError> errors) {
    return new Problem(code, detail, errors, now, lastSeq, headers);
  }

  /// The one field that is at fault, with the problem's own code and words.
  Problem field(String field) {
    return errors(List.of(new FieldError(field, code.code(), detail)));
  }

  Problem now(Instant now) {
    return new Problem(code, detail, errors, now, lastSeq, headers);
  }

  Problem lastSeq(long lastSeq) {
    return new Problem(code, detail, errors, now, lastSeq, headers);
  }

  Problem header(String name, String value) {
    return new Problem(code, detail, errors, now, lastSeq, List.of(new Header(name, value)));
  }

  /// What ends the handling of the request.
  Refusal refusal() {
    return new Refusal(this);
  }

  ApiResponse response(String requestId) {
    Body body =
        new Body(
            "urn:parley:problem:" + code.code(),
            code.title(),
            code.status(),
            detail,
            code.code(),
            requestId,
            errors.isEmpty() ? null : errors,
            now,
            lastSeq);
    return new ApiResponse(
            code.status(), List.of(new Header("Content-Type", MEDIA_TYPE)), Json.write(body))
        .with(headers);
  }

  @Wire(
      name = "Problem",
      doc = "Why a request was refused (RFC 9457). Decide by code; show detail to people.")
  record Body(
      @Doc("The same for every occurrence of the same code.") String type,
      @Doc("The same for every occurrence of the same code, for people.") String title,
      @Doc("The status of the response.") int status,
      @Doc("What, why and what to do, for people.") String detail,
      @Doc("Stable, for programs.") String code,
      @Doc("Names this request in the server's log. Also in the X-Request-Id header.")
          String requestId,
      @JsonInclude(NON_NULL) @Doc("The fields that are at fault, where fields are.")
          @Nullable List<FieldError> errors,
      @JsonInclude(NON_NULL) @Doc("The server's time, where the client's clock may be wrong.")
          @Nullable Instant now,
      @JsonInclude(NON_NULL)
          @Doc("The number of the conversation's newest entry, with read_beyond_last.")
          @Nullable Long lastSeq) {}

  @Wire(name = "FieldError", doc = "One field that is at fault.")
  record FieldError(
      @Doc("Its name, such as text or participants[0]; empty for the body as a whole.")
          String field,
      @Doc("Stable, for programs.") String code,
      @Doc("What, why and what to do, for people.") String message) {}
}
