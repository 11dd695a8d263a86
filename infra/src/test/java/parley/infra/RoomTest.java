package parley.infra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What this room may know.
class RoomTest {
  private static final JavaClasses OURS =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  /// The table's design, bounds and names, and nothing that runs.
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
            "parley.infra..",
            "parley.messaging",
            "parley.store..",
            "parley.host",
            "parley.api",
            "software.amazon.awscdk..",
            "software.amazon.jsii..",
            "software.amazon.awssdk.services.dynamodb.model..",
            "software.constructs..",
            "io.github.cdklabs.cdknag..",
            "tools.jackson..",
            "picocli..")
        .check(OURS);
  }

  /// A template is the same whenever it is written.
  @Test
  void nothingAsksForTheTime() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.InstantSource.class, "system")
        .check(OURS);
  }
}
