package parley.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/// An export on disk, laid out as the service's own exports to S3 are:
///
/// ```
/// manifest-summary.json   when it is complete: how many items, their checksum
/// manifest-files.json     a line for each file: its name, items, MD5
/// data/00000.json.gz      a line for each item: {"Item": {…}} in DynamoDB JSON
/// checkpoint.json         while it is not complete: where the last file ended
/// ```
///
/// A file appears whole or not at all, and the checkpoint after it. What people wrote is in there,
/// so only the owner can read it.
final class ExportFolder {
  private static final String SUMMARY = "manifest-summary.json";
  private static final String FILES = "manifest-files.json";
  private static final String CHECKPOINT = "checkpoint.json";

  /// One file of items.
  record Part(String name, long items, String md5) {}

  /// How far an export has come: where it goes on, empty for the beginning, and what it has so far.
  record Progress(Map<String, AttributeValue> from, List<Part> parts, Checksum checksum) {}

  private final Path folder;

  ExportFolder(Path folder) {
    this.folder = folder;
  }

  boolean isComplete() {
    return Files.exists(folder.resolve(SUMMARY));
  }

  /// Makes the folder for an export of `table`, or finds where an earlier one of it was broken off.
  Progress begin(String table) {
    try {
      if (Files.exists(folder.resolve(CHECKPOINT))) {
        return progress(table);
      }
      if (Files.exists(folder)) {
        try (var there = Files.list(folder)) {
          if (there.findAny().isPresent()) {
            throw new Refused(
                Refused.Why.FOLDER,
                "The folder " + folder + " is not empty. Name one that is not there yet.");
          }
        }
      }
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      Files.createDirectories(folder.resolve("data"));
      // From here on the folder is this export's, even if it is broken off before its first file.
      replace(folder.resolve(CHECKPOINT), json(table, new Checksum(), List.of(), Map.of()));
      return new Progress(Map.of(), List.of(), new Checksum());
    } catch (DynamoJson.NotAnItem | NumberFormatException e) {
      throw spoilt(CHECKPOINT);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private Progress progress(String table) throws IOException {
    JsonNode kept = DynamoJson.parse(Files.readString(folder.resolve(CHECKPOINT)));
    if (!kept.path("table").asString().equals(table)) {
      throw new Refused(
          Refused.Why.FOLDER,
          "The folder "
              + folder
              + " has a part of an export of another table, "
              + kept.path("table").asString()
              + ". Name another folder.");
    }
    List<Part> parts = parts();
    // A file that came after the checkpoint is written again.
    int count = Math.min(parts.size(), kept.path("parts").asInt(parts.size()));
    return new Progress(
        DynamoJson.readItem(kept.path("from")),
        parts.subList(0, count),
        new Checksum(kept.path("items").asLong(), kept.path("checksum").asString()));
  }

  /// Keeps one more file, then how far it has come.
  Progress add(
      Progress progress,
      String table,
      List<Map<String, AttributeValue>> items,
      Map<String, AttributeValue> from) {
    List<Part> parts = new ArrayList<>(progress.parts());
    try {
      if (!items.isEmpty()) {
        String name = String.format(java.util.Locale.ROOT, "data/%05d.json.gz", parts.size());
        List<String> texts = items.stream().map(Checksum::text).toList();
        byte[] packed = packed(texts);
        replace(folder.resolve(name), packed);
        parts.add(new Part(name, items.size(), Checksum.md5(packed)));
        texts.forEach(progress.checksum()::add);
        StringBuilder lines = new StringBuilder();
        for (Part part : parts) {
          lines.append(DynamoJson.text(line(part))).append('\n');
        }
        replace(folder.resolve(FILES), lines.toString().getBytes(StandardCharsets.UTF_8));
      }
      if (from.isEmpty()) {
        replace(folder.resolve(SUMMARY), json(table, progress.checksum(), parts, null));
        Files.deleteIfExists(folder.resolve(CHECKPOINT));
      } else {
        replace(folder.resolve(CHECKPOINT), json(table, progress.checksum(), parts, from));
      }
      return new Progress(from, List.copyOf(parts), progress.checksum());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static Map<String, Object> line(Part part) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("itemCount", part.items());
    line.put("md5Checksum", part.md5());
    line.put("dataFileS3Key", part.name());
    return line;
  }

  private static byte[] json(
      String table,
      Checksum checksum,
      List<Part> parts,
      @Nullable Map<String, AttributeValue> from) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("table", table);
    facts.put("outputFormat", "DYNAMODB_JSON");
    facts.put(from == null ? "itemCount" : "items", checksum.items());
    facts.put("checksum", checksum.text());
    if (from != null) {
      facts.put("parts", parts.size());
      facts.put("from", DynamoJson.item(from));
    }
    return DynamoJson.text(facts).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] packed(List<String> items) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer lines = new OutputStreamWriter(new Packer(bytes), StandardCharsets.UTF_8)) {
      for (String item : items) {
        lines.write("{\"Item\":");
        lines.write(item);
        lines.write("}\n");
      }
    }
    return bytes.toByteArray();
  }

