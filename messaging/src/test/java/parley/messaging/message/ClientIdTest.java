package parley.messaging.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Parsed;

class ClientIdTest {
  /// The example of RFC 9562, appendix A.6, with the time that it says.
  private static final String EXAMPLE = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

  private static final Instant EXAMPLE_TIME = Instant.parse("2022-02-22T19:22:22Z");

  @Test
  void theTimeIsInTheId() {
    ClientId id = ClientId.parse(EXAMPLE).orThrow();
    assertThat(id.time()).isEqualTo(EXAMPLE_TIME);
    assertThat(id).hasToString(EXAMPLE);
  }

  @Test
  void capitalsAreTheSameId() {
    assertThat(ClientId.parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"))
        .isEqualTo(ClientId.parse(EXAMPLE));
  }

  @Test
  void madeFromATimeAndRandomness() {
    assertThat(ClientId.of(EXAMPLE_TIME, 0xcc3, 0x18c4dc0c0c07398fL)).hasToString(EXAMPLE);
    for (long bits : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      ClientId id = ClientId.of(EXAMPLE_TIME, bits, bits);
      assertThat(id.time()).isEqualTo(EXAMPLE_TIME);
      assertThat(ClientId.parse(id.toString())).isEqualTo(Parsed.good(id));
    }
  }

  @Test
  void timesHaveMillisecondsAndReachFar() {
    for (long millis : new long[] {0, 1, 1_645_557_742_001L, (1L << 48) - 1}) {
      Instant at = Instant.ofEpochMilli(millis);
      assertThat(ClientId.of(at, 0, 0).time()).isEqualTo(at);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "017f22e2-79b0-4cc3-98c4-dc0c0c07398f", // Version 4.
        "017f22e2-79b0-1cc3-98c4-dc0c0c07398f", // Version 1.
        "017f22e2-79b0-8cc3-98c4-dc0c0c07398f", // Version 8.
        "017f22e2-79b0-7cc3-18c4-dc0c0c07398f", // The variants of others.
        "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-e8c4-dc0c0c07398f",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "017f22e279b07cc398c4dc0c0c07398f",
        "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
        "017f22e279-b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        "017f22e2-79b0-7cc3-98c4-dc0c0c0739８f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c0739 f",
        " 17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "not a uuid, though it has 36 chars..",
      })
  void nothingElseIsOne(String text) {
    assertThat(ClientId.parse(text))
        .isInstanceOfSatisfying(
            Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo("client_id_invalid"));
  }

  @Test
  void aUuidOfAnotherVersionIsNone() {
    UUID random = UUID.fromString("017f22e2-79b0-4cc3-98c4-dc0c0c07398f");
    assertThatThrownBy(() -> new ClientId(random)).isInstanceOf(IllegalArgumentException.class);
  }
}
