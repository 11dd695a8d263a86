package parley.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The document that is served is the one that follows from the table of routes.
class OpenApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path GOLDEN =
      Path.of(System.getProperty("basedir", ""), "src/main/resources/parley/api/openapi.json");

  @Test
  @Tag("golden")
  void theDocumentIsThatOfTheRoutes() throws IOException {
    String generated = OpenApiDocument.of(Table.routes().all());
    String golden = Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "";
    if (golden.equals(generated)) {
      return;
    }
    if (!Boolean.getBoolean("parley.fix")) {
      assertThat(generated)
          .as("openapi.json is not that of the routes any more: run ./parley fix")
          .isEqualTo(golden);
    }
    List<String> breaking =
        golden.isEmpty()
            ? List.of()
            : Breakage.between(JSON.readTree(golden), JSON.readTree(generated));
    if (!breaking.isEmpty() && !Boolean.getBoolean("parley.fix.breaking")) {
      fail(
          "openapi.json was not rewritten, because clients would break (if they may, set"
              + " parley.fix.breaking=true):\n- "
              + String.join("\n- ", breaking));
    }
    Files.createDirectories(GOLDEN.getParent());
    Files.writeString(GOLDEN, generated);
  }

  @Test
  void itIsServed() {
    ApiResponse response = Table.api().handle(Table.request("GET", "/openapi.json"));
    assertThat(response.status()).isEqualTo(200);
    JsonNode document = JSON.readTree(response.body());
    assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
    for (Route route : Table.routes().all()) {
      assertThat(document.path("paths").path(route.path().text()).propertyNames())
          .contains(route.method().toLowerCase(java.util.Locale.ROOT));
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryOperationHasItsOwnName() {
    JsonNode document = JSON.readTree(OpenApiDocument.of(Table.routes().all()));
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(document.at(reference.asString().substring(1)).isMissingNode())
          .as(reference.asString())
          .isFalse();
    }
    Set<String> names = new HashSet<>();
    for (Route route : Table.routes().all()) {
      assertThat(names.add(route.name())).as(route.name()).isTrue();
    }
  }

  @Test
  void everyFieldIsExplained() {
    JsonNode schemas =
        JSON.readTree(OpenApiDocument.of(Table.routes().all())).path("components").path("schemas");
    for (String name : schemas.propertyNames()) {
      assertThat(schemas.path(name).has("description")).as(name).isTrue();
      JsonNode properties = schemas.path(name).path("properties");
      for (String property : properties.propertyNames()) {
        assertThat(property.matches("kind|items") || properties.path(property).has("description"))
            .as(name + "." + property)
            .isTrue();
      }
    }
  }

  @Test
  void theGoldenFileEndsInOneLineBreak() throws IOException {
    assertThat(Files.readString(GOLDEN, StandardCharsets.UTF_8)).endsWith("}\n");
  }
}
