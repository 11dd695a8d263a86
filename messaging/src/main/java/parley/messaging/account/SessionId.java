package parley.messaging.account;

import java.util.regex.Pattern;

/// The name of a session: the SHA-256 of its token, in hexadecimal. It lets nobody in.
public record SessionId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public SessionId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a session id: it is 64 hexadecimal digits");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
