package parley.server;

import java.util.function.BooleanSupplier;
import parley.api.Api;
import parley.api.Demo;
import parley.api.Providers;
import parley.host.Introductions;
import parley.host.Services;
import parley.host.oidc.OidcProviders;

/// The contract as one server has it.
final class Contracts {
  private Contracts() {}

  /// `takes` says whether it takes requests at all, whatever the table does.
  static Api of(
      Deployment deployment,
      Services services,
      Listen listen,
      Providers providers,
      Demo demo,
      BooleanSupplier takes) {
    return new Api(
        services.forApi(),
        deployment.secret(),
        () -> takes.getAsBoolean() && deployment.table().answers(),
        listen.browsers().origins(),
        listen.limiting().traffic(services.clock()),
        demo,
        providers,
        services.clock());
  }

  static Providers providers(Deployment deployment, Services services, Listen listen) {
    if (listen.providers().isEmpty()) {
      return Providers.NONE;
    }
    return new OidcProviders(
        listen.providers(),
        Introductions.on(deployment.table(), services.clock()),
        deployment.secret(),
        services.clock());
  }
}
