package parley.serverless;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What this room may know.
class RoomTest {
  private static final JavaClasses OURS =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  /// Above all nothing of the functions themselves: they are run as packages.
  @Test
  void itKnowsWhatItMay() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "",
            "java..",
            "org.jspecify.annotations..",
            "com.google.errorprone.annotations..",
            "parley.serverless..",
            "parley.messaging..",
            "parley.store..",
            "parley.engine..",
            "parley.api..",
            "parley.host..",
            "parley.server..",
            "parley.cli..",
            "software.amazon.awssdk..",
            "tools.jackson..",
            "io.helidon..",
            "picocli..")
        .check(OURS);
  }

  @Test
  void nothingInItNeedsItself() {
    slices().matching("parley.serverless.(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void timeComesFromAnInjectedClock() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Serverless.class.getName())
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.InstantSource.class, "system")
        .check(OURS);
  }
}
