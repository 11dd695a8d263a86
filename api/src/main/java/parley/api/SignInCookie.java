package parley.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.api.Providers.Departure;
import parley.messaging.Limits;
import parley.messaging.Secret;

/// What a browser keeps while its person is at an identity provider, so that only the browser that
/// was sent there can come back: the state, the nonce and the verifier, signed.
///
/// `Lax`, for the way back begins on a page of the provider's.
final class SignInCookie {
  static final String NAME = "parley_sign_in";

  private static final String PURPOSE = "provider-sign-in";
  private static final Pattern FORM =
      Pattern.compile(
          "([a-z0-9-]+)\\.([\\w-]+)\\.([\\w-]+)\\.([\\w-]+)\\.([A-Z]{1,12})\\.([0-9]{1,12})\\.([\\w-]+)");

  private final boolean secure;
  private final Secret secret;
  private final InstantSource clock;

  SignInCookie(boolean secure, Secret secret, InstantSource clock) {
    this.secure = secure;
    this.secret = secret;
    this.clock = clock;
  }

  private String name() {
    return secure ? "__Host-" + NAME : NAME;
  }

  Header kept(Departure departure) {
    Instant until = clock.instant().plus(Limits.PROVIDER_SIGN_IN);
    String text =
        String.join(
            ".",
            departure.provider(),
            departure.state(),
            departure.nonce(),
            departure.verifier(),
            departure.purpose().name(),
            Long.toString(until.getEpochSecond()));
    return line(
        text + "." + signature(text, secret.key(PURPOSE)), Limits.PROVIDER_SIGN_IN.toSeconds());
  }

  Header cleared() {
    return line("", 0);
  }

  /// What this browser was sent to `provider` with; null if it was not, or too long ago.
  @Nullable Departure read(ApiRequest request, String provider) {
    List<String> values = Cookies.values(request, name());
    var parts = values.size() == 1 ? FORM.matcher(values.getFirst()) : null;
    if (parts == null || !parts.matches() || !parts.group(1).equals(provider)) {
      return null;
    }
    String value = values.getFirst();
    String signed = value.substring(0, value.lastIndexOf('.'));
    boolean believed =
        secret.keys(PURPOSE).stream()
            .anyMatch(key ->
                MessageDigest.isEqual(
                    signature(signed, key).getBytes(StandardCharsets.US_ASCII),
                    parts.group(7).getBytes(StandardCharsets.US_ASCII)));
    boolean over = Long.parseLong(parts.group(6)) <= clock.instant().getEpochSecond();
    return believed && !over
        ? new Departure(
            provider,
            URI.create("/"),
            parts.group(2),
            parts.group(3),
            parts.group(4),
            SignInFor.valueOf(parts.group(5)))
        : null;
  }

  private static String signature(String text, javax.crypto.SecretKey key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Secret.hmac(key, text.getBytes(StandardCharsets.UTF_8)));
  }

  private Header line(String value, long maxAge_s) {
    return new Header(
        "Set-Cookie",
        name()
            + "="
            + value
            + "; Path=/; Max-Age="
            + maxAge_s
            + "; HttpOnly; SameSite=Lax"
            + (secure ? "; Secure" : ""));
  }
}
