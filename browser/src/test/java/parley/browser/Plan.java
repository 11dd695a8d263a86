package parley.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import parley.host.oidc.ProviderSettings;
import parley.server.Limiting;
import parley.server.WhoLeaves;

/// What is not with a [Site] as it mostly is.
record Plan(WhoLeaves leaving, List<ProviderSettings> providers, Limiting limiting) {
  static final Plan PLAIN = new Plan(WhoLeaves.DEFAULT, List.of(), Limiting.OFF);

  /// With a folder for archives.
  Plan withArchives(Path folder) {
    return new Plan(new WhoLeaves(leaving.grace(), null, null, folder), providers, limiting);
  }

  /// With as long for people to change their minds.
  Plan withGrace(Duration grace) {
    return new Plan(new WhoLeaves(grace, null, null, leaving.exports()), providers, limiting);
  }

  Plan withProviders(List<ProviderSettings> all) {
    return new Plan(leaving, all, limiting);
  }

  /// With the limits that there are by themselves.
  Plan limited() {
    return new Plan(leaving, providers, Limiting.ON);
  }
}
