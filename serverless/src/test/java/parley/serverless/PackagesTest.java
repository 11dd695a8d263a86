package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import parley.server.Caller;

/// What is deployed.
@Tag("serverless")
class PackagesTest {
  private static final long MANAGED_BYTES_MAX = 17_000_000;

  /// The service takes 250 MB unpacked.
  private static final long UNPACKED_BYTES_MAX = 250_000_000;

  private static final Path CUSTOM = Clouds.PACKAGES.resolve(LocalOptions.Packaging.CUSTOM.zip());

  @Test
  void nothingIsPackedThatFunctionsDoWithout() throws IOException {
    Path zip = Clouds.PACKAGES.resolve(LocalOptions.Packaging.MANAGED.zip());
    assertThat(Files.size(zip)).isLessThan(MANAGED_BYTES_MAX);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<String> jars =
          file.stream().map(Object::toString).filter(name -> name.endsWith(".jar")).toList();
      // They speak over the JDK's own client; what serves, and what tests, stays at home.
      assertThat(jars)
          .noneMatch(name ->
              name.matches(
                  ".*(apache|httpclient|httpcore|netty|helidon|engine|jetty|DynamoDBLocal|junit).*"))
          .anyMatch(name -> name.contains("dynamodb-"))
          .anyMatch(name -> name.contains("oauth2-oidc-sdk"));
    }
  }

  static boolean hasCustom() {
    return Files.exists(CUSTOM);
  }

  /// The package that brings a Java of its own takes a minute to build: `-Pcustom` makes it.
  @Test
  @EnabledIf(value = "hasCustom", disabledReason = "the build was not asked for custom.zip")
  void thePackageThatBringsItsJavaConverses() throws Exception {
    try (ZipFile file = new ZipFile(CUSTOM.toFile())) {
      assertThat(file.stream().mapToLong(entry -> entry.getSize()).sum())
          .isLessThan(UNPACKED_BYTES_MAX);
    }
    try (LocalCloud cloud = Clouds.custom()) {
      Caller nobody = Caller.nobody(cloud.port());
      Caller ann = nobody.newPerson("ann");
      Caller ben = nobody.newPerson("ben");
      String talk = ann.conversationWith("ben");
      ann.write(talk, "hello");
      ben.inboxWhen(inbox -> inbox.toString().contains("requests") || inbox.isObject());
      ben.write(talk, "hello yourself");
      ann.inboxWhen(inbox -> inbox.toString().contains("hello yourself"));
      assertThat(ben.history(talk)).hasSize(2);
      cloud.schedules().callAll();
      // Caches of what is loaded hold: Java would say so, if one did not fit.
      for (String function : List.of("HttpFunction", "StreamFunction", "ChoresFunction")) {
        assertThat(Files.readString(cloud.state().resolve("logs").resolve(function + ".log")))
            .contains("REPORT")
            .doesNotContain("[error]", "[warning]", "Exception");
      }
      assertThat(cloud.givenUp()).isEmpty();
    }
  }
}
