package parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;

class IdsTest {
  private static final String GOOD = "aebagbafaydqqcikbmga2dqpca";

  /// Made by another implementation of base 32 (RFC 4648): its first 26 characters, lowered.
  @ParameterizedTest
  @CsvSource({
    "0102030405060708090a0b0c0d0e0f1011, aebagbafaydqqcikbmga2dqpca",
    "0000000000000000000000000000000000, aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "ffffffffffffffffffffffffffffffffff, 77777777777777777777777777",
    "00112233445566778899aabbccddeeff80, aaisem2ekvthpcezvk54zxpo76",
  })
  void encodesAsBase32Does(String hex, String characters) {
    byte[] bits = HexFormat.of().parseHex(hex);
    assertThat(Ids.encode("x-", bits)).isEqualTo("x-" + characters);
    // What follows the first 17 bytes has no part in it.
    assertThat(Ids.encode("x-", Arrays.copyOf(bits, 32))).isEqualTo("x-" + characters);
    assertThat(UserId.of(bits).value()).isEqualTo("u-" + characters);
    assertThat(ConversationId.of(bits).value()).isEqualTo("c-" + characters);
  }

  @Test
  void everyOneOfTheFirst130BitsCounts() {
    Set<String> ids = new HashSet<>();
    ids.add(Ids.encode("", new byte[17]));
    for (int bit = 0; bit < 130; bit++) {
      byte[] bits = new byte[17];
      bits[bit / 8] = (byte) (0x80 >> bit % 8);
      ids.add(Ids.encode("", bits));
    }
    assertThat(ids).hasSize(131);
  }

  @Test
  void randomOnesDifferAndAreIds() {
    SecureRandom random = new SecureRandom();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(Ids.random("u-", random));
    }
    assertThat(ids).hasSize(1_000).allMatch(id -> Ids.isId("u-", id));
  }

  @Test
  void anIdIsKnownByItsForm() {
    assertThat(Ids.isId("u-", "u-" + GOOD)).isTrue();
    assertThat(UserId.parse("u-" + GOOD)).isEqualTo(Parsed.good(new UserId("u-" + GOOD)));
    assertThat(ConversationId.parse("c-" + GOOD))
        .isEqualTo(Parsed.good(new ConversationId("c-" + GOOD)));
    assertThat(new UserId("u-" + GOOD)).hasToString("u-" + GOOD);
    assertThat(new ConversationId("c-" + GOOD)).hasToString("c-" + GOOD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "u-",
        GOOD,
        "c-" + GOOD,
        "U-" + GOOD,
        "u_" + GOOD,
        "u-" + GOOD + "a",
        "u-ebagbafaydqqcikbmga2dqpca",
        "u-AEBAGBAFAYDQQCIKBMGA2DQPCA",
        "u-aebagbafaydqqcikbmga2dqpc1",
        "u-aebagbafaydqqcikbmga2dqpc8",
        "u-aebagbafaydqqcikbmga2dqpc-",
        "u-aebagbafaydqqcikbmga2dqpcä",
        "u-aebagbafaydqqcikbmga2dqpc ",
        " u-aebagbafaydqqcikbmga2dqpc",
      })
  void andNothingElseIsOne(String text) {
    assertThat(UserId.isId(text)).isFalse();
    assertThat(UserId.parse(text))
        .isInstanceOfSatisfying(
            Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo("account_id_invalid"));
    assertThatThrownBy(() -> new UserId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aConversationsIdIsNoAccounts() {
    assertThat(ConversationId.parse("u-" + GOOD))
        .isInstanceOfSatisfying(
            Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo("conversation_id_invalid"));
    assertThatThrownBy(() -> new ConversationId("u-" + GOOD))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
