package parley.serverless.runtime;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// A zip with [OddFunction], as a build would make one.
final class OddPackage {
  static final FileTime BUILT = FileTime.from(Instant.parse("2026-01-02T03:04:06Z"));

  private OddPackage() {}

  static Path zip(Path folder) throws IOException, URISyntaxException {
    Path zip = folder.resolve("functions.zip");
    String name = OddFunction.class.getName().replace('.', '/') + ".class";
    Path built = Path.of(OddFunction.class.getResource("/" + name).toURI());
    try (FileSystem packed =
        FileSystems.newFileSystem(
            zip, Map.of("create", "true", "enablePosixFileAttributes", true))) {
      Path inside = packed.getPath("/" + name);
      Files.createDirectories(inside.getParent());
      Files.copy(built, inside);
      Path bootstrap = packed.getPath("/bootstrap");
      Files.writeString(
          bootstrap,
          "#!/bin/sh\nexec \"$JAVA_HOME/bin/java\" --enable-native-access=ALL-UNNAMED -Xmx64m '-D"
              + NativeClient.PROPERTY
              + "="
              + NativeClient.beside(folder)
              + "' -cp '"
              + System.getProperty("java.class.path")
              + "' com.amazonaws.services.lambda.runtime.api.client.AWSLambda \"$_HANDLER\"\n");
      Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setLastModifiedTime(bootstrap, BUILT);
    }
    return zip;
  }

  static FunctionPackage managed(Path folder) throws IOException, URISyntaxException {
    Path root = folder.resolve("task");
    Unpacked.into(root, zip(folder));
    return new FunctionPackage.Managed(root);
  }

  static FunctionSettings settings(int concurrency, Duration timeout, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("PARLEY_TABLE", "parley");
    return new FunctionSettings(
        "Odd",
        OddFunction.class.getName() + "::handleRequest",
        256,
        timeout,
        concurrency,
        environment);
  }
}
