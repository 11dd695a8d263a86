package parley.messaging.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Parsed;

class PasswordTest {
  private static final Handle HANDLE = new Handle("grace_hopper");
  private static final DisplayName NAME = new DisplayName("Rear Admiral Grace");

  private static String refusal(String text) {
    return switch (Password.parse(text, HANDLE, NAME)) {
      case Parsed.Good<Password> _ -> "good";
      case Parsed.Bad<Password>(String code, String _) -> code;
    };
  }

  @Test
  void hasTenCharactersAtLeast() {
    assertThat(refusal("")).isEqualTo("password_too_short");
    assertThat(refusal("kv7 pq2zx")).isEqualTo("password_too_short");
    assertThat(refusal("kv7 pq2zxw")).isEqualTo("good");
  }

  @Test
  void has128CharactersAtMost() {
    assertThat(refusal("xyz!".repeat(32))).isEqualTo("good");
    assertThat(refusal("xyz!".repeat(32) + "x")).isEqualTo("password_too_long");
  }

  @Test
  void countsCodePointsAndNotTheirHalves() {
    assertThat(refusal("🦊🐻🐼🐨🐯🦁🐮🐷🐸")).isEqualTo("password_too_short");
    assertThat(refusal("🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵")).isEqualTo("good");
    assertThat(refusal("🦊🐻".repeat(64))).isEqualTo("good");
    assertThat(refusal("🦊🐻".repeat(64) + "🐼")).isEqualTo("password_too_long");
  }

  @Test
  void isTakenAsItCame() {
    // Spaces at the ends, controls, decomposed letters: none of it is touched.
    String text = "  \tcafe\u0301 \u0000 Ångström \n ";
    assertThat(Password.parse(text, HANDLE, NAME).orThrow().value()).isEqualTo(text);
  }

  @Test
  void hasNoHalfCharacters() {
    assertThat(refusal("kv7 pq2zxw\ud83d")).isEqualTo("password_not_unicode");
    assertThat(refusal("\udd8akv7 pq2zxw")).isEqualTo("password_not_unicode");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567890",
        "qwertyuiop",
        "QWERTYuiop",
        "q1w2e3r4t5",
        "Government",
        "basketball"
      })
  void isNoneOfTheCommonOnes(String common) {
    assertThat(refusal(common)).isEqualTo("password_common");
  }

  @Test
  void isNotThePersonsName() {
    assertThat(refusal("grace_hopper")).isEqualTo("password_is_name");
    assertThat(refusal("GRACE_Hopper")).isEqualTo("password_is_name");
    assertThat(refusal("rear admiral grace")).isEqualTo("password_is_name");
    assertThat(refusal("rear admiral grace!")).isEqualTo("good");
  }

  @Test
  void commonOnesAreManyEvenAmongThoseThatAreLongEnough() {
    assertThat(CommonPasswords.all()).hasSizeGreaterThan(30_000);
    assertThat(CommonPasswords.all().stream().filter(word -> word.length() >= 10).count())
        .isGreaterThan(3_000);
  }

  @Test
  void neverPrints() {
    Password password = new Password("kv7 pq2zxw");
    assertThat(password.toString() + password.attempt() + new PasswordHash("kv7 pq2zxw"))
        .doesNotContain("kv7");
  }
}
