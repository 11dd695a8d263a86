package parley.store;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// A table cannot be asked, or does not do what it is asked: no network, no region, no credentials,
/// no permission, no capacity, or a refusal that nobody foresaw. The message is for a person.
public final class Unreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Of what kind the reason is.
  public enum Why {
    NO_REGION,
    NO_CREDENTIALS,
    /// It answers, and lets these credentials do nothing.
    DENIED,
    /// It answers that it cannot now: too little capacity, or trouble of its own.
    BUSY,
    /// It answers that the request is wrong, which no request of this program should be.
    REFUSED,
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

  /// What it calls too many requests.
  private static final Set<String> THROTTLES =
      Set.of(
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "ThrottlingException",
          "LimitExceededException");

  private static final int FORBIDDEN = 403;
  private static final int ITS_OWN_FAULT = 500;

  private final Why why;
  private final String what;

  public Unreachable(String what, SdkException cause) {
    super(message(what, why(cause), cause), cause);
    this.why = why(cause);
    this.what = what;
  }

  private static String message(String what, Why why, SdkException cause) {
    return switch (why) {
      case NO_REGION, NO_CREDENTIALS, DENIED, NO_ANSWER ->
          what
              + " could not be reached. Check the endpoint, the region and the credentials: "
              + cause.getMessage();
      case BUSY -> what + " cannot do it now: " + cause.getMessage();
      case REFUSED -> what + " refuses a request: " + cause.getMessage();
    };
  }

  /// What could not be asked, as the beginning of a sentence.
  public String what() {
    return what;
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
    return cause instanceof AwsServiceException service ? why(service) : Why.NO_ANSWER;
  }

  private static Why why(AwsServiceException refusal) {
    String code =
        refusal.awsErrorDetails() == null
            ? ""
            : String.valueOf(refusal.awsErrorDetails().errorCode());
    if (DENIALS.contains(code) || refusal.statusCode() == FORBIDDEN) {
      return Why.DENIED;
    }
    return THROTTLES.contains(code) || refusal.statusCode() >= ITS_OWN_FAULT
        ? Why.BUSY
        : Why.REFUSED;
  }
}
