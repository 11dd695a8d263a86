package parley.host.oidc;

import static java.lang.System.Logger.Level.WARNING;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.api.Providers;

/// One identity provider: what it says of itself, and the keys that it signs with, both asked for
/// when they are first needed and again when they are old.
final class Provider {
  /// Signatures that are believed. None by a shared secret: what a provider publishes to check with
  /// must not be something to sign with.
  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /// What is known of it: `keys` choose the key that a signature is checked with.
  record Known(OIDCProviderMetadata metadata, JWSKeySelector<SecurityContext> keys) {}

  private static final System.Logger LOG = System.getLogger(Provider.class.getName());

  private final ProviderSettings settings;
  private final InstantSource clock;
  private @Nullable Known known;
  private Instant askAgain = Instant.MIN;

  Provider(ProviderSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  ProviderSettings settings() {
    return settings;
  }

  /// What it says of itself. What was believed goes on being believed while it does not answer.
  ///
  /// @throws Providers.Unavailable if it has not answered yet, or not for a moment
  synchronized Known known() {
    if (clock.instant().isBefore(askAgain)) {
      if (known != null) {
        return known;
      }
      throw new Providers.Unavailable(
          settings.issuer() + " did not answer a moment ago", new IOException("not asked again"));
    }
    try {
      OIDCProviderMetadata metadata = Deadline.within(OidcBounds.DEADLINE, this::resolved);
      boolean sameKeys =
          known != null && known.metadata().getJWKSetURI().equals(metadata.getJWKSetURI());
      known = new Known(metadata, sameKeys && known != null ? known.keys() : keys(metadata));
      askAgain = clock.instant().plus(OidcBounds.METADATA_LIFE);
      return known;
    } catch (IOException e) {
      LOG.log(WARNING, "{0} does not say what it is: {1}", settings.issuer(), e);
      askAgain = clock.instant().plus(OidcBounds.METADATA_PAUSE);
      if (known != null) {
        return known;
      }
      throw new Providers.Unavailable(
          settings.issuer() + " does not say what it is at /.well-known/openid-configuration", e);
    }
  }

  private OIDCProviderMetadata resolved() throws GeneralException, IOException {
    return OIDCProviderMetadata.resolve(
        new Issuer(settings.issuer()),
        OidcBounds.millis(OidcBounds.PATIENCE),
        OidcBounds.millis(OidcBounds.PATIENCE));
  }

  private static JWSKeySelector<SecurityContext> keys(OIDCProviderMetadata metadata)
      throws MalformedURLException {
    ResourceRetriever retriever =
        new DefaultResourceRetriever(
            OidcBounds.millis(OidcBounds.PATIENCE),
            OidcBounds.millis(OidcBounds.PATIENCE),
            OidcBounds.KEYS_BYTES);
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.<SecurityContext>create(
                metadata.getJWKSetURI().toURL(),
                url -> Deadline.within(OidcBounds.DEADLINE, () -> retriever.retrieveResource(url)))
            .cache(OidcBounds.KEYS_LIFE.toMillis(), OidcBounds.KEYS_WAIT.toMillis())
            .refreshAheadCache(false)
            .rateLimited(OidcBounds.KEYS_PAUSE.toMillis())
            .build();
    return new JWSVerificationKeySelector<>(ALGORITHMS, source);
  }
}
