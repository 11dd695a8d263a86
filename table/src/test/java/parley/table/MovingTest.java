package parley.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.engine.Engine;
import parley.engine.Gate;
import parley.messaging.Secret;
import parley.server.Refused;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;
import parley.store.Unreachable;
import parley.table.PopulationSeed.Wanted;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A table moved: out, away, in again, broken off half-way, damaged.
class MovingTest {
  @TempDir Path folder;

  private static List<String> items(OpenTable table) {
    return table.client().scanPaginator(r -> r.tableName(table.name())).items().stream()
        .map(item -> DynamoJson.text(DynamoJson.item(item)))
        .sorted()
        .toList();
  }

  private static Place seeded(int messages) {
    Place place = Place.fresh();
    new PopulationSeed(place.table, place.out(false), new Wanted(40, 80, messages, 3))
        .run(new Capacity.OnDemand(), 0);
    place.said();
    return place;
  }

  /// One that makes files of 300 items.
  private static Moving moving(Place place) {
    return new Moving(place.table, place.out(false), 0, 300);
  }

  @Test
  void exportDropCreateImportAndEveryByteIsTheSame() {
    Path export = folder.resolve("export");
    try (Place place = seeded(900)) {
      // Of every type there is, one item that is another application's.
      Map<String, AttributeValue> odd =
          Map.of(
              "PK", AttributeValue.fromS("ODD#\u00e9\n\"1"),
              "SK", AttributeValue.fromS("x"),
              "n", AttributeValue.fromN("-12.5"),
              "b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 7})),
              "ns", AttributeValue.fromNs(List.of("3", "1")),
              "bs", AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[] {9}))),
              "l", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))),
              "m", AttributeValue.fromM(Map.of("z", AttributeValue.fromNul(true))));
      place.table.client().putItem(r -> r.tableName("parley").item(odd));
      List<String> before = items(place.table);
      moving(place).exportTo(export);
      assertThat(place.said()).startsWith("1,222 items of parley are in ");
      assertThat(export.resolve("data/00001.json.gz")).exists();
      assertThat(export.resolve("checkpoint.json")).doesNotExist();
      assertThatThrownBy(() -> moving(place).exportTo(export))
          .hasMessageContaining("holds a whole export already");
      place.table.admin().drop();
      assertThat(
              new Moving(place.table, place.out(false), 0)
                  .importFrom(export, new Capacity.OnDemand(), false))
          .isTrue();
      assertThat(place.said()).contains("which is now what was exported, every byte");
      assertThat(items(place.table)).isEqualTo(before);
      assertThat(new AuditRun(place.table, place.out(false)).run(false, Population.END)).isTrue();
      // Again, over itself: nothing changes.
      assertThat(new Moving(place.table, place.out(false), 0).importFrom(export, null, false))
          .isTrue();
      place
          .table
          .client()
          .putItem(r ->
              r.tableName("parley")
                  .item(
                      Map.of("PK", AttributeValue.fromS("ODD"), "SK", AttributeValue.fromS("y"))));
      assertThatThrownBy(
              () -> new Moving(place.table, place.out(false), 0).importFrom(export, null, false))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("--beside");
      assertThat(new Moving(place.table, place.out(false), 0).importFrom(export, null, true))
          .isTrue();
    }
  }

  @Test
  void anExportThatIsBrokenOffGoesOnWithNothingLostOrDoubled() {
    Path export = folder.resolve("export");
    try (Place place = seeded(900)) {
      ExportFolder parts = new ExportFolder(export);
      ExportFolder.Progress begun = parts.begin("parley");
      var page = place.table.client().scan(r -> r.tableName("parley").limit(700));
      parts.add(begun, "parley", page.items(), page.lastEvaluatedKey());
      // Then the process ended, in the middle of the next file.
      assertThatThrownBy(
              () -> new Moving(place.table, place.out(false), 0).importFrom(export, null, false))
          .hasMessageContaining("is not complete");
      moving(place).exportTo(export);
      assertThat(place.said()).contains("1,221 items", "700 of them from before");
      List<String> kept =
          parts.parts().stream()
              .flatMap(part -> parts.items(part).stream())
              .map(item -> DynamoJson.text(DynamoJson.item(item)))
              .sorted()
              .toList();
      assertThat(kept).isEqualTo(items(place.table));
    }
  }

  @Test
  void anEndpointThatIsGoneIsSaidAndTheExportGoesOnWhenItIsBack() throws Exception {
    Path export = folder.resolve("export");
    try (Engine engine = Engine.inMemory()) {
      int port;
      try (Gate gate = Gate.open(engine, 0)) {
        port = gate.port();
      }
      System.setProperty("aws.accessKeyId", "any");
      System.setProperty("aws.secretAccessKey", "any");
      Settings settings =
          new Settings(
              new Storage.Remote(java.net.URI.create("http://127.0.0.1:" + port), "us-east-1"),
              "parley",
              new Capacity.OnDemand(),
              new Secret(new byte[32]));
      try (Place place = Place.at(settings)) {
        try (Gate gate = Gate.open(engine, port)) {
          assertThat(gate.port()).isEqualTo(port);
          new PopulationSeed(place.table, place.out(false), new Wanted(20, 20, 300, 3))
              .run(new Capacity.OnDemand(), 0);
          ExportFolder parts = new ExportFolder(export);
          var page = place.table.client().scan(r -> r.tableName("parley").limit(50));
          parts.add(parts.begin("parley"), "parley", page.items(), page.lastEvaluatedKey());
        }
        assertThatThrownBy(() ->
                OpenTable.with(
                    settings,
                    false,
                    table -> {
                      new Moving(table, place.out(false), 0).exportTo(export);
                      return true;
                    }))
            .isInstanceOf(Unreachable.class);
        try (Gate gate = Gate.open(engine, port)) {
          assertThat(gate.port()).isEqualTo(port);
          moving(place).exportTo(export);
          assertThat(place.said()).contains("401 items of parley", "50 of them from before");
        }
      }
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void whatIsDamagedOrElsewhereIsRefused() throws Exception {
    Path export = folder.resolve("export");
    try (Place place = seeded(200)) {
      Moving moving = new Moving(place.table, place.out(false), 0);
      assertThatThrownBy(() -> moving.importFrom(export, null, false))
          .hasMessageContaining("There is no export in");
      moving.exportTo(export);
      Path file = export.resolve("data/00000.json.gz");
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      assertThatThrownBy(() -> moving.importFrom(export, null, true))
          .hasMessageContaining("is damaged: its MD5");
      for (String manifest : List.of("manifest-files.json", "manifest-summary.json")) {
        Files.writeString(export.resolve(manifest), "{\"checksum\":\"letters\"");
        assertThatThrownBy(() -> moving.importFrom(export, null, true))
            .isInstanceOf(Refused.class)
            .hasMessageContaining(manifest + " is damaged");
      }
      Path other = Files.createDirectories(folder.resolve("other"));
      Files.writeString(other.resolve("note"), "mine");
      assertThatThrownBy(() -> moving.exportTo(other)).hasMessageContaining("is not empty");
      assertThat(other.resolve("note")).hasContent("mine");
    }
  }
}
