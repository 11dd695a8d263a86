package parley.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Whether the service is there, and what it can do.
final class MetaRoutes {
  static final String OPENAPI = "/openapi.json";

  private static final String RESOURCE = "/parley/api/openapi.json";

  private final Readiness readiness;

  MetaRoutes(Readiness readiness) {
    this.readiness = readiness;
  }

  @Wire(name = "Health", doc = "That all is well.")
  record Health(@Doc("Always ok: what is not well is told as a problem.") String status) {
    static final Health OK = new Health("ok");
  }

  List<Route> routes() {
    return List.of(
        Route.get("/health/live", "isLive", "Whether the process answers.")
            .forAnybody()
            .limited(RateLimit.PROBE)
            .answers(Health.class, 200)
            .by(_ -> Answer.ok(Health.OK)),
        Route.get("/health/ready", "isReady", "Whether requests should be sent here.")
            .forAnybody()
            .limited(RateLimit.PROBE)
            .answers(Health.class, 200)
            .refuses(ProblemCode.NOT_READY)
            .by(_ -> ready()),
        Route.get(OPENAPI, "getOpenApi", "This document.")
            .forAnybody()
            .limited(RateLimit.PROBE)
            .answers(RawJson.class, 200)
            .by(_ -> Answer.ok(Document.SERVED)));
  }

  private Answer<Health> ready() {
    boolean ready;
    try {
      ready = readiness.storeAnswers();
    } catch (RuntimeException e) {
      ready = false;
    }
    if (!ready) {
      throw Problem.of(ProblemCode.NOT_READY).refusal();
    }
    return Answer.ok(Health.OK);
  }

  /// Read at its first use: most hosts of this contract never serve it.
  private static final class Document {
    static final RawJson SERVED = read();

    private static RawJson read() {
      try (InputStream in = MetaRoutes.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException(RESOURCE + " is not in the class path");
        }
        return new RawJson(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(RESOURCE, e);
      }
    }
  }
}
