package parley.server.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of the built web client by the path that each is served at, all in memory: what is not
/// in here cannot be asked for, however the path is written.
public final class WebFiles {
  static final String INDEX = "/index.html";

  /// No client: this server was built without one.
  public static final WebFiles NONE = new WebFiles(Map.of());

  private static final String CLIENT = "parley/web";
  private static final String INSPECT = "parley/inspect";

  /// More than the client will ever have: a folder that was packed by mistake is not kept.
  private static final long TOTAL_BYTES = 16L * 1024 * 1024;

  private final Map<String, WebFile> files;

  private WebFiles(Map<String, WebFile> files) {
    this.files = Map.copyOf(files);
  }

  /// The client's that were built into this program, none if there are none.
  public static WebFiles built() {
    return built(CLIENT);
  }

  /// Those of the page that shows operators the table. Nobody else is given them.
  public static WebFiles builtForOperators() {
    return built(INSPECT);
  }

  private static WebFiles built(String folder) {
    URL index = WebFiles.class.getResource("/" + folder + INDEX);
    if (index == null) {
      return NONE;
    }
    try {
      URI place = index.toURI();
      if (!place.getScheme().equals("jar")) {
        return in(Path.of(place).resolveSibling(""));
      }
      // `newFileSystem` of a path, not of a URI: it is nobody else's, and can be closed.
      URI jar = URI.create(place.getSchemeSpecificPart().split("!", 2)[0]);
      try (FileSystem inside = FileSystems.newFileSystem(Path.of(jar))) {
        return in(inside.getPath(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the web client cannot be read", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Those of a folder.
  static WebFiles in(Path folder) throws IOException {
    Map<String, WebFile> files = new TreeMap<>();
    long total_bytes = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        total_bytes += content.length;
        if (total_bytes > TOTAL_BYTES) {
          throw new IllegalStateException("the web client has more than " + TOTAL_BYTES + " bytes");
        }
        String path = "/" + folder.relativize(file).toString().replace('\\', '/');
        files.put(path, WebFile.of(path, content));
      }
    }
    return new WebFiles(files);
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /// The file at a raw path, null if there is none with exactly this name.
  @Nullable WebFile at(String path) {
    return files.get(path);
  }

  /// The one page of the client, which draws what its address says.
  WebFile index() {
    WebFile index = files.get(INDEX);
    if (index == null) {
      throw new IllegalStateException("the web client has no " + INDEX);
    }
    return index;
  }
}
