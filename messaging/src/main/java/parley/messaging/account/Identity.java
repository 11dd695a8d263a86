package parley.messaging.account;

import java.net.URI;
import java.net.URISyntaxException;
import parley.messaging.Limits;
import parley.messaging.Parsed;

/// Who somebody is to an identity provider: the provider's URL, and its name for them, which it
/// gives to nobody else ever. What else it says of them (an address, a name) identifies nobody.
///
/// It never prints: the subject may be something that its person would not tell.
public record Identity(String issuer, String subject) {
  public Identity {
    if (!isIssuer(issuer) || !isSubject(subject)) {
      throw new IllegalArgumentException("not an issuer and a subject");
    }
  }

  public static Parsed<Identity> parse(String issuer, String subject) {
    if (!isIssuer(issuer)) {
      return Parsed.bad(
          "issuer_invalid",
          "An issuer is an http or https URL without ? and #, of at most "
              + Limits.ISSUER_CHARS
              + " characters.");
    }
    return isSubject(subject)
        ? Parsed.good(new Identity(issuer, subject))
        : Parsed.bad(
            "subject_invalid",
            "A subject has 1 to " + Limits.SUBJECT_CHARS + " ASCII characters that can be seen.");
  }

  private static boolean isIssuer(String text) {
    try {
      URI uri = new URI(text);
      return text.length() <= Limits.ISSUER_CHARS
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && text.indexOf('?') < 0
          && text.indexOf('#') < 0;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// As OpenID Connect bounds it (Core, 2).
  private static boolean isSubject(String text) {
    return !text.isBlank()
        && text.length() <= Limits.SUBJECT_CHARS
        && text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  @Override
  public String toString() {
    return "Identity[not shown]";
  }
}
