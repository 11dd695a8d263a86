package parley.infra;

import java.util.Map;
import parley.host.Variables;
import software.amazon.awscdk.services.iam.PolicyStatement;

/// Where people prove who they are, as the functions are told of it.
///
/// @param id what it goes by in addresses
/// @param name what people are shown
/// @param issuer by OpenID Connect's discovery
/// @param audience what access tokens are made out to; empty where none are taken
/// @param secretArn where the secret of the client is
/// @param trusted whether it is trusted to know somebody again whom it gave another subject
/// @param relinkClaim by which claim; empty where it is not
record SignInParts(
    String id,
    String name,
    String issuer,
    String client,
    String audience,
    String secretArn,
    String trusted,
    String relinkClaim) {
  /// Where the issuer sends people back to.
  static String callback(String id) {
    return "/api/sign-in/" + id + "/callback";
  }

  /// What the function that lets people in may read.
  PolicyStatement granted() {
    return Grants.secret("SignIn", secretArn);
  }

  Map<String, String> environment() {
    return Map.of(
        Variables.OIDC_ID, id,
        Variables.OIDC_NAME, name,
        Variables.OIDC_ISSUER, issuer,
        Variables.OIDC_CLIENT, client,
        Variables.OIDC_AUDIENCE, audience,
        Variables.OIDC_SECRET_ARN, secretArn,
        Variables.OIDC_TRUSTED, trusted,
        Variables.OIDC_RELINK_CLAIM, relinkClaim);
  }
}
