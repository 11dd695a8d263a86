package parley.api;

import static parley.api.ProblemCode.BODY_INCOMPLETE;
import static parley.api.ProblemCode.BODY_NOT_JSON;
import static parley.api.ProblemCode.BODY_TOO_LARGE;
import static parley.api.ProblemCode.CREDENTIALS_AMBIGUOUS;
import static parley.api.ProblemCode.INTERNAL;
import static parley.api.ProblemCode.MEDIA_TYPE_UNSUPPORTED;
import static parley.api.ProblemCode.ORIGIN_REFUSED;
import static parley.api.ProblemCode.RATE_LIMITED;
import static parley.api.ProblemCode.STORE_UNAVAILABLE;
import static parley.api.ProblemCode.TOKEN_INVALID;
import static parley.api.ProblemCode.TOKEN_MISSING;
import static parley.api.ProblemCode.VALIDATION_FAILED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One line of the table of routes: everything that is known of something that can be called.
///
/// `name` is its operation id; `request` is null where there is no body; `answer` is the type of
/// what is answered with one of `statuses`; `refusals` are all problems that it can answer.
record Route(
    String method,
    PathTemplate path,
    String name,
    String summary,
    Access access,
    RateLimit limit,
    List<Parameter<?>> parameters,
    @Nullable Class<?> request,
    Class<?> answer,
    List<Integer> statuses,
    Set<ProblemCode> refusals,
    Handler handler) {
  /// Who may call it.
  enum Access {
    ANYBODY,
    /// Whoever has a session.
    SESSION
  }

  /// What it does. `body` is null where the route takes none.
  @FunctionalInterface
  interface Handler {
    Answer<?> handle(Call call, @Nullable JsonNode body);
  }

  /// The one method that changes nothing. HEAD is answered by its routes.
  private static final String SAFE = "GET";

  boolean isSafe() {
    return method.equals(SAFE);
  }

  Route {
    parameters = List.copyOf(parameters);
    statuses = List.copyOf(statuses);
    refusals = Collections.unmodifiableSet(refusals);
  }

  static Draft<Answer.Nothing> get(String path, String name, String summary) {
    return new Draft<>(SAFE, path, name, summary, Answer.Nothing.class);
  }

  static Draft<Answer.Nothing> post(String path, String name, String summary) {
    return new Draft<>("POST", path, name, summary, Answer.Nothing.class);
  }

  static Draft<Answer.Nothing> put(String path, String name, String summary) {
    return new Draft<>("PUT", path, name, summary, Answer.Nothing.class);
  }

  static Draft<Answer.Nothing> patch(String path, String name, String summary) {
    return new Draft<>("PATCH", path, name, summary, Answer.Nothing.class);
  }

  static Draft<Answer.Nothing> delete(String path, String name, String summary) {
    return new Draft<>("DELETE", path, name, summary, Answer.Nothing.class);
  }

  /// A route that is being written: for a session and without an answer unless it says otherwise.
  static final class Draft<R> {
    private final String method;
    private final String path;
    private final String name;
    private final String summary;
    private final Class<R> answer;
    private Access access = Access.SESSION;
    private @Nullable RateLimit limit;
    private List<Integer> statuses = List.of(204);
    private final List<Parameter<?>> parameters = new ArrayList<>();
    private final Set<ProblemCode> refusals = EnumSet.of(INTERNAL);

    private Draft(String method, String path, String name, String summary, Class<R> answer) {
      this.method = method;
      this.path = path;
      this.name = name;
      this.summary = summary;
      this.answer = answer;
    }

    Draft<R> forAnybody() {
      access = Access.ANYBODY;
      return this;
    }

    /// How often it may be called. Every line says so.
    Draft<R> limited(RateLimit limit) {
      this.limit = limit;
      return this;
    }

    Draft<R> takes(Parameter<?>... parameters) {
      this.parameters.addAll(List.of(parameters));
      return this;
    }

    <S> Draft<S> answers(Class<S> answer, Integer... statuses) {
      Draft<S> draft = new Draft<>(method, path, name, summary, answer);
      draft.access = access;
      draft.limit = limit;
      draft.parameters.addAll(parameters);
      draft.refusals.addAll(refusals);
      draft.statuses = List.of(statuses);
      return draft;
    }

    /// Problems of its own, besides those that follow from what it takes and who may call it.
    Draft<R> refuses(ProblemCode... codes) {
      refusals.addAll(List.of(codes));
      return this;
    }

    /// Ends the line: no body, and what it does.
    Route by(Function<Call, Answer<R>> handler) {
      return end(null, (call, _) -> handler.apply(call));
    }

    /// Ends the line: the record that its body is, and what it does.
    <B extends Record> Route by(Class<B> request, BiFunction<Call, B, Answer<R>> handler) {
      refuses(
          BODY_NOT_JSON,
          BODY_INCOMPLETE,
          BODY_TOO_LARGE,
          MEDIA_TYPE_UNSUPPORTED,
          VALIDATION_FAILED);
      BodyReader<B> reader = new BodyReader<>(request);
      return end(
          request,
          (call, body) -> {
            if (body == null) {
              throw new IllegalStateException(name + " takes a body and was given none");
            }
            return handler.apply(call, reader.read(body));
          });
    }

    private Route end(@Nullable Class<?> request, Handler handler) {
      RateLimit limit = this.limit;
      if (limit == null) {
        throw new IllegalStateException(name + " does not say how often it may be called");
      }
      refuses(RATE_LIMITED);
      if (access == Access.SESSION) {
        refuses(TOKEN_MISSING, TOKEN_INVALID, CREDENTIALS_AMBIGUOUS, STORE_UNAVAILABLE);
        if (!method.equals(SAFE)) {
          refuses(ORIGIN_REFUSED);
        }
      }
      if (!parameters.isEmpty()) {
        refuses(VALIDATION_FAILED);
      }
      return new Route(
          method,
          PathTemplate.of(path),
          name,
          summary,
          access,
          limit,
          parameters,
          request,
          answer,
          statuses,
          refusals,
          handler);
    }
  }
}
