package parley.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.store.TableDesign;
import parley.store.TableMarkdown;
import tools.jackson.databind.JsonNode;

/// The design in other forms, and what NoSQL Workbench asks of a model.
class ModelTest {
  @Test
  void aModelForWorkbenchDeclaresEveryAttributeThatItUses() {
    JsonNode model = DynamoJson.parse(Model.render("workbench"));
    assertThat(model.path("ModelMetadata").path("Version").asString()).isEqualTo("3.0");
    assertThat(model.path("ModelMetadata").path("DateCreated").asString())
        .isEqualTo("Jan 01, 2026, 12:00 AM");
    JsonNode table = model.path("DataModel").get(0);
    Set<String> declared = new HashSet<>(Set.of("PK", "SK"));
    table
        .path("NonKeyAttributes")
        .forEach(each -> declared.add(each.path("AttributeName").asString()));
    Set<String> used = new HashSet<>();
    table.path("TableData").forEach(item -> used.addAll(item.propertyNames()));
    assertThat(used).contains("text", "inboxKey", "members").isSubsetOf(declared);
    assertThat(table.path("TableData")).hasSize(4 * 2 + 3 + 5);
    assertThat(table.path("TableFacets")).hasSize(TableDesign.entities().size());
    table
        .path("TableFacets")
        .forEach(facet ->
            facet
                .path("NonKeyAttributes")
                .forEach(name -> assertThat(declared).contains(name.asString())));
    JsonNode index = table.path("GlobalSecondaryIndexes").get(0);
    assertThat(index.path("KeyAttributes").path("SortKey").path("AttributeName").asString())
        .isEqualTo("inboxKey");
  }

  @Test
  void theOtherFormsAreTheDesign() {
    assertThat(Model.render("markdown")).isEqualTo(TableMarkdown.render());
    JsonNode json = DynamoJson.parse(Model.render("json"));
    assertThat(json.path("entities")).hasSize(TableDesign.entities().size());
    assertThat(json.path("patterns")).hasSize(TableDesign.patterns().size());
    assertThat(Model.render("workbench")).isEqualTo(Model.render("workbench"));
    assertThatThrownBy(() -> Model.render("poem"))
        .hasMessageContaining("workbench, markdown or json");
  }
}
