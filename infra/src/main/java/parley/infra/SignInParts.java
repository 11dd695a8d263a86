package parley.infra;

import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/// Where people prove who they are, as the functions are told of it.
///
/// @param issuer by OpenID Connect's discovery
/// @param secretArn where the secret of the client is
record SignInParts(String issuer, String client, String secretArn) {
  /// Where the issuer sends people back to.
  static final String CALLBACK = "/api/sign-in/callback";

  /// What the function that lets people in may read.
  PolicyStatement granted() {
    return Grants.secret("SignIn", secretArn);
  }

  Map<String, String> environment() {
    return Map.of(
        "PARLEY_OIDC_ISSUER", issuer,
        "PARLEY_OIDC_CLIENT", client,
        "PARLEY_OIDC_SECRET_ARN", secretArn);
  }
}