  /// Fast rather than small: packing well took longer than the embedded engine takes to read.
  private static final class Packer extends GZIPOutputStream {
    Packer(OutputStream to) throws IOException {
      super(to, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// @throws Refused if it is no whole export
  Checksum checksum() {
    if (!isComplete()) {
      throw Refused.input(
          Files.exists(folder.resolve(CHECKPOINT))
              ? "The export in "
                  + folder
                  + " is not complete. Run the same `parley table export` again: it goes on."
              : "There is no export in " + folder + ". `parley table export` makes one.");
    }
    try {
      JsonNode summary = DynamoJson.parse(Files.readString(folder.resolve(SUMMARY)));
      if (!summary.has("checksum")) {
        throw Refused.input(
            "The export in "
                + folder
                + " has no checksum, so it was not made by `parley table export`.");
      }
      return new Checksum(summary.path("itemCount").asLong(), summary.path("checksum").asString());
    } catch (DynamoJson.NotAnItem | NumberFormatException e) {
      throw spoilt(SUMMARY);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  List<Part> parts() {
    try {
      Path files = folder.resolve(FILES);
      if (!Files.exists(files)) {
        return List.of();
      }
      List<Part> parts = new ArrayList<>();
      for (String line : Files.readAllLines(files)) {
        JsonNode part = DynamoJson.parse(line);
        parts.add(
            new Part(
                part.path("dataFileS3Key").asString(),
                part.path("itemCount").asLong(),
                part.path("md5Checksum").asString()));
      }
      return parts;
    } catch (DynamoJson.NotAnItem e) {
      throw spoilt(FILES);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /// The items of a file.
  ///
  /// @throws Refused if it is damaged
  List<Map<String, AttributeValue>> items(Part part) {
    Path file = folder.resolve(part.name()).normalize();
    try {
      byte[] packed = Files.readAllBytes(file);
      if (!file.startsWith(folder.normalize()) || !Checksum.md5(packed).equals(part.md5())) {
        throw damaged(part, "its MD5 is not the one in " + FILES);
      }
      String lines;
      try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        lines = new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
      }
      List<Map<String, AttributeValue>> items =
          lines
              .lines()
              .map(line -> DynamoJson.readItem(DynamoJson.parse(line).path("Item")))
              .toList();
      if (items.size() != part.items()) {
        throw damaged(part, "it has " + items.size() + " items, not " + part.items());
      }
      return items;
    } catch (IOException | DynamoJson.NotAnItem e) {
      throw damaged(part, "it cannot be read");
    }
  }

  private Refused damaged(Part part, String why) {
    return Refused.input(
        "The file "
            + folder.resolve(part.name())
            + " is damaged: "
            + why
            + ". Put it back from where it was copied from, or export again.");
  }

  private Refused spoilt(String file) {
    return Refused.input(
        "The file "
            + folder.resolve(file)
            + " is damaged: it is not what `parley table export` wrote. Export again, into another"
            + " folder.");
  }

  private Refused unusable(IOException e) {
    return new Refused(
        Refused.Why.FOLDER, "The folder " + folder + " cannot be used: " + e.getMessage() + ".", e);
  }
}
