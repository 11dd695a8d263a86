package parley.server.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import parley.host.export.ZipArchive;
import parley.messaging.Ids;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.export.Archive;
import parley.messaging.export.Download;
import parley.messaging.export.Export;
import parley.messaging.export.ExportShelf;

/// Archives as files in a folder, readable by its owner alone. Several servers may share one.
///
/// For each person a file that says how far theirs is, under a keyed hash of their id; the archive
/// itself is under the hash of the code that fetches it. A `.part` is being written, a `.going`
/// handed out.
public final class ExportFolder implements ExportShelf {
  /// Its name in a data folder.
  public static final String NAME = "exports";

  private static final String STATUS = ".status";
  private static final String ZIP = ".zip";
  private static final String PART = ".part";
  private static final String GOING = ".going";

  /// A state that is being written.
  private static final String FRESH = ".new";

  private static final boolean POSIX =
      java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path folder;
  private final SecretKey key;

  public ExportFolder(Path folder, Secret secret) {
    this.folder = folder;
    this.key = secret.permanentKey("exports");
  }

  private static FileAttribute<?>[] only(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /// Makes an empty file that nobody else may read.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException if there is one
  public static void make(Path file) throws IOException {
    Files.createFile(file, only("rw-------"));
  }

  private static void makeAnew(Path file) throws IOException {
    Files.deleteIfExists(file);
    make(file);
  }

  private Path zip(String place) {
    return folder.resolve(place + ZIP);
  }

  /// Moves the archive that lies under `place` to a file, as somebody on this machine may; how far
  /// it is if it is not ready. Null where there is none, or it has just been moved.
  public @Nullable Export fetch(String place, Path to) {
    Export export = at(place);
    Download download =
        export != null && export.state() == Export.State.READY ? archive(export, 1) : null;
    if (download == null) {
      return export;
    }
    boolean whole = false;
    try (InputStream from = download.open();
        OutputStream out = Files.newOutputStream(to, StandardOpenOption.WRITE)) {
      from.transferTo(out);
      whole = true;
    } catch (IOException e) {
      throw new UncheckedIOException("the archive cannot be written to " + to, e);
    } finally {
      download.end(whole);
    }
    return null;
  }

  private Path status(UserId user) {
    byte[] named = ("user|" + user).getBytes(StandardCharsets.US_ASCII);
    return folder.resolve(Ids.encode("", Secret.hmac(key, named)) + STATUS);
  }

  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public List<Export> all() {
    List<Export> all = new ArrayList<>();
    for (Path file : files()) {
      if (file.toString().endsWith(STATUS)) {
        Export export = read(file);
        if (export != null) {
          all.add(export);
        }
      }
    }
    return all;
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of archives cannot be read", e);
    }
  }

  @Override
  public @Nullable Export at(String place) {
    return all().stream().filter(one -> one.place().equals(place)).findFirst().orElse(null);
  }

  @Override
  public @Nullable Export of(UserId user) {
    return read(status(user));
  }

