package parley.api;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.Secret;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.Authenticated;
import parley.messaging.account.SessionToken;
import parley.messaging.account.Sessions;
import parley.messaging.account.TooBusy;
import tools.jackson.databind.JsonNode;

/// The contract, for any host: a request goes in, a response comes out, and nothing is thrown.
///
/// In this order: is there such a route, who calls it, what do they send, what became of it. So
/// nobody who is not signed in makes this read a body.
public final class Api {
  private static final System.Logger LOG = System.getLogger(Api.class.getName());
  private static final Pattern BEARER =
      Pattern.compile("bearer +([^ ]+) *", Pattern.CASE_INSENSITIVE);
  private static final Pattern JSON =
      Pattern.compile(
          "application/json(\\s*;\\s*charset=(utf-8|\"utf-8\"))?\\s*", Pattern.CASE_INSENSITIVE);

  private final Routes routes;
  private final Sessions sessions;

  public Api(UseCases useCases, Secret secret, Readiness readiness) {
    this.sessions = useCases.sessions();
    this.routes = Routes.of(useCases, secret, readiness);
  }

  /// Answers one request.
  public ApiResponse handle(ApiRequest request) {
    String requestId = RequestId.of(request);
    ApiResponse response = answer(request, requestId);
    return finished(
        request.method().equals("HEAD") ? response.withoutBody() : response,
        request.path(),
        requestId);
  }

  /// Answers a request that the host refuses by itself, since it cannot be given to [#handle].
  public ApiResponse refuse(HostRefusal refusal, List<Header> headers) {
    String requestId = RequestId.of(headers);
    if (refusal == HostRefusal.INTERNAL) {
      LOG.log(ERROR, requestId + ": the host failed; what it logged beside this says why");
    }
    return finished(Problem.of(refusal.code()).response(requestId), "/", requestId);
  }

  private ApiResponse answer(ApiRequest request, String requestId) {
    String where = request.method();
    try {
      Routes.Match match = routes.match(request.method(), request.path());
      Route route = match.route();
      where = route.method() + " " + route.path().text();
      Authenticated caller = route.access() == Route.Access.SESSION ? caller(request) : null;
      Call call =
          new Call(caller, match.filling(), Query.parse(request.query(), route.parameters()));
      JsonNode body = route.request() == null ? null : body(request);
      return rendered(route, route.handler().handle(call, body));
    } catch (Refusal refusal) {
      return refusal.problem().response(requestId);
    } catch (TooBusy e) {
      return Problem.of(ProblemCode.TOO_BUSY).response(requestId);
    } catch (StoreUnavailable e) {
      LOG.log(WARNING, requestId + " " + where + ": the store is unavailable", e);
      return Problem.of(ProblemCode.STORE_UNAVAILABLE).response(requestId);
    } catch (RuntimeException e) {
      LOG.log(ERROR, requestId + " " + where + " failed", e);
      return Problem.of(ProblemCode.INTERNAL).response(requestId);
    }
  }

  private Authenticated caller(ApiRequest request) {
    List<String> given = request.all("Authorization");
    if (given.isEmpty()) {
      throw Problem.of(ProblemCode.TOKEN_MISSING).refusal();
    }
    var bearer = BEARER.matcher(given.getFirst());
    Authenticated caller =
        given.size() == 1
                && bearer.matches()
                && SessionToken.parse(bearer.group(1))
                    instanceof Parsed.Good<SessionToken>(SessionToken token)
            ? sessions.who(token)
            : null;
    if (caller == null) {
      throw Problem.of(ProblemCode.TOKEN_INVALID).refusal();
    }
    return caller;
  }

  private static JsonNode body(ApiRequest request) {
    String mediaType = request.only("Content-Type");
    if (mediaType == null || !JSON.matcher(mediaType).matches() || isEncoded(request)) {
      throw Problem.of(ProblemCode.MEDIA_TYPE_UNSUPPORTED).refusal();
    }
    byte @Nullable [] body;
    try {
      body = request.body().read(Bounds.BODY_BYTES);
    } catch (IOException e) {
      throw Problem.of(ProblemCode.BODY_INCOMPLETE).refusal();
    }
    if (body == null) {
      throw Problem.of(ProblemCode.BODY_TOO_LARGE).refusal();
    }
    return Json.read(body);
  }

  private static boolean isEncoded(ApiRequest request) {
    return request.all("Content-Encoding").stream()
        .anyMatch(encoding -> !encoding.strip().toLowerCase(Locale.ROOT).equals("identity"));
  }

  private static ApiResponse rendered(Route route, Answer<?> answer) {
    if (!route.statuses().contains(answer.status())) {
      throw new IllegalStateException(
          route.name() + " answered " + answer.status() + ", which its line does not say");
    }
    Object body = answer.body();
    return body == null
        ? new ApiResponse(answer.status(), List.of(), new byte[0])
        : new ApiResponse(
            answer.status(),
            List.of(new Header("Content-Type", "application/json")),
            Json.write(body));
  }

  private static ApiResponse finished(ApiResponse response, String path, String requestId) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header(RequestId.HEADER, requestId));
    headers.add(new Header("X-Content-Type-Options", "nosniff"));
    // The document may be kept, if it is asked for again each time; nothing else may.
    headers.add(
        new Header("Cache-Control", path.equals(MetaRoutes.OPENAPI) ? "no-cache" : "no-store"));
    return response.with(headers);
  }
}
