package parley.prove;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What this room may know: it looks at servers from outside, so of all that is in them it knows
/// how to start one, and an engine for several.
class ProveRoomTest {
  @Test
  void itKnowsHowToStartAServerAndNothingInIt() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "",
            "parley.prove..",
            "parley.cli",
            "parley.engine",
            "java..",
            "tools.jackson..",
            "picocli..",
            "org.jspecify.annotations..",
            "com.google.errorprone.annotations..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("parley.prove"));
  }
}
