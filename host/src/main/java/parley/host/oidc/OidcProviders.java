package parley.host.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.api.Providers;
import parley.api.SignInFor;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.Identities;
import parley.messaging.account.Identities.Introduced;
import parley.messaging.account.Identities.Witness;
import parley.messaging.account.Identity;
import parley.messaging.account.Introduction;

/// Identity providers that speak OpenID Connect. Any number, each by what it says of itself.
///
/// People are known by issuer and subject alone: what a provider says besides, an e-mail address
/// above all, names somebody new and finds nobody.
public final class OidcProviders implements Providers {
  private final List<Provider> providers;
  private final Identities identities;
  private final @Nullable Secret secret;
  private final InstantSource clock;

  /// No two may have the same id or the same issuer. None is trusted to know people again.
  public OidcProviders(List<ProviderSettings> all, Identities identities, InstantSource clock) {
    this(all, identities, null, clock);
  }

  /// The same; `secret` is what those who are trusted in this know people again under.
  public OidcProviders(
      List<ProviderSettings> all,
      Identities identities,
      @Nullable Secret secret,
      InstantSource clock) {
    this.providers = all.stream().map(settings -> new Provider(settings, clock)).toList();
    this.identities = identities;
    this.secret = secret;
    this.clock = clock;
  }

  @Override
  public List<Offered> offered() {
    return providers.stream()
        .map(it -> new Offered(it.settings().id(), it.settings().name()))
        .toList();
  }

  @Override
  public @Nullable Departure depart(String id, URI back, SignInFor purpose) {
    Provider provider = byId(id);
    return provider == null ? null : new CodeFlow(provider).depart(back, purpose);
  }

  @Override
  public Arrival arrive(Departure departure, URI back, String query) {
    Provider provider = byId(departure.provider());
    if (provider == null) {
      return new Arrival.Failed(Arrival.Why.REFUSED);
    }
    try {
      CodeFlow.Said said = new CodeFlow(provider).arrive(departure, back, query);
      Map<String, Object> claims = said.claims();
      Identity identity = identity(provider, claims);
      if (identity == null) {
        return new Arrival.Failed(Arrival.Why.REFUSED);
      }
      return switch (introduced(provider, identity, claims)) {
        case Introduced.Known(Account account, _) when account.isDisabled() ->
            new Arrival.Failed(Arrival.Why.DISABLED);
        case Introduced.Known(Account account, _) ->
            new Arrival.Known(account, isFresh(said.askedAt()));
        case Introduced.NoHandle() -> new Arrival.Failed(Arrival.Why.NO_HANDLE);
        case Introduced.Gone() -> new Arrival.Failed(Arrival.Why.REFUSED);
      };
    } catch (CodeFlow.Failed e) {
      return new Arrival.Failed(e.why());
    } catch (Unavailable e) {
      return new Arrival.Failed(Arrival.Why.UNAVAILABLE);
    }
  }

  /// Whether somebody was asked who they are so lately that they need not be asked again.
  private boolean isFresh(@Nullable Instant askedAt) {
    return askedAt != null && askedAt.isAfter(clock.instant().minus(Limits.FRESH_SIGN_IN));
  }

  @Override
  public @Nullable Shown shown(String text) {
    if (text.length() > OidcBounds.TOKEN_CHARS) {
      return null;
    }
    try {
      SignedJWT token = SignedJWT.parse(text);
      Provider provider = byIssuer(token.getJWTClaimsSet().getIssuer());
      JWTClaimsSet claims =
          provider == null ? null : new AccessTokens(provider, clock).claims(token);
      Identity identity =
          provider == null || claims == null ? null : identity(provider, claims.getClaims());
      return provider == null || claims == null || identity == null
          ? null
          : new Token(provider, identity, claims);
    } catch (ParseException e) {
      return null;
    }
  }

  @Override
  public List<String> marks(Identity identity, String said) {
    Provider provider = byIssuer(identity.issuer());
    String claim = provider == null ? null : provider.settings().relinkClaim();
    return provider == null || claim == null
        ? List.of()
        : Marks.of(provider.settings(), Map.of(claim, said), secret);
  }

  private final class Token implements Shown {
    private final Provider provider;
    private final Identity identity;
    private final JWTClaimsSet claims;

    Token(Provider provider, Identity identity, JWTClaimsSet claims) {
      this.provider = provider;
      this.identity = identity;
      this.claims = claims;
    }

    @Override
    public Instant issuedAt() {
      return claims.getIssueTime().toInstant();
    }

    @Override
    public Instant expiresAt() {
      return claims.getExpirationTime().toInstant().plus(Limits.PROVIDER_CLOCK_ALLOWANCE);
    }

    @Override
    public @Nullable Account account() {
      return switch (introduced(provider, identity, claims.getClaims())) {
        case Introduced.Known(Account account, _) -> account;
        case Introduced.NoHandle(), Introduced.Gone() -> null;
      };
    }
  }

  private @Nullable Provider byId(String id) {
    return providers.stream().filter(it -> it.settings().id().equals(id)).findFirst().orElse(null);
  }

  private @Nullable Provider byIssuer(@Nullable String issuer) {
    return providers.stream()
        .filter(it -> it.settings().issuer().toString().equals(issuer))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Identity identity(Provider provider, Map<String, Object> claims) {
    return claims.get("sub") instanceof String subject
            && Identity.parse(provider.settings().issuer().toString(), subject)
                instanceof Parsed.Good<Identity>(Identity identity)
        ? identity
        : null;
  }

  private Introduced introduced(Provider provider, Identity identity, Map<String, Object> claims) {
    Introduction introduction =
        Introduction.of(
            texts(provider.settings().handleClaims(), claims),
            texts(provider.settings().nameClaims(), claims));
    return identities.introduce(
        identity, introduction, Marks.of(provider.settings(), claims, secret), Witness.NONE);
  }

  private static List<@Nullable String> texts(List<String> names, Map<String, Object> claims) {
    return names.stream()
        .map(name -> claims.get(name) instanceof String text ? text : "")
        .<@Nullable String>map(text -> text)
        .toList();
  }
}
