package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import parley.api.Header;

class EdgeTest {
  private static final Header KEY = new Header("x-parley-edge", "key");
  private static final Header VIEWER = new Header("x-parley-viewer", "198.51.100.9");

  private static String client(Edge edge, Header... headers) {
    return edge.client(List.of(headers), "203.0.113.7");
  }

  @Test
  void whoeverHasTheKeyIsBelieved() {
    Edge edge = new Edge("key");
    assertThat(client(edge, KEY, VIEWER)).isEqualTo("198.51.100.9");
    assertThat(client(edge, KEY, new Header("X-Parley-Viewer", "2001:db8::1")))
        .isEqualTo("2001:db8::1");
  }

  @Test
  void nobodyElseIs() {
    Edge edge = new Edge("key");
    assertThat(client(edge, VIEWER)).isEqualTo("203.0.113.7");
    assertThat(client(edge, new Header("x-parley-edge", "kez"), VIEWER)).isEqualTo("203.0.113.7");
    assertThat(client(edge, KEY, KEY, VIEWER)).isEqualTo("203.0.113.7");
    assertThat(client(edge, KEY)).isEqualTo("203.0.113.7");
    assertThat(client(edge, KEY, VIEWER, VIEWER)).isEqualTo("203.0.113.7");
    assertThat(client(new Edge(null), KEY, VIEWER)).isEqualTo("203.0.113.7");
    assertThat(edge.toString()).doesNotContain("=key");
  }
}
