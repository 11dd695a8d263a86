package parley.engine;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The folder of one deployment's data, held by one opener at a time.
///
/// The lock is the operating system's, on `parley.lock`, and ends with the process however it ends:
/// a file left behind by a crash is no obstacle. Safe for use by many threads.
public final class DataFolder implements AutoCloseable {
  private static final String LOCK = "parley.lock";
  static final String DATABASE = "dynamodb.db";

  /// How every SQLite file begins, which is what the database keeps its data in.
  private static final byte[] DATABASE_START =
      "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /// The folders that this process holds. A second opening must be turned away *before* it touches
  /// the lock file: closing its handle would give up the first opening's lock (POSIX).
  private static final Set<Object> HELD_HERE = new HashSet<>();

  private final Path path;
  private final Object identity;
  private final FileChannel channel;
  private final DeploymentSecret secret;
  private Holder holder = Holder.ofThisProcess();
  private boolean closed;

  private DataFolder(Path path, Object identity, FileChannel channel) {
    this.path = path;
    this.identity = identity;
    this.channel = channel;
    this.secret = new DeploymentSecret(path);
  }

  /// Opens a data folder, creating it with mode 0700 if it is missing. A folder that exists keeps
  /// its mode; what is put into it is readable by its owner alone either way.
  ///
  /// @throws DataFolderInUse if it is open already, here or in another process
  /// @throws DataFolderUnusable if it is not a folder or cannot be written
  public static DataFolder open(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      if (!Files.exists(path)) {
        create(path);
      }
      if (!Files.isDirectory(path)) {
        throw new DataFolderUnusable(
            "The data folder " + path + " is not a folder: use another one with --data.");
      }
      Object identity = identityOf(path);
      synchronized (HELD_HERE) {
        if (!HELD_HERE.add(identity)) {
          throw new DataFolderInUse(path, Holder.lastOf(path));
        }
      }
      DataFolder opened = null;
      try {
        opened = new DataFolder(path, identity, lock(path));
        opened.holder.writeTo(path);
        return opened;
      } catch (IOException | RuntimeException | Error e) {
        if (opened == null) {
          forget(identity);
        } else {
          opened.close();
        }
        throw e;
      }
    } catch (IOException e) {
      throw new DataFolderUnusable(
          "The data folder "
              + path
              + " cannot be written ("
              + reason(e)
              + "): make it writable for this user, or use another one with --data.",
          e);
    }
  }

  /// Who holds a folder at this moment, if anybody who still runs has said so. Only looks: it takes
  /// no lock and cannot get in an opener's way.
  public static Optional<Holder> holder(Path folder) {
    return Optional.ofNullable(Holder.lastOf(folder)).filter(Holder::alive);
  }

  /// The secret of a folder that somebody else may hold. Only looks, as [#holder] does.
  ///
  /// @throws DataFolderUnusable if it is missing or damaged
  public static String secretOf(Path folder) {
    return new DeploymentSecret(folder).text(true);
  }

  /// Tells whoever finds the folder in use something of this process, such as its `url`. A key is
  /// said anew by announcing it again.
  public synchronized void announce(String key, String value) {
    mustBeOpen();
    Holder next = holder.saying(key, value);
    try {
      next.writeTo(path);
    } catch (IOException e) {
      throw new DataFolderUnusable(
          "The data folder " + path + " can no longer be written: " + reason(e), e);
    }
    holder = next;
  }

  /// The folder, absolute.
  public Path path() {
    return path;
  }

  /// The file that the embedded database keeps everything in.
  public Path databaseFile() {
    return path.resolve(DATABASE);
  }

  /// The file of the deployment's secret.
  public Path secretFile() {
    return secret.file();
  }

  /// The deployment's secret: 32 random bytes or more in base64, made at first use and the same
  /// ever after; where an operator has put newer ones above it, a line each.
  ///
  /// @throws DataFolderUnusable if the secret is damaged, or missing beside a database that was
  ///   made with it
  public synchronized String secret() {
    mustBeOpen();
    return secret.text(holdsDatabase());
  }

  private boolean holdsDatabase() {
    // An empty file holds no data yet: it is what prepareDatabase() makes.
    try {
      return Files.size(databaseFile()) > 0;
    } catch (IOException e) {
      return Files.exists(databaseFile());
    }
  }

  /// Makes sure of the secret and of an (at first empty) database file that only its owner can
  /// read: the database would create it readable by everybody.
  synchronized void prepareDatabase() {
    mustBeOpen();
    secret.text(holdsDatabase());
    if (holdsDatabase()) {
      mustLookLikeDatabase();
      return;
    }
    try (FileChannel created = PrivateFiles.open(databaseFile(), Set.of(CREATE_NEW, WRITE))) {
      created.force(true);
    } catch (FileAlreadyExistsException e) {
      return; // left empty by a start that ended in this very moment
    } catch (IOException e) {
      throw new DataFolderUnusable(
          "The database " + databaseFile() + " cannot be created: " + reason(e), e);
    }
  }

  /// Tells the commonest damage, another file in its place, better than the database would.
  private void mustLookLikeDatabase() {
    byte[] start;
    try (InputStream file = Files.newInputStream(databaseFile())) {
      start = file.readNBytes(DATABASE_START.length);
    } catch (IOException e) {
      throw new DataFolderUnusable(
          "The database " + databaseFile() + " cannot be read: " + reason(e), e);
    }
    if (!Arrays.equals(start, DATABASE_START)) {
      throw new DataFolderUnusable(
          "The file "
              + databaseFile()
              + " is not a database: put it back from a backup, or use another folder with --data.");
    }
  }

  /// Frees the folder. A folder that an [Engine] uses is closed by the engine.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (channel) {
      Files.deleteIfExists(path.resolve(Holder.FILE));
    } catch (IOException e) {
      // A note left behind is harmless: nobody believes it once this process has ended, and the
      // lock is gone with the channel even if closing that complains.
    } finally {
      forget(identity);
    }
  }

  private void mustBeOpen() {
    if (closed) {
      throw new IllegalStateException("the data folder " + path + " has been closed");
    }
  }

  private static void create(Path path) throws IOException {
    try {
      PrivateFiles.createFolder(path);
    } catch (FileAlreadyExistsException e) {
      // Somebody else made it in this very moment, or a parent is a file.
      if (!Files.isDirectory(path)) {
        throw e;
      }
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel = PrivateFiles.open(path.resolve(LOCK), Set.of(CREATE, WRITE));
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new DataFolderInUse(path, Holder.lastOf(path));
    }
    return channel;
  }

  /// What makes two paths the same folder: its inode where there is one, for links and mounts give
  /// one folder many paths.
  private static Object identityOf(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path.toRealPath() : key;
  }

  private static void forget(Object identity) {
    synchronized (HELD_HERE) {
      HELD_HERE.remove(identity);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied for " + denied.getFile();
      case FileAlreadyExistsException exists -> exists.getFile() + " is a file";
      default -> String.valueOf(e.getMessage());
    };
  }
}
