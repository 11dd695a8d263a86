package parley.api;

import java.util.Locale;

/// What somebody signs in for with an identity provider, and so which page they come back to.
public enum SignInFor {
  /// To be let in.
  ENTRY,
  /// To show once more who they are, and then have their data gathered.
  EXPORT,
  /// The same, before their account is erased.
  ERASURE;

  static final SignInFor[] AGAIN = {EXPORT, ERASURE};

  /// The page that they come back to.
  String page() {
    return this == ENTRY ? "/" : "/settings?again=" + this;
  }

  /// The page that says why it came to nothing.
  String pageOfFailure() {
    return this == ENTRY ? "/sign-in?failed=" : "/settings?again=" + this + "&failed=";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
