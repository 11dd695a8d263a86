package parley.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The secret of a deployment as a file: base64 text, mode 0600, written once and never again by
/// Parley. An operator may put newer values above the first, a line each.
///
/// It keys the ids of conversations, so nothing here replaces one that is damaged or lost: with
/// another secret, people who already talk would be given second conversations.
final class DeploymentSecret {
  static final String FILE = "secret";
  static final int BYTES = 32;

  private static final int MAX_FILE_BYTES = 4096;

  private final Path file;
  private @Nullable String text;

  DeploymentSecret(Path folder) {
    this.file = folder.resolve(FILE);
  }

  Path file() {
    return file;
  }

  /// The secret, made now if there is none and `hasDatabase` is false. For one thread at a time.
  String text(boolean hasDatabase) {
    String known = text;
    if (known == null) {
      known = readOrCreate(hasDatabase);
      text = known;
    }
    return known;
  }

  private String readOrCreate(boolean hasDatabase) {
    String read;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw damaged("is too long");
      }
      read = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
    } catch (NoSuchFileException e) {
      if (hasDatabase) {
        throw new DataFolderUnusable(
            "The secret "
                + file
                + " is missing, but there is a database that was made with it: put the secret back"
                + " from a backup (a new one would give people who already talk second"
                + " conversations), or use another folder with --data.");
      }
      return create();
    } catch (IOException e) {
      throw new DataFolderUnusable("The secret " + file + " cannot be read: " + e, e);
    }
    read.lines().forEach(this::check);
    if (read.isEmpty()) {
      throw damaged("is empty");
    }
    return read;
  }

  private void check(String line) {
    byte[] decoded;
    try {
      // Parley writes the alphabet for URLs, other tools the other one.
      decoded = Base64.getUrlDecoder().decode(line.replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException e) {
      throw damaged("is not base64 text");
    }
    if (decoded.length < BYTES) {
      throw damaged("has " + decoded.length + " bytes in a line instead of at least " + BYTES);
    }
  }

  private DataFolderUnusable damaged(String how) {
    return new DataFolderUnusable(
        "The secret "
            + file
            + " "
            + how
            + ": put it back from a backup, or use another folder with --data.");
  }

  private String create() {
    byte[] fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    String made = Base64.getUrlEncoder().withoutPadding().encodeToString(fresh);
    try {
      PrivateFiles.replace(file, made + "\n");
    } catch (IOException e) {
      throw new DataFolderUnusable("The secret " + file + " cannot be written: " + e, e);
    }
    return made;
  }
}
