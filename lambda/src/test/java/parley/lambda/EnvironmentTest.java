package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.api.Origins;
import parley.api.Providers;

class EnvironmentTest {
  private static final Environment EMPTY = new Environment(Map.of());

  @Test
  void whatIsMissingIsSaidByName() {
    assertThatThrownBy(EMPTY::table)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The environment variable PARLEY_TABLE is not set: it is the name of the table.");
    assertThatThrownBy(EMPTY::region).hasMessageContaining("AWS_REGION");
    assertThatThrownBy(EMPTY::secretArn).hasMessageContaining("PARLEY_SECRET_ARN");
    assertThatThrownBy(EMPTY::socketEndpoint).hasMessageContaining("PARLEY_SOCKET_ENDPOINT");
    assertThat(EMPTY.cache()).isNull();
    assertThat(EMPTY.secret()).isNull();
    assertThat(EMPTY.origins()).isEqualTo(Origins.LOCAL);
    assertThat(EMPTY.isBeforeSnapshot()).isFalse();
  }

  @Test
  void whatIsThereIsRead() {
    Environment environment =
        new Environment(
            Map.of(
                "PARLEY_TABLE", "chat",
                "PARLEY_PUBLIC_URL", "https://chat.example.com",
                "PARLEY_SOCKET_ENDPOINT", "https://x.example.com/live",
                "PARLEY_CACHE", "rediss://cache.example.com:6379",
                "AWS_REGION", "eu-central-1",
                "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
    assertThat(environment.table()).isEqualTo("chat");
    assertThat(environment.region()).isEqualTo("eu-central-1");
    assertThat(environment.origins().isSecure()).isTrue();
    assertThat(environment.socketEndpoint()).isEqualTo(URI.create("https://x.example.com/live"));
    assertThat(environment.cache()).isEqualTo(URI.create("rediss://cache.example.com:6379"));
    assertThat(environment.isBeforeSnapshot()).isTrue();
  }

  @Test
  void aPublicUrlThatIsNoOriginIsRefused() {
    assertThatThrownBy(
            () -> new Environment(Map.of("PARLEY_PUBLIC_URL", "https://a.example/path")).origins())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PARLEY_PUBLIC_URL");
  }

  @Test
  void messagesAreKeptForAsManyDaysAsItSays() {
    assertThat(new Environment(Map.of()).terms().retentionDays()).isZero();
    for (String days : List.of("0", "1", "3650")) {
      assertThat(new Environment(Map.of("PARLEY_RETENTION_DAYS", days)).terms().retentionDays())
          .isEqualTo(Integer.parseInt(days));
    }
    for (String days : List.of("-1", "3651", "a week", "1.5")) {
      assertThatThrownBy(() -> new Environment(Map.of("PARLEY_RETENTION_DAYS", days)).terms())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("PARLEY_RETENTION_DAYS is 0 to 3650 days; not " + days);
    }
  }

  /// That a provider is trusted is said twice or not at all, and never in an address.
  @Test
  void aProviderIsTrustedByAClaimOrNotAtAll() {
    assertThat(providers("true", "nickname")).isNotNull();
    assertThat(providers("false", "")).isNotNull();
    assertThat(providers("", "")).isNotNull();
    for (List<String> half : List.of(List.of("true", ""), List.of("", "nickname"))) {
      assertThatThrownBy(() -> providers(half.getFirst(), half.getLast()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("PARLEY_OIDC_TRUSTED and PARLEY_OIDC_RELINK_CLAIM belong together");
    }
    assertThatThrownBy(() -> providers("yes", "nickname"))
        .hasMessageContaining("PARLEY_OIDC_TRUSTED is true or false; not yes");
    for (String address : List.of("email", "phone_number", "sub")) {
      assertThatThrownBy(() -> providers("true", address))
          .hasMessageContaining("PARLEY_OIDC_RELINK_CLAIM cannot be used");
    }
  }

  private static Providers providers(String trusted, String claim) {
    Rig rig =
        new Rig()
            .with("PARLEY_OIDC_ISSUER", "https://id.example.com")
            .with("PARLEY_OIDC_CLIENT", "parley")
            .with("PARLEY_OIDC_TRUSTED", trusted)
            .with("PARLEY_OIDC_RELINK_CLAIM", claim);
    Assembly assembly = rig.assembly();
    return SignInSettings.providers(
        assembly.environment(), assembly::identities, assembly.secret(), rig.clock);
  }

  @Test
  void theSecretIsNotShown() {
    assertThat(new Environment(Map.of("PARLEY_SECRET", "geheim")).toString())
        .doesNotContain("geheim");
  }
}
