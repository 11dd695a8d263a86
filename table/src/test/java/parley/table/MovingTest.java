package parley.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        .run(new Capacity.OnDemand(), new Rate.Unbounded());
    place.said();
    return place;
  }

  /// One that makes files of 300 items.
  private static Moving moving(Place place) {
    return new Moving(place.table, place.out(false), new Rate.Unbounded(), 300);
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
              new Moving(place.table, place.out(false), new Rate.Unbounded())
                  .importFrom(export, new Capacity.OnDemand(), false))
          .isTrue();
      assertThat(place.said()).contains("which is now what was exported, every byte");
      assertThat(items(place.table)).isEqualTo(before);
      assertThat(new AuditRun(place.table, place.out(false)).run(false, Population.END)).isTrue();
      // Again, over itself: nothing changes.
      assertThat(
              new Moving(place.table, place.out(false), new Rate.Unbounded())
                  .importFrom(export, null, false))
          .isTrue();
      place
          .table
          .client()
          .putItem(r ->
              r.tableName("parley")
                  .item(
                      Map.of("PK", AttributeValue.fromS("ODD"), "SK", AttributeValue.fromS("y"))));
      assertThatThrownBy(() ->
              new Moving(place.table, place.out(false), new Rate.Unbounded())
                  .importFrom(export, null, false))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("--beside");
      assertThat(
              new Moving(place.table, place.out(false), new Rate.Unbounded())
                  .importFrom(export, null, true))
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
      assertThatThrownBy(() ->
              new Moving(place.table, place.out(false), new Rate.Unbounded())
                  .importFrom(export, null, false))
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

  /// The process ended after a file was kept and before the checkpoint was.
  @Test
  void aFileThatIsNewerThanTheCheckpointIsWrittenAgain() throws Exception {
    Path export = folder.resolve("export");
    try (Place place = seeded(300)) {
      ExportFolder parts = new ExportFolder(export);
      ExportFolder.Progress begun = parts.begin("parley");
      byte[] checkpoint = Files.readAllBytes(export.resolve("checkpoint.json"));
      var page = place.table.client().scan(r -> r.tableName("parley").limit(200));
      parts.add(begun, "parley", page.items(), page.lastEvaluatedKey());
      Files.write(export.resolve("checkpoint.json"), checkpoint);
      moving(place).exportTo(export);
      assertThat(place.said()).contains("621 items").doesNotContain("from before");
      assertThat(parts.parts().stream().mapToLong(ExportFolder.Part::items).sum()).isEqualTo(621);
    }
  }

  private static Settings elsewhere(int port) {
    return new Settings(
        new Storage.Remote(URI.create("http://127.0.0.1:" + port), "us-east-1"),
        "parley",
        new Capacity.OnDemand(),
        new Secret(new byte[32]));
  }

  private static String export(Settings settings, Path folder) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    OpenTable.with(
        settings,
        false,
        table -> {
          Out out = new Out(print, print, new Ink(false, false), false, false, false);
          new Moving(table, out, new Rate.Unbounded(), 100).exportTo(folder);
          return true;
        });
    return said.toString(StandardCharsets.UTF_8);
  }

  /// The wire is cut inside an answer, earlier and later; each time the same command goes on when
  /// it is whole again.
  @ParameterizedTest
  @ValueSource(longs = {1, 30_000, 60_000, 90_000})
  void anEndpointThatGoesInMidExportIsSaidAndTheExportGoesOnWhenItIsBack(long bytes)
      throws Exception {
    Path export = folder.resolve("export");
    System.setProperty("aws.accessKeyId", "any");
    System.setProperty("aws.secretAccessKey", "any");
    try (Engine engine = Engine.inMemory();
        Gate gate = Gate.open(engine, 0);
        Wire wire = new Wire(gate.port());
        Place place = Place.at(elsewhere(gate.port()))) {
      new PopulationSeed(place.table, place.out(false), new Wanted(20, 20, 300, 3))
          .run(new Capacity.OnDemand(), new Rate.Unbounded());
      wire.cutAfter(bytes);
      assertThatThrownBy(() -> export(elsewhere(wire.port()), export))
          .isInstanceOf(Unreachable.class);
      assertThat(export.resolve("manifest-summary.json")).doesNotExist();
      Path checkpoint = export.resolve("checkpoint.json");
      long kept =
          Files.exists(checkpoint)
              ? new ExportFolder(export).begin("parley").checksum().items()
              : 0;
      wire.mend();
      String said = export(elsewhere(wire.port()), export);
      assertThat(said).contains("401 items of parley");
      // Of what comes through, a busy machine may have asked for some twice.
      assertThat(said.contains("of them from before")).isEqualTo(kept > 0);
      assertThat(kept > 0 || bytes < 90_000).isTrue();
      ExportFolder parts = new ExportFolder(export);
      assertThat(
              parts.parts().stream()
                  .flatMap(part -> parts.items(part).stream())
                  .map(item -> DynamoJson.text(DynamoJson.item(item)))
                  .sorted())
          .isEqualTo(items(place.table));
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void whatIsDamagedOrElsewhereIsRefused() throws Exception {
    Path export = folder.resolve("export");
    try (Place place = seeded(200)) {
      Moving moving = new Moving(place.table, place.out(false), new Rate.Unbounded());
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
