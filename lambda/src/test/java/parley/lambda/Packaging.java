package parley.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Part of the build: makes the packages out of what Maven has put into `target`.
///
/// - `functions.zip` for the managed runtime: classes and `lib/*.jar`;
/// - `custom.zip` with a Java of its own, cut down to what is used, and with a cache of what it
///   loads while it handles events of every kind (JEP 483, 514). Both are of the processor and the
///   system that they are made on.
final class Packaging {
  /// What of Java the functions and their libraries use.
  private static final String MODULES =
      String.join(
          ",",
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.xml",
          "jdk.unsupported");

  private final Path target;
  private final Path sources;

  private Packaging(Path target, Path sources) {
    this.target = target;
    this.sources = sources;
  }

  public static void main(String[] args) {
    int code = 1;
    try {
      Packaging packaging = new Packaging(Path.of(args[0]), Path.of(args[1]));
      switch (args[2]) {
        case "functions" -> packaging.functions();
        case "custom" -> packaging.custom();
        default -> throw new IllegalArgumentException("functions or custom, not " + args[2]);
      }
      code = 0;
    } catch (IOException | InterruptedException | RuntimeException e) {
      System.getLogger(Packaging.class.getName())
          .log(System.Logger.Level.ERROR, "the package " + args[2] + " could not be made", e);
    } finally {
      // The engine's threads are no daemons: whatever happened, nothing else ends this.
      System.exit(code);
    }
  }

  private void functions() throws IOException {
    Path zip = target.resolve("functions.zip");
    if (isUpToDate(zip)) {
      return;
    }
    Path folder = emptied(target.resolve("functions"));
    copyAll(target.resolve("classes"), folder);
    for (Path jar : libraries()) {
      copy(jar, folder.resolve("lib").resolve(jar.getFileName()));
    }
    ZipFile.of(zip, folder);
    told(zip);
  }

  private void custom() throws IOException, InterruptedException {
    Path zip = target.resolve("custom.zip");
    if (isUpToDate(zip)) {
      return;
    }
    Path folder = emptied(target.resolve("custom"));
    List<String> path = new ArrayList<>();
    try (Stream<Path> own = Files.list(target)) {
      List<Path> jars = new ArrayList<>(own.filter(Packaging::isOwnJar).toList());
      jars.addAll(libraries());
      for (Path jar : jars) {
        Path copy = copy(jar, folder.resolve("lib").resolve(jar.getFileName()));
        Files.setLastModifiedTime(copy, ZipFile.TIME);
        path.add("lib/" + jar.getFileName());
      }
    }
    copyAll(sources, folder);
    Path bootstrap = folder.resolve("bootstrap");
    if (!bootstrap.toFile().setExecutable(true, false)) {
      throw new IOException(bootstrap + " cannot be made executable");
    }
    Files.writeString(
        folder.resolve("java.options"),
        Files.readString(sources.resolve("java.options")) + "-cp " + String.join(":", path) + "\n");
    jre(folder);
    Training.of(folder);
    ZipFile.of(zip, folder);
    told(zip);
  }

  private static void jre(Path folder) throws IOException, InterruptedException {
    Process jlink =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-java-debug-attributes",
                "--no-man-pages",
                "--no-header-files",
                "--output",
                folder.resolve("jre").toString())
            .inheritIO()
            .start();
    if (jlink.waitFor() != 0) {
      throw new IOException("jlink failed, and said why");
    }
  }

  private static boolean isOwnJar(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("parley-lambda-") && name.endsWith(".jar") && !name.contains("-tests");
  }

  private List<Path> libraries() throws IOException {
    try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
      return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /// Whether nothing that a package is made of is newer than it.
  private boolean isUpToDate(Path zip) throws IOException {
    if (!Files.exists(zip)) {
      return false;
    }
    var made = Files.getLastModifiedTime(zip);
    for (Path part :
        List.of(
            target.resolve("classes"),
            target.resolve("test-classes"),
            target.resolve("lib"),
            sources)) {
      try (Stream<Path> files = Files.walk(part)) {
        if (files.anyMatch(file -> time(file).compareTo(made) > 0)) {
          return false;
        }
      }
    }
    return true;
  }

  private static java.nio.file.attribute.FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static Path copy(Path file, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    return Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /// What it weighs: packed, and unpacked with its largest parts.
  private static void told(Path zip) throws IOException {
    Path folder = zip.resolveSibling(zip.getFileName().toString().replace(".zip", ""));
    try (Stream<Path> parts = Files.list(folder)) {
      String named =
          parts
              .map(part -> part.getFileName() + " " + mb(size(part)))
              .sorted()
              .collect(Collectors.joining(", "));
      System.out.println(
          zip.getFileName()
              + ": "
              + mb(Files.size(zip))
              + " MB, unpacked "
              + mb(size(folder))
              + " MB ("
              + named
              + ")");
    }
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mb(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
