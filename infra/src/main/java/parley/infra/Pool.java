package parley.infra;

import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.services.cognito.AccountRecovery;
import software.amazon.awscdk.services.cognito.AutoVerifiedAttrs;
import software.amazon.awscdk.services.cognito.CfnUserPoolClient;
import software.amazon.awscdk.services.cognito.CfnUserPoolDomain;
import software.amazon.awscdk.services.cognito.Mfa;
import software.amazon.awscdk.services.cognito.MfaSecondFactor;
import software.amazon.awscdk.services.cognito.OAuthFlows;
import software.amazon.awscdk.services.cognito.OAuthScope;
import software.amazon.awscdk.services.cognito.OAuthSettings;
import software.amazon.awscdk.services.cognito.PasswordPolicy;
import software.amazon.awscdk.services.cognito.SignInAliases;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.cognito.UserPoolClient;
import software.amazon.awscdk.services.cognito.UserPoolTriggers;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/// A pool of people in which they sign up and prove who they are. Whoever is confirmed there gets
/// an account at once.
final class Pool extends Construct {
  private static final int PASSWORD_CHARS = 12;

  /// What it goes by in addresses.
  private static final String ID = "cognito";

  /// What people are shown, after "sign in with".
  private static final String NAME = "your e-mail address";

  private final UserPool pool;
  private final UserPoolClient client;
  private final Secret clientSecret;

  Pool(Construct scope, Functions.Made postConfirmation, Site site) {
    super(scope, "Pool");
    pool =
        UserPool.Builder.create(this, "People")
            .selfSignUpEnabled(true)
            .signInAliases(SignInAliases.builder().email(true).build())
            .autoVerify(AutoVerifiedAttrs.builder().email(true).build())
            .accountRecovery(AccountRecovery.EMAIL_ONLY)
            // Long rather than complicated.
            .passwordPolicy(
                PasswordPolicy.builder()
                    .minLength(PASSWORD_CHARS)
                    .requireDigits(false)
                    .requireLowercase(false)
                    .requireSymbols(false)
                    .requireUppercase(false)
                    .build())
            .mfa(Mfa.OPTIONAL)
            .mfaSecondFactor(MfaSecondFactor.builder().otp(true).sms(false).build())
            .lambdaTriggers(
                UserPoolTriggers.builder().postConfirmation(postConfirmation.alias()).build())
            .deletionProtection(true)
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    client =
        UserPoolClient.Builder.create(this, "Client")
            .userPool(pool)
            .generateSecret(true)
            .preventUserExistenceErrors(true)
            .enableTokenRevocation(true)
            .oAuth(
                OAuthSettings.builder()
                    .flows(OAuthFlows.builder().authorizationCodeGrant(true).build())
                    .scopes(List.of(OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.EMAIL))
                    .callbackUrls(List.of(site.url() + SignInParts.callback(ID)))
                    .logoutUrls(List.of(site.url() + "/"))
                    .build())
            .build();
    CfnParameter prefix =
        CfnParameter.Builder.create(this, "Prefix")
            .type("String")
            .allowedPattern("[a-z0-9][a-z0-9-]{0,61}[a-z0-9]")
            .description(
                "The first part of the address of the pool's own sign-in pages, which nobody else in the"
                    + " region may have")
            .build();
    prefix.overrideLogicalId("PoolPrefix");
    CfnUserPoolDomain.Builder.create(this, "Pages")
        .userPoolId(pool.getUserPoolId())
        .domain(prefix.getValueAsString())
        .build();
    CfnUserPoolClient made =
        (CfnUserPoolClient) Objects.requireNonNull(client.getNode().getDefaultChild());
    clientSecret =
        Secret.Builder.create(this, "ClientSecret")
            .description("Parley: what the functions prove themselves with to the pool")
            .secretStringValue(SecretValue.resourceAttribute(made.getAttrClientSecret()))
            .build();
  }

  SignInParts parts() {
    // Its access tokens name whom they were given to, and nobody whom they are for.
    return new SignInParts(
        ID,
        NAME,
        pool.getUserPoolProviderUrl(),
        client.getUserPoolClientId(),
        client.getUserPoolClientId(),
        clientSecret.getSecretArn(),
        // Nothing that it knows of people is both theirs for good and no address.
        "false",
        "");
  }
}
