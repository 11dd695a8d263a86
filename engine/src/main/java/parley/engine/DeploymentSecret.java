package parley.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The secret of a deployment as a file: base64url text, mode 0600, written once and never again.
///
/// It keys the ids of conversations, so nothing here replaces one that is damaged or lost: with
/// another secret, people who already talk would be given second conversations.
final class DeploymentSecret {
  static final int BYTES = 32;

  private static final int MAX_FILE_BYTES = 4096;

  private final Path file;
  private byte @Nullable [] bytes;

  DeploymentSecret(Path folder) {
    this.file = folder.resolve("secret");
  }

  Path file() {
    return file;
  }

  /// The secret, made now if there is none and `hasDatabase` is false. For one thread at a time.
  byte[] bytes(boolean hasDatabase) {
    byte[] known = bytes;
    if (known == null) {
      known = readOrCreate(hasDatabase);
      bytes = known;
    }
    return known.clone();
  }

  private byte[] readOrCreate(boolean hasDatabase) {
    String text;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw damaged("is too long");
      }
      text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
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
    return decode(text);
  }

  private byte[] decode(String text) {
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw damaged("is not base64url text");
    }
    if (decoded.length < BYTES) {
      throw damaged("has " + decoded.length + " bytes instead of at least " + BYTES);
    }
    return decoded;
  }

  private DataFolderUnusable damaged(String how) {
    return new DataFolderUnusable(
        "The secret "
            + file
            + " "
            + how
            + ": put it back from a backup, or use another folder with --data.");
  }

  private byte[] create() {
    byte[] fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    try {
      PrivateFiles.replace(
          file, Base64.getUrlEncoder().withoutPadding().encodeToString(fresh) + "\n");
    } catch (IOException e) {
      throw new DataFolderUnusable("The secret " + file + " cannot be written: " + e, e);
    }
    return fresh;
  }
}
