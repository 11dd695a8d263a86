package parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.host.oidc.ProviderSettings;

/// What operators may write of an identity provider, line by line, and what they are told else.
class ProviderFileTest {
  private static final String LEAST =
      """
      issuer=https://id.example.com/realms/people
      client-id=parley
      """;

  @TempDir Path folder;

  @BeforeEach
  void nobodyElse() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private Path secret(String text, String permissions) throws IOException {
    Path file = file("client.secret", text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private void isRefused(String text, String... told) throws IOException {
    Path file = file("one.properties", text);
    assertThatThrownBy(() -> ProviderFile.read(file))
        .isInstanceOf(Refused.class)
        .message()
        .contains(told)
        .contains(folder.toString());
  }

  @Test
  void twoLinesAreEnough() throws IOException {
    assertThat(ProviderFile.read(file("keycloak-2.properties", LEAST)))
        .isEqualTo(
            new ProviderSettings(
                "keycloak-2",
                "keycloak-2",
                URI.create("https://id.example.com/realms/people"),
                "parley",
                null,
                null,
                List.of("openid", "profile"),
                List.of("preferred_username", "nickname"),
                List.of("name", "given_name", "preferred_username")));
  }

  @Test
  void everyLineIsTaken() throws IOException {
    secret("  a secret with spaces around it \n", "rw-r-----");
    Path file =
        file(
            "one.properties",
            """
            # Where people of the north sign in.
            issuer = http://localhost:8080/realms/people
            name = Größe & Söhne
            client-id = parley web
            client-secret-file = client.secret
            audience = https://chat.example.com/api
            scopes = openid, email  profile
            handle-claims = nickname
            name-claims = given_name,name
            """);
    assertThat(ProviderFile.read(file))
        .isEqualTo(
            new ProviderSettings(
                "one",
                "Größe & Söhne",
                URI.create("http://localhost:8080/realms/people"),
                "parley web",
                "a secret with spaces around it",
                "https://chat.example.com/api",
                List.of("openid", "email", "profile"),
                List.of("nickname"),
                List.of("given_name", "name")));
    assertThat(ProviderFile.read(file).toString()).doesNotContain("spaces around");
  }

  @Test
  void aProviderIsTrustedByTwoLinesOrNotAtAll() throws IOException {
    String trusted = LEAST + "trusted=true\n";
    for (String claim : List.of("employee_number", "https://example.com/number", "oid")) {
      assertThat(
              ProviderFile.read(file("one.properties", trusted + "relink-claim=" + claim + "\n"))
                  .relinkClaim())
          .isEqualTo(claim);
    }
    assertThat(ProviderFile.read(file("one.properties", LEAST + "trusted=false\n")).relinkClaim())
        .isNull();
    isRefused(trusted, "belong together");
    isRefused(LEAST + "relink-claim=oid\n", "belong together");
    isRefused(LEAST + "trusted=yes\nrelink-claim=oid\n", "true or false");
    for (String claim :
        List.of("email", "Email", "email_verified", "work_mail", "phone_number", "sub", "a b")) {
      isRefused(trusted + "relink-claim=" + claim + "\n", "no e-mail address");
    }
  }

  @Test
  void aSecretMayLieElsewhere() throws IOException {
    Path secret = secret("elsewhere", "rw-------");
    Path deeper = Files.createDirectory(folder.resolve("providers"));
    Path file =
        Files.writeString(
            deeper.resolve("one.properties"), LEAST + "client-secret-file=" + secret + "\n");
    assertThat(ProviderFile.read(file).clientSecret()).isEqualTo("elsewhere");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Keycloak.properties",
        "key cloak.properties",
        "key_cloak.properties",
        ".properties"
      })
  void theNameOfTheFileIsPartOfAnAddress(String name) throws IOException {
    Path file = file(name, LEAST);
    assertThatThrownBy(() -> ProviderFile.read(file))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("1 to 32 of a-z, 0-9 and -");
  }

  @Test
  void theNameOfTheFileHasAnEdge() throws IOException {
    assertThat(ProviderFile.read(file("a".repeat(32) + ".properties", LEAST)).id()).hasSize(32);
    Path longer = file("a".repeat(33) + ".properties", LEAST);
    assertThatThrownBy(() -> ProviderFile.read(longer)).isInstanceOf(Refused.class);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    isRefused("client-id=parley\n", "no line issuer=");
    isRefused("issuer=https://id.example.com\n", "no line client-id=");
    isRefused("issuer=https://id.example.com\nclient-id=  \n", "no line client-id=");
    isRefused("", "no line issuer=");
  }

  @Test
  void aLineThatThereIsNotIsNamedWithThoseThatThereAre() throws IOException {
    isRefused(LEAST + "clientsecret=x\n", "a line for clientsecret", "client-secret-file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1",
        "https://id.example.com?x=y",
        "https://id.example.com#x",
        "ftp://id.example.com",
        "id.example.com",
        "//id.example.com",
        "https://",
        "not an address"
      })
  void anIssuerComesByHttpsOrFromThisMachine(String issuer) throws IOException {
    isRefused("client-id=parley\nissuer=" + issuer + "\n", "the https URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1", "http://127.0.0.1:1/realms/x", "http://[::1]:1"})
  void anIssuerOnThisMachineNeedsNone(String issuer) throws IOException {
    String text = "client-id=parley\nissuer=" + issuer + "\n";
    assertThat(ProviderFile.read(file("one.properties", text)).issuer())
        .isEqualTo(URI.create(issuer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-----w-", "rwxrwxrwx"})
  void aSecretThatEverybodyMayReadIsRefused(String permissions) throws IOException {
    secret("known to all", permissions);
    Path file = file("one.properties", LEAST + "client-secret-file=client.secret\n");
    assertThatThrownBy(() -> ProviderFile.read(file))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.why()).isEqualTo(Refused.Why.PERMISSION))
        .hasMessageContaining("chmod o-rwx")
        .hasMessageNotContaining("known to all");
  }

  @Test
  void aSecretThatIsNotThereOrEmptyIsRefused() throws IOException {
    isRefused(LEAST + "client-secret-file=none.secret\n", "cannot be read");
    secret(" \n", "rw-------");
    isRefused(LEAST + "client-secret-file=client.secret\n", "is empty");
  }

  @Test
  void whatIsNoSuchFileIsRefused() throws IOException {
    Path none = folder.resolve("none.properties");
    assertThatThrownBy(() -> ProviderFile.read(none))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("cannot be read as an identity provider");
    isRefused("issuer=\\u00zz\n", "cannot be read as an identity provider");
    Files.write(folder.resolve("latin.properties"), new byte[] {'n', '=', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> ProviderFile.read(folder.resolve("latin.properties")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("cannot be read as an identity provider");
  }

  @Test
  void severalAreOfferedInTheirOrderAndNoTwoAreTheSame() throws IOException {
    Path one = file("one.properties", LEAST);
    Path two = file("two.properties", LEAST.replace("people", "others"));
    assertThat(ProviderFile.readAll(List.of(two, one)))
        .extracting(ProviderSettings::id)
        .containsExactly("two", "one");
    Path same = file("three.properties", LEAST);
    assertThatThrownBy(() -> ProviderFile.readAll(List.of(one, same)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("the same issuer");
    Path elsewhere = Files.createDirectory(folder.resolve("more")).resolve("one.properties");
    Files.writeString(elsewhere, LEAST.replace("people", "others"));
    assertThatThrownBy(() -> ProviderFile.readAll(List.of(one, elsewhere)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("the same name");
  }
}