  private static @Nullable Export read(Path file) {
    Properties said = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
      said.load(reader);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("the state of an archive cannot be read", e);
    }
    try {
      String until = said.getProperty("until");
      return new Export(
          new UserId(said.getProperty("user")),
          said.getProperty("place"),
          Export.State.valueOf(said.getProperty("state")),
          Instant.parse(said.getProperty("askedAt")),
          Integer.parseInt(said.getProperty("done")),
          Integer.parseInt(said.getProperty("total")),
          Integer.parseInt(said.getProperty("attempts")),
          Instant.parse(said.getProperty("touchedAt")),
          until == null ? null : Instant.parse(until),
          until == null ? 0 : 1,
          null,
          0);
    } catch (RuntimeException e) {
      // It is written whole or not at all, so it is none of ours; tidying removes it.
      return null;
    }
  }

  @Override
  public synchronized Export put(Export export) {
    Properties says = new Properties();
    says.setProperty("user", export.user().value());
    says.setProperty("place", export.place());
    says.setProperty("state", export.state().name());
    says.setProperty("askedAt", export.askedAt().toString());
    says.setProperty("done", Integer.toString(export.done()));
    says.setProperty("total", Integer.toString(export.total()));
    says.setProperty("attempts", Integer.toString(export.attempts()));
    says.setProperty("touchedAt", export.touchedAt().toString());
    Instant until = export.until();
    if (until != null) {
      says.setProperty("until", until.toString());
    }
    try {
      Files.createDirectories(folder, only("rwx------"));
      Path fresh = folder.resolve(status(export.user()).getFileName() + FRESH);
      makeAnew(fresh);
      try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.US_ASCII)) {
        says.store(writer, null);
      }
      Files.move(fresh, status(export.user()), StandardCopyOption.ATOMIC_MOVE);
      return export;
    } catch (IOException e) {
      throw new UncheckedIOException("the state of an archive cannot be written", e);
    }
  }

  @Override
  public Archive begin(Export export) {
    try {
      Path part = folder.resolve(export.place() + PART);
      makeAnew(part);
      return new ZipArchive(
          new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.WRITE)));
    } catch (IOException e) {
      throw new UncheckedIOException("an archive cannot be written", e);
    }
  }

  @Override
  public boolean finish(Export next) {
    Export wanted = of(next.user());
    if (wanted == null || !wanted.place().equals(next.place())) {
      return false;
    }
    try {
      Files.move(
          folder.resolve(next.place() + PART), zip(next.place()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("an archive cannot be finished", e);
    }
    put(next);
    return true;
  }

  @Override
  public synchronized void remove(Export export) {
    try {
      for (String kind : List.of(ZIP, PART, GOING)) {
        Files.deleteIfExists(folder.resolve(export.place() + kind));
      }
      // The last, for it leads to the others.
      Export there = of(export.user());
      if (there != null && there.place().equals(export.place())) {
        Path status = status(export.user());
        Files.deleteIfExists(folder.resolve(status.getFileName() + FRESH));
        Files.deleteIfExists(status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an archive cannot be removed", e);
    }
  }

  @Override
  public synchronized void tidy() {
    Set<String> wanted = new HashSet<>();
    List<Path> files = files();
    for (Path file : files) {
      Export export = file.toString().endsWith(STATUS) ? read(file) : null;
      if (export != null) {
        wanted.add(file.getFileName().toString());
        for (String kind : List.of(ZIP, PART, GOING)) {
          wanted.add(export.place() + kind);
        }
      }
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!wanted.contains(name)) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw new UncheckedIOException("a file of no archive cannot be removed", e);
        }
      }
    }
  }

  @Override
  public long forget(UserId user) {
    Export export = of(user);
    if (export == null) {
      return 0;
    }
    remove(export);
    return 1;
  }

  @Override
  public @Nullable Download archive(Export export, int part) {
    Path zip = zip(export.place());
    return part == 1 && Files.exists(zip) ? new Going(export, zip) : null;
  }

  /// A file on its way to its person.
  private final class Going implements Download {
    private final Export export;
    private final Path zip;
    private final Path going;

    Going(Export export, Path zip) {
      this.export = export;
      this.zip = zip;
      this.going = folder.resolve(export.place() + GOING);
    }

    @Override
    public long length() {
      try {
        return Files.size(zip);
      } catch (IOException e) {
        throw new UncheckedIOException("an archive cannot be read", e);
      }
    }

    @Override
    public InputStream open() {
      try {
        Files.move(zip, going, StandardCopyOption.ATOMIC_MOVE);
        return Files.newInputStream(going);
      } catch (IOException e) {
        throw new UncheckedIOException("an archive cannot be handed out", e);
      }
    }

    @Override
    public void end(boolean whole) {
      try {
        if (whole) {
          remove(export);
        } else if (of(export.user()) != null) {
          Files.move(going, zip, StandardCopyOption.ATOMIC_MOVE);
        } else {
          Files.deleteIfExists(going);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("an archive that was handed out cannot be put away", e);
      }
    }
  }
}
