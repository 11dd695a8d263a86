package parley.host.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.api.Providers;
import parley.messaging.Limits;

/// Access tokens of one provider, as RFC 9068 has them and as others make them.
///
/// An ID token says who signed in at somebody's, and lets nobody in here: it is told by its type,
/// by what only ID tokens say, and by whom it is made out to.
final class AccessTokens {
  private static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");
  private static final JOSEObjectType ACCESS_IN_FULL = new JOSEObjectType("application/at+jwt");

  /// What only ID tokens say.
  private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash", "s_hash");

  private final Provider provider;
  private final InstantSource clock;

  AccessTokens(Provider provider, InstantSource clock) {
    this.provider = provider;
    this.clock = clock;
  }

  /// What it says, null if it does not hold.
  ///
  /// @throws Providers.Unavailable if the provider's keys cannot be had
  @Nullable JWTClaimsSet claims(SignedJWT token) {
    String audience = provider.settings().audience();
    if (audience == null) {
      return null;
    }
    try {
      JWTClaimsSet claims = processor().process(token, null);
      boolean holds =
          isMadeOutTo(audience, claims)
              && isAccessToken(token, claims, audience)
              && !claims.getIssueTime().toInstant().isAfter(latest())
              && claims.getSubject() != null
              && !claims.getSubject().isBlank();
      return holds ? claims : null;
    } catch (KeySourceException e) {
      // Asked too often for keys that nobody knows: such a token does not hold.
      if (e instanceof RateLimitReachedException) {
        return null;
      }
      throw new Providers.Unavailable(provider.settings().issuer() + " gives no keys", e);
    } catch (BadJOSEException | JOSEException e) {
      return null;
    }
  }

  private DefaultJWTProcessor<SecurityContext> processor() {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(ACCESS, ACCESS_IN_FULL, JOSEObjectType.JWT, null));
    processor.setJWSKeySelector(provider.known().keys());
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            new JWTClaimsSet.Builder().issuer(provider.settings().issuer().toString()).build(),
            Set.of("sub", "exp", "iat")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    claims.setMaxClockSkew(Math.toIntExact(Limits.PROVIDER_CLOCK_ALLOWANCE.toSeconds()));
    processor.setJWTClaimsSetVerifier(claims);
    return processor;
  }

  private Instant latest() {
    return clock.instant().plus(Limits.PROVIDER_CLOCK_ALLOWANCE);
  }

  /// Some providers name nobody whom a token is made out to, and say who asked for it instead.
  private static boolean isMadeOutTo(String audience, JWTClaimsSet claims) {
    List<String> named = claims.getAudience();
    return named.isEmpty()
        ? "access".equals(text(claims, "token_use")) && audience.equals(text(claims, "client_id"))
        : named.contains(audience);
  }

  private boolean isAccessToken(SignedJWT token, JWTClaimsSet claims, String audience) {
    String use = String.valueOf(text(claims, "token_use"));
    String type = String.valueOf(text(claims, "typ"));
    boolean isOther = use.equals("id") || List.of("ID", "Refresh", "Logout").contains(type);
    if (isOther || OF_ID_TOKENS.stream().anyMatch(name -> claims.getClaim(name) != null)) {
      return false;
    }
    JOSEObjectType header = token.getHeader().getType();
    boolean saysSo =
        ACCESS.equals(header)
            || ACCESS_IN_FULL.equals(header)
            || use.equals("access")
            || type.equals("Bearer");
    // ID tokens are made out to the client: what is made out to nobody else must say what it is.
    return saysSo || !audience.equals(provider.settings().clientId());
  }

  private static @Nullable String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text ? text : null;
  }
}
