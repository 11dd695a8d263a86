package parley.api;

/// Why a host refuses a request before it can be given to [Api#handle].
public enum HostRefusal {
  MALFORMED(ProblemCode.REQUEST_MALFORMED),
  BODY_TOO_LARGE(ProblemCode.BODY_TOO_LARGE),
  MEDIA_TYPE_UNSUPPORTED(ProblemCode.MEDIA_TYPE_UNSUPPORTED),
  URI_TOO_LONG(ProblemCode.URI_TOO_LONG),
  TOO_BUSY(ProblemCode.TOO_BUSY),
  VERSION_UNSUPPORTED(ProblemCode.VERSION_UNSUPPORTED),
  /// A browser asks for a page, and this server was built without any.
  NO_WEB_CLIENT(ProblemCode.WEB_CLIENT_MISSING),
  INTERNAL(ProblemCode.INTERNAL);

  private final ProblemCode code;

  HostRefusal(ProblemCode code) {
    this.code = code;
  }

  ProblemCode code() {
    return code;
  }
}
