package parley.store;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// A table cannot be asked at all: no network, no region, no credentials, no permission. The
/// message is for a person.
public final class Unreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Of what kind the reason is.
  public enum Why {
    NO_REGION,
    NO_CREDENTIALS,
    /// It answers, and lets these credentials do nothing.
    DENIED,
    NO_ANSWER
  }

  /// What the service calls credentials that it does not take.
  private static final Set<String> DENIALS =
      Set.of(
          "AccessDeniedException",
          "ExpiredTokenException",
          "IncompleteSignatureException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "UnrecognizedClientException");

  private final Why why;

  public Unreachable(String what, SdkException cause) {
    super(
        what
            + " could not be reached. Check the endpoint, the region and the credentials: "
            + cause.getMessage(),
        cause);
    this.why = why(cause);
  }

  public Why why() {
    return why;
  }

  private static Why why(SdkException cause) {
    String said = String.valueOf(cause.getMessage());
    if (said.startsWith("Unable to load region")) {
      return Why.NO_REGION;
    }
    if (said.startsWith("Unable to load credentials")) {
      return Why.NO_CREDENTIALS;
    }
    return cause instanceof AwsServiceException service
            && service.awsErrorDetails() != null
            && DENIALS.contains(service.awsErrorDetails().errorCode())
        ? Why.DENIED
        : Why.NO_ANSWER;
  }
}
