package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parley.host.Revived;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.erasure.ErasedNames;
import parley.messaging.erasure.ErasureLedger;
import parley.messaging.erasure.Erasures;
import parley.store.Table;

/// The ledger of erased accounts as a file: a line each, which is a keyed hash and tells nobody who
/// it was. Readable by its owner alone. Several servers may write to one file.
public final class ErasedFile implements ErasureLedger {
  /// Its name in a data folder.
  public static final String NAME = "erased.ledger";

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;
  private final ErasedNames as;

  public ErasedFile(Path file, Secret secret) {
    this.file = file;
    this.as = new ErasedNames(secret);
  }

  @Override
  public synchronized void add(UserId user) {
    if (names(user)) {
      return;
    }
    byte[] line = (as.of(user) + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      if (!Files.exists(file)) {
        make();
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
    } catch (IOException e) {
      // The erasure waits: without this line, a backup could bring its person back.
      throw new UncheckedIOException("the ledger of erased accounts cannot be written", e);
    }
  }

  private void make() throws IOException {
    boolean posix =
        Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    if (posix) {
      Files.createFile(file, PRIVATE);
    } else {
      Files.createFile(file);
    }
  }

  @Override
  public boolean names(UserId user) {
    return lines().contains(as.of(user));
  }

  @Override
  public Set<UserId> among(Set<UserId> users) {
    Set<String> lines = lines();
    return users.stream()
        .filter(user -> lines.contains(as.of(user)))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String state() {
    Set<String> lines = lines();
    return lines.isEmpty() ? "" : as.ofAll(lines);
  }

  /// Erases again whoever is in it and has come back to a table that has not seen it as it is: how
  /// many that were. They are shut when this ends.
  public int keepOut(Table table, Erasures erasures) {
    Revived revived = new Revived(table, this, erasures);
    while (revived.work()) {
      // Page after page.
    }
    return revived.found();
  }

  private Set<String> lines() {
    try {
      return Files.exists(file)
          ? new TreeSet<>(Files.readAllLines(file, StandardCharsets.US_ASCII))
          : Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger of erased accounts cannot be read", e);
    }
  }
}
