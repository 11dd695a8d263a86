package parley.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody puts somebody else's deployment under load by mistake.
class ReachTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://127.0.0.1:1",
        "https://127.9.9.9",
        "http://[::1]:8"
      })
  void thisMachineMay(String url) {
    Reach.check(URI.create(url), false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.example",
        "http://10.0.0.1:8080",
        "http://[2001:db8::1]",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://0.0.0.0:8080"
      })
  void whatIsBeyondItNeedsAWord(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reach.check(URI.create(url), false))
        .withMessageContaining("--yes-load-this-deployment");
    Reach.check(URI.create(url), true);
    assertThat(Prove.run("order", "--url", url)).isEqualTo(Prove.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://localhost", "localhost:8080", "/api"})
  void otherThingsAreNoServers(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> Reach.check(URI.create(url), true));
  }
}
