package parley.messaging.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.Parsed;

class TextTest {
  private static final String ASTRAL = "🜁";

  private static String stored(String raw) {
    return Text.parse(raw).orThrow().value();
  }

  private static String code(String raw) {
    return Text.parse(raw) instanceof Parsed.Bad<Text>(String code, _) ? code : "good";
  }

  @Test
  void lengthIsCountedInCodePoints() {
    assertThat(stored("a")).isEqualTo("a");
    assertThat(stored(ASTRAL)).isEqualTo(ASTRAL);
    for (String character : new String[] {"a", "ä", ASTRAL}) {
      String longest = character.repeat(Limits.TEXT_CODE_POINTS);
      assertThat(stored(longest)).isEqualTo(longest);
      assertThat(code(longest + "a")).isEqualTo("text_too_long");
    }
  }

  @Test
  void tooLongSaysHowLong() {
    assertThat(Text.parse("a".repeat(2_001)))
        .isInstanceOfSatisfying(
            Parsed.Bad.class, bad -> assertThat(bad.message()).contains("2001").contains("2000"));
  }

  @Test
  void aLineBreakIsOneCharacterHoweverItCame() {
    assertThat(stored("a\r\nb\r\n")).isEqualTo("a\nb\n");
    assertThat(stored("a" + "\r\n".repeat(Limits.TEXT_CODE_POINTS - 1)))
        .hasSize(Limits.TEXT_CODE_POINTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " leading and trailing ",
        "\n\nlines\n",
        "\ttab",
        "e\u0301 is not é",
        "\u202eright to left",
        "\u2067isolated\u2069",
        "שלום עולם",
        "👩\u200d👩\u200d👧",
        "a\u2028b",
        "\ufffd",
        ".",
      })
  void everythingElseIsKeptAsItCame(String text) {
    assertThat(stored(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\rb",
        "a\r",
        "a\r\r\nb",
        "a\u0000",
        "\u0001a",
        "a\u000bb",
        "a\u001bb",
        "a\u001fb",
        "a\u007fb",
        "a\u0080b",
        "a\u0085b",
        "a\u009fb",
      })
  void noOtherControls(String text) {
    assertThat(code(text)).isEqualTo("text_control_character");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        "\u1680",
        "\u2003",
        "\u2028",
        "\u202f",
        "\u3000",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u202e",
        "\u2800",
        "\u3164",
        " \n\u200b\t\u3000 ",
      })
  void whatCannotBeSeenIsNoMessage(String text) {
    assertThat(code(text)).isEqualTo("text_blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\ud83d", "\ude00b", "\ude00\ud83d", "🜁\ud83d🜁"})
  void noHalfCharacters(String text) {
    assertThat(code(text)).isEqualTo("text_not_unicode");
  }

  @Test
  void aPreviewIsTheFirst160CodePoints() {
    String most = ASTRAL.repeat(Limits.PREVIEW_CODE_POINTS);
    assertThat(new Text("a").preview()).isEqualTo("a");
    assertThat(new Text(most).preview()).isEqualTo(most);
    assertThat(new Text(most + "b").preview()).isEqualTo(most);
    // An odd number of chars before the first pair: a cut by chars would go through one.
    String shifted = new Text("a" + most).preview();
    assertThat(shifted).isEqualTo("a" + ASTRAL.repeat(Limits.PREVIEW_CODE_POINTS - 1));
    assertThat(Text.parse(shifted)).isInstanceOf(Parsed.Good.class);
  }

  @Test
  void aTextNeverPrints() {
    assertThat(new Text("a secret")).hasToString("Text[8 chars]");
  }
}
