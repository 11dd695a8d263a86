package parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static byte[] counting() {
    byte[] bytes = new byte[Secret.MIN_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /// Computed by another implementation of HKDF-SHA-256 (RFC 5869), without salt, with the info
  /// `parley/` and the purpose.
  @Test
  void keysAreDerivedByPurpose() {
    Secret secret = new Secret(counting());
    assertThat(HexFormat.of().formatHex(secret.key("pair-id").getEncoded()))
        .isEqualTo("ac986dc0ad95fca8b1554a4484d024efaaf9cc890aadef1ded7fc155cb303470");
    assertThat(HexFormat.of().formatHex(secret.key("cursor").getEncoded()))
        .isEqualTo("c6972bde1220a93ca4faad7747125b32655d79369925c42667caf89aacc066d2");
  }

  @Test
  void aSecretIsLongEnough() {
    assertThatThrownBy(() -> new Secret(new byte[Secret.MIN_BYTES - 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31 bytes");
    assertThat(new Secret(new byte[64]).key("any").getEncoded()).hasSize(32);
  }

  private static String base64(int fill) {
    byte[] bytes = new byte[Secret.MIN_BYTES];
    Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void theNewestValueSignsAndTheFirstNamesWhatStays() {
    Secret first = Secret.parse(base64(1));
    Secret turned = Secret.parse(base64(3) + "\n" + base64(2) + ", " + base64(1) + "\n");

    assertThat(turned.key("cursor")).isEqualTo(Secret.parse(base64(3)).key("cursor"));
    assertThat(turned.keys("cursor"))
        .containsExactly(
            Secret.parse(base64(3)).key("cursor"),
            Secret.parse(base64(2)).key("cursor"),
            first.key("cursor"));
    assertThat(turned.permanentKey("pair-id")).isEqualTo(first.key("pair-id"));
    assertThat(turned.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(Secret.parse(base64(3)).fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void whatIsNoSecretIsRefusedAndNotShown() {
    assertThat(Secret.parse("_-" + "A".repeat(41)).key("any"))
        .isEqualTo(Secret.parse("/+" + "A".repeat(41) + "=").key("any"));
    for (String text : List.of("", " ", "hunter2!", base64(1).substring(4), base64(1) + " ~")) {
      assertThatThrownBy(() -> Secret.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the deployment secret")
          .hasMessageNotContainingAny("hunter2", "~", "AQEB");
    }
    String three = base64(1) + " " + base64(2) + " " + base64(3);
    assertThat(Secret.parse(three).keys("any")).hasSize(Secret.MAX_VALUES);
    assertThatThrownBy(() -> Secret.parse(three + " " + base64(4)))
        .hasMessageContainingAll("4 values", "1 to 3");
  }

  @Test
  void aSecretNeverPrints() {
    byte[] bytes = counting();
    Secret secret = new Secret(bytes);
    assertThat(secret).hasToString("Secret[not shown]");
    assertThat(String.valueOf(secret)).doesNotContain("1, 2");
  }

  @Test
  void aSecretDoesNotChangeWithTheArrayThatItCameFrom() {
    byte[] bytes = counting();
    Secret secret = new Secret(bytes);
    byte[] before = secret.key("pair-id").getEncoded();
    bytes[0] ^= 1;
    assertThat(secret.key("pair-id").getEncoded()).isEqualTo(before);
  }
}
