package parley.api;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.TooBusy;
import parley.messaging.export.Download;
import tools.jackson.databind.JsonNode;

/// The contract, for any host: a request goes in, a response comes out, and nothing is thrown.
///
/// In this order: is there such a route, does its limit let this address in, who calls it, does the
/// limit let this account in, what do they send, what became of it. So nobody who is not signed in
/// makes this read a body.
public final class Api implements Contract {
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
  private volatile Observer observer = Observer.NONE;

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
    // Without providers there is nothing to time.
    this(useCases, secret, readiness, origins, traffic, demo, Providers.NONE, () -> Instant.EPOCH);
  }

  /// The same, with identity providers to sign in with.
  public Api(
      UseCases useCases,
      Secret secret,
      Readiness readiness,
      Origins origins,
      Traffic traffic,
      Demo demo,
      Providers providers,
      InstantSource clock) {
    SessionCookie cookie = new SessionCookie(origins.isSecure());
    this.routes =
        Routes.of(
            useCases,
            secret,
            readiness,
            cookie,
            demo,
            new ProviderRoutes(
                providers,
                useCases.sessions(),
                cookie,
                new SignInCookie(origins.isSecure(), secret, clock),
                origins),
            providers);
    this.callers =
        new Callers(
            useCases.sessions(), cookie, new ProviderTokens(providers, useCases.sessions()));
    this.origins = origins;
    this.common = new CommonHeaders(origins);
    this.traffic = traffic;
    this.live =
        new Live(useCases.tickets(), callers, origins, useCases.accounts(), useCases.vanishing());
  }

  /// From here on, `observer` is told of every answer.
  public void tell(Observer observer) {
    this.observer = observer;
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    String requestId = RequestId.of(request);
    return RequestId.during(requestId, () -> handle(request, requestId));
  }

  private ApiResponse handle(ApiRequest request, String requestId) {
    Sighting sighting = new Sighting(request.method());
    ApiResponse preflight = common.preflight(request);
    Admission admission = traffic.of(request);
    ApiResponse response =
        preflight == null
            ? answer(request, admission, sighting, requestId).with(admission.headers())
            : preflight;
    observer.answered(sighting.answered(response.status(), admission.exhausted(), requestId));
    return finished(
        request.method().equals("HEAD") ? response.withoutBody() : response,
        request.path(),
        request.headers(),
        requestId);
  }

  @Override
  public ApiResponse refuse(HostRefusal refusal, List<Header> headers) {
    String requestId = RequestId.of(headers);
    return RequestId.during(
        requestId,
        () -> {
          if (refusal == HostRefusal.INTERNAL) {
            LOG.log(ERROR, "The host failed; what it logged beside this says why.");
          }
          Sighting sighting = new Sighting("-");
          sighting.refused(refusal.code());
          ApiResponse response = Problem.of(refusal.code()).response(requestId);
          observer.answered(sighting.answered(response.status(), null, requestId));
          return finished(response, "/", headers, requestId);
        });
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
    return RequestId.during(requestId, () -> connect(request, requestId));
  }

  private Connecting connect(ApiRequest request, String requestId) {
    Sighting sighting = new Sighting(request.method());
    sighting.reached("connect", Live.PATH);
    Admission admission = traffic.of(request);
    Connecting outcome;
    int status = 101;
    try {
      admission.admit(RateLimit.GENERAL);
      outcome = new Connecting.Welcome(live.who(request).session());
    } catch (RuntimeException e) {
      ApiResponse response = failed(e, sighting, requestId).with(admission.headers());
      status = response.status();
      outcome =
          new Connecting.Refused(finished(response, request.path(), request.headers(), requestId));
    }
    observer.answered(sighting.answered(status, admission.exhausted(), requestId));
    return outcome;
  }

  private ApiResponse answer(
      ApiRequest request, Admission admission, Sighting sighting, String requestId) {
    try {
      if (request.path().equals(Live.PATH) && request.method().equals("GET")) {
        // With an upgrade it would have been a request for a connection.
        throw Problem.of(ProblemCode.UPGRADE_REQUIRED).header("Upgrade", "websocket").refusal();
      }
      Routes.Match match = routes.match(request.method(), request.path());
      Route route = match.route();
      sighting.reached(route.name(), route.path().text());
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
          new Call(
              caller, match.filling(), query, request, own, request.isFromThisMachine(), admission);
      JsonNode body = route.request() == null ? null : body(request);
      return rendered(route, route.handler().handle(call, body));
    } catch (RuntimeException e) {
      return failed(e, sighting, requestId);
    }
  }

  static ApiResponse failed(RuntimeException fault, Sighting sighting, String requestId) {
    Problem problem =
        switch (fault) {
          case Refusal refusal -> refusal.problem();
          case Providers.Unavailable _ -> {
            LOG.log(WARNING, sighting.where() + ": an identity provider is unavailable", fault);
            yield Problem.of(ProblemCode.PROVIDER_UNAVAILABLE);
          }
          case TooBusy _ -> Problem.of(ProblemCode.TOO_BUSY);
          case StoreUnavailable _ -> {
            LOG.log(WARNING, sighting.where() + ": the store is unavailable", fault);
            yield Problem.of(ProblemCode.STORE_UNAVAILABLE);
          }
          default -> {
            LOG.log(ERROR, sighting.where() + " failed", fault);
            yield Problem.of(ProblemCode.INTERNAL);
          }
        };
    sighting.refused(problem.code());
    return problem.response(requestId);
  }

  static JsonNode body(ApiRequest request) {
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
    if (body instanceof Download download) {
      return ApiResponse.of(
          download,
          List.of(
              new Header("Content-Type", "application/zip"),
              new Header(
                  "Content-Disposition", "attachment; filename=\"" + name(download) + "\"")));
    }
    ApiResponse response =
        body == null
            ? new ApiResponse(answer.status(), List.of(), new byte[0])
            : new ApiResponse(
                answer.status(),
                List.of(new Header("Content-Type", "application/json")),
                Json.write(body));
    return answer.headers().isEmpty() ? response : response.with(answer.headers());
  }

  /// Parts of one archive lie side by side where they are saved.
  private static String name(Download download) {
    return download.part() == 1 ? "parley.zip" : "parley-" + download.part() + ".zip";
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
