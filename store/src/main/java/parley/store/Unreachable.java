package parley.store;

import software.amazon.awssdk.core.exception.SdkException;

/// A table cannot be asked at all: no network, no region, no credentials, no permission. The
/// message is for a person.
public final class Unreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unreachable(String what, SdkException cause) {
    super(
        what
            + " could not be reached. Check the endpoint, the region and the credentials: "
            + cause.getMessage(),
        cause);
  }
}
