package parley.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which room may know what: the rules of ARCHITECTURE.md, on the compiled classes and the sources
/// of all rooms.
class RoomsTest {
  /// Everything that a room may know beyond Java and the annotations that all rooms use. Whatever
  /// is not listed is refused, so a new library is a line here.
  private static final List<Room> ROOMS =
      List.of(
          new Room(
              "messaging",
              List.of("com.github.benmanes.caffeine..", "com.password4j..", "com.nulabinc..")),
          new Room(
              "engine",
              List.of("software.amazon..", "org.eclipse.jetty..", "com.almworks.sqlite4java..")),
          new Room("store", List.of("parley.messaging..", "software.amazon.awssdk..")),
          new Room(
              "api",
              List.of(
                  "parley.messaging..",
                  "tools.jackson..",
                  "com.fasterxml.jackson.annotation..",
                  "com.github.benmanes.caffeine..",
                  "io.github.bucket4j..")),
          new Room(
              "host",
              List.of(
                  "parley.messaging..",
                  "parley.store..",
                  "parley.api..",
                  "com.nimbusds..",
                  "tools.jackson..")),
          new Room(
              "server",
              List.of(
                  "parley.messaging..",
                  "parley.store..",
                  "parley.engine..",
                  "parley.api..",
                  "parley.host..",
                  "com.github.benmanes.caffeine..",
                  "org.apache.hc..",
                  "javax.net.ssl..",
                  "tools.jackson..",
                  "io.helidon..",
                  "io.micrometer..")),
          new Room(
              "table",
              List.of(
                  "parley.messaging..",
                  "parley.store..",
                  "parley.engine..",
                  "parley.api..",
                  "parley.server..",
                  "software.amazon.awssdk..",
                  "tools.jackson..",
                  "me.tongfei.progressbar..")),
          new Room(
              "lambda",
              List.of(
                  "parley.messaging..",
                  "parley.store..",
                  "parley.api..",
                  "parley.host..",
                  "software.amazon.awssdk..",
                  "com.amazonaws.services.lambda.runtime..",
                  "redis.clients.jedis..",
                  "tools.jackson.core..")),
          new Room(
              "cli",
              List.of(
                  "parley.messaging..",
                  "parley.store..",
                  "parley.engine..",
                  "parley.host..",
                  "parley.server..",
                  "parley.table..",
                  "picocli..",
                  "tools.jackson..",
                  "me.tongfei.progressbar..")));

  /// The exceptions: what the server hands from the engine to the store.
  private static final Map<String, Set<String>> HANDED_ON =
      Map.of(
          "server",
          Set.of(
              "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
              "software.amazon.awssdk.services.dynamodb.model.TableDescription",
              "software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient"));

  /// Where a program is put together, and time and chance come from.
  private static final Pattern COMPOSITION_ROOT =
      Pattern.compile(
          "parley\\.(cli\\.(Parley|\\w+Command)|server\\.ParleyServer|host\\.Services|lambda\\.(Assembly|CustomRuntime))");

  private static final int LINES_MAX = 400;
  private static final int ROOT_LINES_MAX = 150;

  /// Longer than that on purpose: the whole table on one page.
  private static final Map<String, Integer> LONGER =
      Map.of("TableDesign.java", 550, "AccessPattern.java", 850);

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(place -> !place.contains("/test-classes/"))
          .withImportOption(place -> !place.contains("-tests.jar"))
          .importPackages("parley..");

