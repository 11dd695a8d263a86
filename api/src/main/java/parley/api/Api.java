package parley.api;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.TooBusy;
import tools.jackson.databind.JsonNode;

/// The contract, for any host: a request goes in, a response comes out, and nothing is thrown.
///
/// In this order: is there such a route, does its limit let this address in, who calls it, does the
/// limit let this account in, what do they send, what became of it. So nobody who is not signed in
/// makes this read a body.
public final class Api {
  private static final System.Logger LOG = System.getLogger(Api.class.getName());
  private static final Pattern JSON =
      Pattern.compile(
          "application/json(\\s*;\\s*charset=(utf-8|\"utf-8\"))?\\s*", Pattern.CASE_INSENSITIVE);

  private final Routes routes;
  private final Callers callers;
  private final Origins origins;
  private final CommonHeaders common;
  private final Traffic traffic;
  private final Live live;

  /// `origins` says whose pages may call it from a browser, `traffic` how much each may do.
  public Api(
      UseCases useCases, Secret secret, Readiness readiness, Origins origins, Traffic traffic) {
    this(useCases, secret, readiness, origins, traffic, new Demo());
  }

  /// The same, with people to try it as.
  public Api(
      UseCases useCases,
      Secret secret,
      Readiness readiness,
      Origins origins,
      Traffic traffic,
      Demo demo) {
    SessionCookie cookie = new SessionCookie(origins.isSecure());
    this.routes = Routes.of(useCases, secret, readiness, cookie, demo);
    this.callers = new Callers(useCases.sessions(), cookie);
    this.origins = origins;
    this.common = new CommonHeaders(origins);
    this.traffic = traffic;
    this.live = new Live(useCases.tickets(), callers, origins, useCases.accounts());
  }

  /// Answers one request.
  public ApiResponse handle(ApiRequest request) {
    String requestId = RequestId.of(request);
    ApiResponse preflight = common.preflight(request);
    Admission admission = traffic.of(request);
    ApiResponse response =
        preflight == null
            ? answer(request, admission, requestId).with(admission.headers())
            : preflight;
    return finished(
        request.method().equals("HEAD") ? response.withoutBody() : response,
        request.path(),
        request.headers(),
        requestId);
  }

  /// Answers a request that the host refuses by itself, since it cannot be given to [#handle].
  public ApiResponse refuse(HostRefusal refusal, List<Header> headers) {
    String requestId = RequestId.of(headers);
    if (refusal == HostRefusal.INTERNAL) {
      LOG.log(ERROR, requestId + ": the host failed; what it logged beside this says why");
    }
    return finished(Problem.of(refusal.code()).response(requestId), "/", headers, requestId);
  }

  /// What browsers that come by https are told of it; nothing where they do not.
  public List<Header> transportSecurity() {
    return CommonHeaders.transportSecurity(origins);
  }

  /// What goes over connections.
  public Live live() {
    return live;
  }

  /// Answers a request for a connection at [Live#PATH]: GET, with an upgrade to a WebSocket.
  public Connecting connect(ApiRequest request) {
    String requestId = RequestId.of(request);
    Admission admission = traffic.of(request);
    try {
      admission.admit(RateLimit.GENERAL);
      return new Connecting.Welcome(live.who(request).session());
    } catch (RuntimeException e) {
      ApiResponse response = failed(e, "GET " + Live.PATH, requestId).with(admission.headers());
      return new Connecting.Refused(
          finished(response, request.path(), request.headers(), requestId));
    }
  }

  private ApiResponse answer(ApiRequest request, Admission admission, String requestId) {
    String where = request.method();
    try {
      Routes.Match match = routes.match(request.method(), request.path());
      Route route = match.route();
      where = route.method() + " " + route.path().text();
      admission.admit(route.limit());
      boolean own = origins.isOwn(request);
      Caller caller =
          route.access() == Route.Access.SESSION
              ? callers.caller(request, route.isSafe(), own)
              : null;
      if (caller != null) {
        admission.admit(route.limit(), caller.who().account().id());
      }
      Query query = Query.parse(request.query(), route.parameters());
      Call call =
          new Call(caller, match.filling(), query, own, request.isFromThisMachine(), admission);
      JsonNode body = route.request() == null ? null : body(request);
      return rendered(route, route.handler().handle(call, body));
    } catch (RuntimeException e) {
      return failed(e, where, requestId);
    }
  }

  private static ApiResponse failed(RuntimeException fault, String where, String requestId) {
    return switch (fault) {
      case Refusal refusal -> refusal.problem().response(requestId);
      case TooBusy _ -> Problem.of(ProblemCode.TOO_BUSY).response(requestId);
      case StoreUnavailable _ -> {
        LOG.log(WARNING, requestId + " " + where + ": the store is unavailable", fault);
        yield Problem.of(ProblemCode.STORE_UNAVAILABLE).response(requestId);
      }
      default -> {
        LOG.log(ERROR, requestId + " " + where + " failed", fault);
        yield Problem.of(ProblemCode.INTERNAL).response(requestId);
      }
    };
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
    ApiResponse response =
        body == null
            ? new ApiResponse(answer.status(), List.of(), new byte[0])
            : new ApiResponse(
                answer.status(),
                List.of(new Header("Content-Type", "application/json")),
                Json.write(body));
    return answer.headers().isEmpty() ? response : response.with(answer.headers());
  }

  private ApiResponse finished(
      ApiResponse response, String path, List<Header> asked, String requestId) {
    List<Header> headers = new ArrayList<>(common.of(asked));
    headers.add(new Header(RequestId.HEADER, requestId));
    // The document may be kept, if it is asked for again each time; nothing else may.
    headers.add(
        new Header("Cache-Control", path.equals(MetaRoutes.OPENAPI) ? "no-cache" : "no-store"));
    return response.with(headers);
  }
}
