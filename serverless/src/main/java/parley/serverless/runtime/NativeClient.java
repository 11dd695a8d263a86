package parley.serverless.runtime;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The native library of Lambda's interface client.
///
/// Left to itself, each process writes it to one and the same file in `/tmp`, over what others run
/// from. That is well where each has a `/tmp` of its own, as in Lambda; here they would crash.
final class NativeClient {
  /// The client loads the library from where this says, and writes none.
  static final String PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private NativeClient() {}

  /// The library beside a folder, unpacked if it is not there.
  static Path beside(Path folder) {
    Path library = folder.resolveSibling(folder.getFileName() + "-client.so");
    if (Files.exists(library)) {
      return library;
    }
    String name = "/jni/libaws-lambda-jni." + system() + ".so";
    try (InputStream packed = NativeClient.class.getResourceAsStream(name)) {
      if (packed == null) {
        throw new FileNotFoundException(name + " is not on the class path");
      }
      Path partial = Files.createTempFile(library.getParent(), "client", ".so");
      Files.copy(packed, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE);
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException("Lambda's interface client cannot be unpacked", e);
    }
  }

  private static String system() {
    boolean isArm = System.getProperty("os.arch").equals("aarch64");
    String musl = "/lib/ld-musl-" + (isArm ? "aarch64" : "x86_64") + ".so.1";
    return (Files.exists(Path.of(musl)) ? "linux_musl-" : "linux-")
        + (isArm ? "aarch_64" : "x86_64");
  }
}