  private record Room(String name, List<String> known) {
    DescribedPredicate<JavaClass> mayKnow() {
      String[] packages =
          Stream.concat(
                  Stream.of(
                      // Of primitives and arrays of them.
                      "",
                      "parley." + name + "..",
                      "java..",
                      "javax.crypto..",
                      "org.jspecify.annotations..",
                      "com.google.errorprone.annotations.."),
                  known.stream())
              .toArray(String[]::new);
      Set<String> handedOn = HANDED_ON.getOrDefault(name, Set.of());
      return resideInAnyPackage(packages)
          .or(
              describe(
                  "one of " + handedOn,
                  (JavaClass type) -> handedOn.contains(type.getBaseComponentType().getName())));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Room> rooms() {
    return ROOMS;
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomKnowsWhatItMay(Room room) {
    classes()
        .that()
        .resideInAPackage("parley." + room.name() + "..")
        .should()
        .onlyDependOnClassesThat(room.mayKnow())
        .check(OURS);
  }

  @Test
  void everyRoomIsLookedAt() throws IOException {
    Set<String> rooms =
        new TreeSet<>(List.of("bench", "browser", "infra", "prove", "serverless", "web"));
    ROOMS.forEach(room -> rooms.add(room.name()));
    try (Stream<Path> folders = Files.list(ROOT)) {
      assertThat(folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))))
          .extracting(folder -> folder.getFileName().toString())
          .containsExactlyInAnyOrderElementsOf(rooms);
    }
  }

  /// Each package is a slice of its own, so neither features nor rooms go round in circles.
  @Test
  void noPackagesNeedEachOther() {
    slices().matching("parley.(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void timeComesFromAnInjectedClock() {
    classes()
        .that(
            describe(
                "are no composition root",
                (JavaClass type) -> !COMPOSITION_ROOT.matcher(outermost(type)).matches()))
        .should(notAskTheSystemForTheTime())
        .check(OURS);
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(RoomsTest::outermost).orElse(type.getName());
  }

  private static ArchCondition<JavaClass> notAskTheSystemForTheTime() {
    return new ArchCondition<>("not ask the system for the time") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        // Calls and references to methods alike.
        for (JavaCodeUnitAccess<?> access : type.getCodeUnitAccessesFromSelf()) {
          if (asksForTheTime(access.getTarget())) {
            events.add(SimpleConditionEvent.violated(type, access.getDescription()));
          }
        }
      }
    };
  }

  private static boolean asksForTheTime(AccessTarget.CodeUnitAccessTarget target) {
    String owner = target.getOwner().getName();
    String method = target.getName();
    return switch (owner) {
      case "java.lang.System" -> method.equals("currentTimeMillis");
      case "java.util.Date" -> method.equals("<init>") && target.getRawParameterTypes().isEmpty();
      case "java.util.Calendar" -> method.equals("getInstance");
      case "java.time.Clock" -> method.startsWith("system") || method.startsWith("tick");
      case "java.time.InstantSource" -> method.equals("system");
      default -> owner.startsWith("java.time.") && method.equals("now");
    };
  }

  @Test
  void everyPackageSaysWhatMayBeNull() {
    Set<String> packages = new TreeSet<>();
    OURS.forEach(type -> packages.add(type.getPackageName()));
    assertThat(packages)
        .allSatisfy(name ->
            assertThat(OURS.getPackage(name).isAnnotatedWith(NullMarked.class))
                .as("%s is @NullMarked", name)
                .isTrue());
  }

  // The sources.

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static List<Path> sources(String... folders) throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> rooms = Files.list(ROOT)) {
      for (Path room : rooms.toList()) {
        for (String folder : folders) {
          Path within = room.resolve(folder);
          if (Files.isDirectory(within)) {
            try (Stream<Path> files = Files.walk(within)) {
              files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
          }
        }
      }
    }
    assertThat(sources).hasSizeGreaterThan(100);
    return sources;
  }

  @Test
  void filesAreShort() throws IOException {
    for (Path file : sources("src/main/java")) {
      assertThat(Files.readAllLines(file).size())
          .as("lines of %s", ROOT.relativize(file))
          .isLessThanOrEqualTo(linesMax(file));
    }
  }

  private static int linesMax(Path file) {
    String source = file.toString().replace('\\', '/');
    String type = source.substring(source.indexOf("/src/main/java/") + 15).replace('/', '.');
    return COMPOSITION_ROOT.matcher(type.substring(0, type.length() - 5)).matches()
        ? ROOT_LINES_MAX
        : LONGER.getOrDefault(file.getFileName().toString(), LINES_MAX);
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    // Put together, so that this file is not found.
    Pattern later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    for (Path file : sources("src/main/java", "src/test/java")) {
      assertThat(later.matcher(Files.readString(file)).results().toList())
          .as("left for later in %s", ROOT.relativize(file))
          .isEmpty();
    }
  }
}
