package parley.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;

/// Handles and display names, at their edges.
class NamesTest {
  private static String code(Parsed<?> parsed) {
    return parsed instanceof Parsed.Bad<?>(String code, _) ? code : "good";
  }

  @ParameterizedTest
  @CsvSource({
    "ab, ab",
    "ABc_9, abc_9",
    "__, __",
    "09, 09",
    "abcdefghijklmnopqrstuvwxyz0123, abcdefghijklmnopqrstuvwxyz0123",
  })
  void handlesAreLowered(String text, String handle) {
    assertThat(Handle.parse(text)).isEqualTo(Parsed.good(new Handle(handle)));
    assertThat(Handle.parse(text).orThrow()).hasToString(handle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "abcdefghijklmnopqrstuvwxyz01234",
        "a-b",
        "a.b",
        "a b",
        " ab",
        "ab ",
        "ab\n",
        "@ab",
        "äb",
        "аb", // A Cyrillic letter that looks like a.
        "a\u200bb",
        "\u0130b", // Lowered, it becomes two characters.
        "a\uff42",
        "u-aebagbafaydqqcikbmga2dqpca",
      })
  void otherTextsAreNoHandles(String text) {
    assertThat(code(Handle.parse(text))).isEqualTo("handle_invalid");
    assertThatThrownBy(() -> new Handle(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHandleThatIsNotLoweredIsNone() {
    assertThatThrownBy(() -> new Handle("Ab")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "Anna Lee", "José 李 🜁", "שלום", "o'Neil-Smith, Jr.", "A\u00a0B"})
  void displayNamesAreTakenAsTheyCome(String text) {
    assertThat(DisplayName.parse(text)).isEqualTo(Parsed.good(new DisplayName(text)));
    assertThat(DisplayName.parse(text).orThrow()).hasToString(text);
  }

  @Test
  void spaceAroundADisplayNameIsTakenAway() {
    assertThat(DisplayName.parse(" \t Ann \n").orThrow().value()).isEqualTo("Ann");
  }

  @Test
  void displayNamesAreCountedInCodePoints() {
    String longest = "🜁".repeat(Limits.DISPLAY_NAME_CODE_POINTS);
    assertThat(DisplayName.parse(longest).orThrow().value()).isEqualTo(longest);
    assertThat(DisplayName.parse("  " + longest + "  ").orThrow().value()).isEqualTo(longest);
    assertThat(code(DisplayName.parse(longest + "a"))).isEqualTo("display_name_length");
  }

  /// Names that look alike and are not: a capital that lowers to `k` elsewhere, a space that is
  /// none, a character without a width.
  @Test
  void lookalikesAreNoNames() {
    assertThat(code(Handle.parse("\u212aate"))).isEqualTo("handle_invalid");
    assertThat(DisplayName.parse("\u00a0Ann\u3000").orThrow().value()).isEqualTo("Ann");
    assertThat(code(DisplayName.parse("An\u200bn"))).isEqualTo("display_name_characters");
    assertThat(DisplayName.parse("\ud83d\udc69\u200d\ud83d\ude80").orThrow().value()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\u00a0", "\u3000\u200b", "\u200d", "\ufeff", "\u2800", "\u3164"})
  void whatCannotBeSeenIsNoDisplayName(String text) {
    assertThat(code(DisplayName.parse(text))).isEqualTo("display_name_length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\tb",
        "a\rb",
        "a\u0000b",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\u202eb",
        "a\u202ab",
        "a\u202cb",
        "a\u2066b",
        "a\u2069b",
        "a\u200eb",
        "a\u200fb",
        "a\u061cb",
        "a\ud83d",
        "\ude00a",
      })
  void displayNamesStayOnOneLineAndInOneDirection(String text) {
    assertThat(code(DisplayName.parse(text))).isEqualTo("display_name_characters");
  }
}
