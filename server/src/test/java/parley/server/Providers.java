package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.host.oidc.ProviderSettings;
import parley.messaging.account.Identity;
import parley.messaging.operator.Actor;
import parley.messaging.operator.Users;

/// What tests of identity providers have in common.
final class Providers {
  private Providers() {}

  /// An [OpenIdProvider], as an operator would name it.
  ///
  /// @param relinkClaim what tells who is made anew there, null where that is not trusted
  static ProviderSettings settings(String id, String issuer, @Nullable String relinkClaim) {
    return new ProviderSettings(
        id,
        "Provider " + id,
        URI.create(issuer),
        OpenIdProvider.CLIENT,
        OpenIdProvider.CLIENT_SECRET,
        null,
        List.of("openid", "profile", "email"),
        List.of("preferred_username"),
        List.of("name"),
        relinkClaim);
  }

  /// Where a provider sends browsers back to.
  static String back(Running running, String id) {
    return running.origin() + "/api/sign-in/" + id + "/callback";
  }

  /// Cookies as a browser sends them.
  static String header(Map<String, String> cookies) {
    return cookies.entrySet().stream()
        .map(it -> it.getKey() + "=" + it.getValue())
        .collect(Collectors.joining("; "));
  }

  static void disable(Running running, Identity whose, boolean disabled) {
    var changed =
        running
            .server
            .services()
            .operators()
            .users()
            .change(
                new Users.Whom.Identified(whose),
                new Users.Change(null, null, disabled),
                Actor.commandLine("root"));
    assertThat(changed).isInstanceOf(Users.Changed.Done.class);
  }
}
