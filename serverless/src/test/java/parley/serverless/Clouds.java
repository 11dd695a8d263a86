package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.host.Variables;

/// The whole of it, for tests: the packages that the build has just made, and the template that the
/// room infra keeps.
public final class Clouds {
  static final Path TEMPLATE =
      Path.of("../infra/src/test/resources/Parley.template.json").toAbsolutePath().normalize();

  /// Where the build of the room lambda leaves its packages.
  static final Path PACKAGES =
      Path.of(System.getProperty("parley.packages", "../lambda/target"))
          .toAbsolutePath()
          .normalize();

  private Clouds() {}

  /// In memory, at any port, without rate limits. `data` is a folder, null to forget.
  public static LocalCloud start(@Nullable Path data, Map<String, String> more) throws IOException {
    return start(LocalOptions.Packaging.MANAGED, data, more);
  }

  /// With the package that brings a Java of its own.
  static LocalCloud custom() throws IOException {
    return start(LocalOptions.Packaging.CUSTOM, null, Map.of());
  }

  private static LocalCloud start(
      LocalOptions.Packaging packaging, @Nullable Path data, Map<String, String> more)
      throws IOException {
    Path zip = PACKAGES.resolve(packaging.zip());
    assertThat(zip).as("the functions' package: build with verify, not with test").exists();
    Map<String, String> told = new HashMap<>(more);
    told.put(Variables.RATE_LIMITS, "off");
    return LocalCloud.start(
        new LocalOptions(TEMPLATE, zip, packaging, data, 0, told), Instant::now);
  }

  public static LocalCloud start() throws IOException {
    return start(null, Map.of());
  }
}
