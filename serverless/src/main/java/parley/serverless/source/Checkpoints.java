package parley.serverless.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How far each shard of a stream has been handled, in a file: whoever starts again goes on there.
/// Without the file everything comes again that the stream still has, which harms nobody.
final class Checkpoints {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String STREAM = "stream";

  /// What is kept of a shard that was handled to its end.
  static final String END = "END";

  private final Path file;
  private final String stream;
  private final Map<String, String> positions = new TreeMap<>();

  Checkpoints(Path file, String stream) {
    this.file = file;
    this.stream = stream;
    try {
      JsonNode kept =
          Files.exists(file) ? JSON.readTree(Files.readString(file)) : JSON.createObjectNode();
      // Positions in another stream mean nothing here.
      if (kept.path(STREAM).asString("").equals(stream)) {
        kept.path("shards")
            .propertyStream()
            .forEach(shard -> positions.put(shard.getKey(), shard.getValue().asString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoints " + file + " cannot be read", e);
    } catch (JacksonException e) {
      throw new IllegalStateException(
          "the checkpoints " + file + " are damaged: remove the file, and all comes again", e);
    }
  }

  /// The last record of a shard that was handled, null before the first.
  synchronized @Nullable String of(String shard) {
    return positions.get(shard);
  }

  synchronized void save(String shard, String position) {
    if (position.equals(positions.put(shard, position))) {
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(next, JSON.writeValueAsString(Map.of(STREAM, stream, "shards", positions)));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoints " + file + " cannot be written", e);
    }
  }
}
