package parley.messaging.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Parsed;

class SessionTokenTest {
  @Test
  void carries256RandomBits() {
    SessionToken token = SessionToken.random(new SecureRandom());
    assertThat(token.value()).startsWith("ps_");
    assertThat(Base64.getUrlDecoder().decode(token.value().substring(3))).hasSize(32);
    assertThat(SessionToken.random(new SecureRandom())).isNotEqualTo(token);
    assertThat(SessionToken.parse(token.value()).orThrow()).isEqualTo(token);
  }

  @Test
  void isStoredAsItsHash() {
    // echo -n ps_AAAA… | sha256sum
    SessionToken token = new SessionToken("ps_" + "A".repeat(43));
    assertThat(token.id().value())
        .isEqualTo("5cbe06d0a060e0b05ec3ffbadcbe955c0a3d1d5f1cd229d52a29c620509b1ece");
  }

  @Test
  void neverPrints() {
    SessionToken token = SessionToken.random(new SecureRandom());
    assertThat(token.toString()).doesNotContain(token.value().substring(3, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ps_",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ps_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ps_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ps_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "ps_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
        "pt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void anythingElseIsNone(String text) {
    assertThat(SessionToken.parse(text)).isInstanceOf(Parsed.Bad.class);
  }
}
