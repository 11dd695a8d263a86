package parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp = Path.of("");

  private Path path = Path.of("");

  @BeforeEach
  void nameAFolder() {
    path = temp.resolve("parents").resolve("data");
  }

  @Test
  void isCreatedForItsOwnerAlone() throws Exception {
    DataFolder.open(path).close();

    assertThat(mode(path)).isEqualTo("rwx------");
  }

  @Test
  void isHeldOnceInAProcessEvenThroughAnotherPath() throws Exception {
    Path link = temp.resolve("link");
    try (DataFolder folder = DataFolder.open(path)) {
      folder.announce("url", "http://127.0.0.1:8080");
      Files.createSymbolicLink(link, path);

      assertThatThrownBy(() -> DataFolder.open(link))
          .isInstanceOf(DataFolderInUse.class)
          .hasMessageContainingAll(
              link.toString(),
              "process " + ProcessHandle.current().pid() + " (this one)",
              "http://127.0.0.1:8080",
              "stop that one first, or use another folder with --data");
    }
    DataFolder.open(path).close();
  }

  @Test
  void aRefusedOpeningHereLeavesTheLockOnOtherProcesses() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      assertThatThrownBy(() -> DataFolder.open(path)).isInstanceOf(DataFolderInUse.class);
      assertThat(DataFolder.holder(path)).isPresent();

      try (OtherProcess other = OtherProcess.start("hold", folder.path().toString())) {
        assertThat(other.nextLine())
            .contains("is in use by process " + ProcessHandle.current().pid() + ", started ");
        assertThat(other.exitCode()).isZero();
      }
    }
  }

  @Test
  void anotherProcessHoldsItUntilItIsKilled() throws Exception {
    try (OtherProcess other = OtherProcess.start("hold", path.toString())) {
      assertThat(other.nextLine()).isEqualTo("holding");

      Holder holder = DataFolder.holder(path).orElseThrow();
      assertThat(holder.pid()).isEqualTo(other.pid());
      assertThat(holder.started()).isPresent();
      assertThat(holder.announced())
          .containsEntry("url", "http://127.0.0.1:8080")
          .containsEntry("dynamodb-port", "8000");
      assertThatThrownBy(() -> DataFolder.open(path))
          .isInstanceOf(DataFolderInUse.class)
          .hasMessageContainingAll(
              path.toString(), "process " + other.pid() + ", started", "http://127.0.0.1:8080")
          .satisfies(e -> assertThat(((DataFolderInUse) e).holder()).contains(holder));

      other.kill();

      assertThat(DataFolder.holder(path)).isEmpty();
      try (DataFolder folder = DataFolder.open(path)) {
        assertThat(DataFolder.holder(folder.path()).orElseThrow().announced()).isEmpty();
      }
    }
  }

  @Test
  void closingTakesTheHoldersNoteAway() {
    DataFolder folder = DataFolder.open(path);
    assertThat(DataFolder.holder(path)).isPresent();

    folder.close();

    assertThat(DataFolder.holder(path)).isEmpty();
    assertThatThrownBy(folder::secret).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void announcementsAreSingleNamedLines() {
    try (DataFolder folder = DataFolder.open(path)) {
      assertThatThrownBy(() -> folder.announce("pid", "1"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> folder.announce("url", "a\npid=1"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessageContainingAll(file.toString(), "is not a folder", "--data");
    assertThatThrownBy(() -> DataFolder.open(file.resolve("inside")))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessageContainingAll(file.toString(), "cannot be written", "--data");
  }

  @Test
  void theSecretIsMadeOnceForItsOwnerAlone() throws Exception {
    String secret;
    try (DataFolder folder = DataFolder.open(path)) {
      secret = folder.secret();
      assertThat(mode(folder.secretFile())).isEqualTo("rw-------");
      assertThat(Files.readString(folder.secretFile()).strip()).isEqualTo(secret);
      assertThat(folder.secret()).isEqualTo(secret);
    }
    assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32).isNotEqualTo(new byte[32]);
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(folder.secret()).isEqualTo(secret);
    }
    try (DataFolder elsewhere = DataFolder.open(temp.resolve("elsewhere"))) {
      assertThat(elsewhere.secret()).isNotEqualTo(secret);
    }
  }

  @Test
  void newerSecretsStandAboveTheFirst() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      String first = folder.secret();
      Files.writeString(folder.secretFile(), "/+" + "A".repeat(41) + "=\n" + first + "\n");
    }
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(folder.secret().lines()).hasSize(2);
    }
  }

  @Test
  void aDraftOfTheSecretLeftByACrashIsNoSecret() throws Exception {
    Files.createDirectories(path);
    Files.writeString(path.resolve("secret.new"), "half");

    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(Base64.getUrlDecoder().decode(folder.secret())).hasSize(32);
      assertThat(path.resolve("secret.new")).doesNotExist();
    }
  }

  @Test
  void aDatabaseWithoutItsSecretIsRefused() throws Exception {
    try (Engine engine = Engine.onDisk(DataFolder.open(path))) {
      Fixtures.createTable(engine.client());
    }
    Path secret = path.resolve("secret");
    Files.move(secret, temp.resolve("backup"));

    assertThatThrownBy(() -> Engine.onDisk(DataFolder.open(path)))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessageContainingAll(secret.toString(), "missing", "from a backup");
    assertThat(secret).doesNotExist();

    Files.move(temp.resolve("backup"), secret);
    Engine.onDisk(DataFolder.open(path)).close();
  }

  @Test
  void aDamagedSecretIsRefusedAndLeftAlone() throws Exception {
    try (DataFolder folder = DataFolder.open(path)) {
      for (String damaged :
          new String[] {
            "", "c2hvcnQ", "not base64!", "A".repeat(43) + "\nc2hvcnQ", "A".repeat(5000)
          }) {
        Files.writeString(folder.secretFile(), damaged);

        assertThatThrownBy(folder::secret)
            .isInstanceOf(DataFolderUnusable.class)
            .hasMessageContainingAll(folder.secretFile().toString(), "backup");
        assertThat(folder.secretFile()).hasContent(damaged);
      }
      Files.delete(folder.secretFile());
      Files.createDirectory(folder.secretFile());
      assertThatThrownBy(folder::secret)
          .isInstanceOf(DataFolderUnusable.class)
          .hasMessageContaining("cannot be read");
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
