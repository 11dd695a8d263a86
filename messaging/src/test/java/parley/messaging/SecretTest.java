package parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
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
