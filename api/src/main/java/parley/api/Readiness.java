package parley.api;

/// Whether this host should be sent requests. Asked at every `GET /health/ready`, so it must be
/// cheap; what it throws counts as a no.
@FunctionalInterface
public interface Readiness {
  boolean storeAnswers();
}
