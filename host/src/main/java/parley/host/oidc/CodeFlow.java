package parley.host.oidc;

import static java.lang.System.Logger.Level.WARNING;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.api.Providers.Arrival.Why;
import parley.api.Providers.Departure;
import parley.api.SignInFor;
import parley.messaging.Limits;

/// The way to one provider and back: the authorization code flow, with PKCE, and the code exchanged
/// by this server.
final class CodeFlow {
  /// Why somebody is not known by what they came back with.
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    private final Why why;

    Failed(Why why) {
      super(why.toString());
      this.why = why;
    }

    Why why() {
      return why;
    }
  }

  private static final System.Logger LOG = System.getLogger(CodeFlow.class.getName());
  private static final int AGE_SECONDS = Math.toIntExact(Limits.FRESH_SIGN_IN.toSeconds());

  private final Provider provider;

  CodeFlow(Provider provider) {
    this.provider = provider;
  }

  Departure depart(URI back, SignInFor purpose) {
    ProviderSettings settings = provider.settings();
    State state = new State();
    Nonce nonce = new Nonce();
    CodeVerifier verifier = new CodeVerifier();
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(settings.scopes().toArray(String[]::new)),
                new ClientID(settings.clientId()),
                back)
            .endpointURI(provider.known().metadata().getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256);
    if (purpose != SignInFor.ENTRY) {
      // To be asked once more; with a greatest age, the ID token must say when that was.
      request.prompt(new Prompt(Prompt.Type.LOGIN)).maxAge(AGE_SECONDS);
    }
    return new Departure(
        settings.id(),
        request.build().toURI(),
        state.getValue(),
        nonce.getValue(),
        verifier.getValue(),
        purpose);
  }

  /// What the provider says of whoever came back: the claims of the ID token, and those that it
  /// tells on request. `askedAt` is when it asked them who they are; null where it does not say.
  record Said(Map<String, Object> claims, @Nullable Instant askedAt) {}

  Said arrive(Departure departure, URI back, String query) throws Failed {
    Provider.Known known = provider.known();
    AuthorizationCode code = code(departure, back, query, known.metadata());
    OIDCTokenResponse tokens = exchange(code, departure, back, known.metadata());
    IDTokenClaimsSet proven = proven(tokens.getOIDCTokens().getIDToken(), departure, known);
    Map<String, Object> claims = new HashMap<>();
    AccessToken access = tokens.getOIDCTokens().getAccessToken();
    claims.putAll(told(proven.getSubject().getValue(), access, known.metadata()));
    // What is signed counts for more.
    claims.putAll(proven.toJSONObject());
    Date askedAt = proven.getAuthenticationTime();
    return new Said(claims, askedAt == null ? null : askedAt.toInstant());
  }

  private static AuthorizationCode code(
      Departure departure, URI back, String query, OIDCProviderMetadata metadata) throws Failed {
    AuthenticationResponse response;
    try {
      if (query.length() > OidcBounds.QUERY_CHARS) {
        throw new Failed(Why.REFUSED);
      }
      response = AuthenticationResponseParser.parse(URI.create(back + "?" + query));
    } catch (ParseException | IllegalArgumentException e) {
      throw new Failed(Why.REFUSED);
    }
    if (!new State(departure.state()).equals(response.getState())) {
      throw new Failed(Why.EXPIRED);
    }
    // Else a code of one provider could be exchanged at another, who must not see it.
    Issuer said = response.getIssuer();
    boolean mustSay = metadata.supportsAuthorizationResponseIssuerParam();
    if (said == null ? mustSay : !said.equals(metadata.getIssuer())) {
      throw new Failed(Why.REFUSED);
    }
    if (response instanceof AuthenticationErrorResponse) {
      throw new Failed(Why.DENIED);
    }
    AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
    if (code == null) {
      throw new Failed(Why.REFUSED);
    }
    return code;
  }

  private OIDCTokenResponse exchange(
      AuthorizationCode code, Departure departure, URI back, OIDCProviderMetadata metadata)
      throws Failed {
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(code, back, new CodeVerifier(departure.verifier()));
    ClientAuthentication client = client(metadata);
    URI endpoint = metadata.getTokenEndpointURI();
    TokenRequest request =
        client == null
            ? new TokenRequest.Builder(
                    endpoint, new ClientID(provider.settings().clientId()), grant)
                .build()
            : new TokenRequest.Builder(endpoint, client, grant).build();
    try {
      var answer = OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
      if (!answer.indicatesSuccess()) {
        throw new Failed(Why.REFUSED);
      }
      return (OIDCTokenResponse) answer.toSuccessResponse();
    } catch (IOException e) {
      LOG.log(WARNING, "{0} does not exchange codes: {1}", provider.settings().issuer(), e);
      throw new Failed(Why.UNAVAILABLE);
    } catch (ParseException e) {
      throw new Failed(Why.REFUSED);
    }
  }

  private @Nullable ClientAuthentication client(OIDCProviderMetadata metadata) {
    String secret = provider.settings().clientSecret();
    if (secret == null) {
      return null;
    }
    ClientID id = new ClientID(provider.settings().clientId());
    List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    boolean postOnly =
        methods != null
            && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
            && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    return postOnly
        ? new ClientSecretPost(id, new Secret(secret))
        : new ClientSecretBasic(id, new Secret(secret));
  }

  private IDTokenClaimsSet proven(@Nullable JWT token, Departure departure, Provider.Known known)
      throws Failed {
    if (token == null) {
      throw new Failed(Why.REFUSED);
    }
    try {
      IDTokenValidator validator =
          new IDTokenValidator(
              known.metadata().getIssuer(),
              new ClientID(provider.settings().clientId()),
              known.keys(),
              null);
      validator.setMaxClockSkew(Math.toIntExact(Limits.PROVIDER_CLOCK_ALLOWANCE.toSeconds()));
      return validator.validate(token, new Nonce(departure.nonce()));
    } catch (KeySourceException e) {
      LOG.log(WARNING, "{0} does not give its keys: {1}", provider.settings().issuer(), e);
      throw new Failed(Why.UNAVAILABLE);
    } catch (BadJOSEException | JOSEException e) {
      throw new Failed(Why.REFUSED);
    }
  }

  /// What the provider tells of them beside the token; nothing where it does not, or tells of
  /// somebody else.
  private static Map<String, Object> told(
      String subject, AccessToken access, OIDCProviderMetadata metadata) {
    if (metadata.getUserInfoEndpointURI() == null) {
      return Map.of();
    }
    try {
      UserInfoResponse answer =
          UserInfoResponse.parse(
              send(new UserInfoRequest(metadata.getUserInfoEndpointURI(), access).toHTTPRequest()));
      var info = answer.indicatesSuccess() ? answer.toSuccessResponse().getUserInfo() : null;
      return info != null && info.getSubject().getValue().equals(subject)
          ? info.toJSONObject()
          : Map.of();
    } catch (IOException | ParseException e) {
      return Map.of();
    }
  }

  private static HTTPResponse send(HTTPRequest request) throws IOException {
    request.setConnectTimeout(OidcBounds.millis(OidcBounds.PATIENCE));
    request.setReadTimeout(OidcBounds.millis(OidcBounds.PATIENCE));
    request.setFollowRedirects(false);
    return Deadline.within(OidcBounds.DEADLINE, request::send);
  }
}
