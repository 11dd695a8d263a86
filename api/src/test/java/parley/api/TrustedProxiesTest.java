package parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Parsed;

/// Under which address a request is counted.
class TrustedProxiesTest {
  private static String counted(String proxies, String peer, String... forwarded) {
    TrustedProxies trusted =
        proxies.isEmpty() ? TrustedProxies.NONE : TrustedProxies.parse(proxies).orThrow();
    List<Header> headers =
        Arrays.stream(forwarded).map(line -> new Header("x-forwarded-for", line)).toList();
    return trusted.countedAs(new ApiRequest("GET", "/", "", headers, ApiRequest.Body.NONE, peer));
  }

  @Test
  void withoutProxiesItIsWhoeverIsConnected() {
    assertThat(counted("", "192.0.2.1", "203.0.113.9")).isEqualTo("192.0.2.1");
    assertThat(counted("10.0.0.0/8", "192.0.2.1", "203.0.113.9")).isEqualTo("192.0.2.1");
  }

  @Test
  void itIsTheRightmostThatIsNoProxy() {
    assertThat(counted("10.0.0.0/8", "10.1.2.3", "203.0.113.9")).isEqualTo("203.0.113.9");
    assertThat(counted("10.0.0.0/8", "10.1.2.3", "198.51.100.1, 203.0.113.9,10.9.9.9"))
        .isEqualTo("203.0.113.9");
    assertThat(counted("10.0.0.0/8", "10.1.2.3", "198.51.100.1", "203.0.113.9", "10.9.9.9"))
        .isEqualTo("203.0.113.9");
    assertThat(counted("10.0.0.0/8", "10.1.2.3", "10.7.7.7, 10.9.9.9")).isEqualTo("10.7.7.7");
    assertThat(counted("10.0.0.0/8", "10.1.2.3")).isEqualTo("10.1.2.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "unknown", "_hidden", "203.0.113", "203.0.113.999", "evil.example", "1", ","})
  void whatIsNoAddressEndsTheWayBack(String hop) {
    assertThat(counted("10.0.0.0/8", "10.1.2.3", "198.51.100.1, " + hop + ", 10.9.9.9"))
        .isEqualTo("10.9.9.9");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9:4711,203.0.113.9",
    "[2001:db8:1:2:3::4]:4711,2001:db8:1:2::/64",
    "[2001:db8:1:2::4],2001:db8:1:2::/64",
    "2001:db8:1:2:ffff::4,2001:db8:1:2::/64",
    "::ffff:203.0.113.9,203.0.113.9",
  })
  void addressesAreReadAsProxiesWriteThem(String hop, String counted) {
    assertThat(counted("10.0.0.0/8,::1", "10.1.2.3", hop)).isEqualTo(counted);
  }

  @Test
  void oneSubscriberOfIpv6IsOne() {
    assertThat(counted("", "2001:db8:1:2::1")).isEqualTo(counted("", "2001:db8:1:2:9:9:9:9"));
    assertThat(counted("", "2001:db8:1:2::1")).isNotEqualTo(counted("", "2001:db8:1:3::1"));
    assertThat(counted("", "fe80:0:0:0:1:2:3:4%eth0")).isEqualTo("fe80:0:0:0::/64");
    assertThat(counted("", "0:0:0:0:0:0:0:1")).isEqualTo("0:0:0:0::/64");
  }

  @Test
  void rangesHaveAnyLength() {
    String ranges = "10.0.0.0/9, 2001:db8::/29";
    assertThat(counted(ranges, "10.127.0.1", "192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(counted(ranges, "10.128.0.1", "192.0.2.1")).isEqualTo("10.128.0.1");
    assertThat(counted(ranges, "2001:dbf::1", "192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(counted(ranges, "2001:dc0::1", "192.0.2.1")).isEqualTo("2001:dc0:0:0::/64");
    assertThat(counted("0.0.0.0/0", "192.0.2.1", "192.0.2.2")).isEqualTo("192.0.2.2");
  }

  @Test
  void somebodyWithoutAnAddressIsCountedByName() {
    assertThat(counted("10.0.0.0/8", "a-gateway", "192.0.2.1")).isEqualTo("a-gateway");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "::/129",
        "proxy",
        "10/8",
        "10.0.0.1,",
        "1.2.3.4/8/8"
      })
  void whatIsNoRangeIsToldSo(String text) {
    assertThat(TrustedProxies.parse(text)).isInstanceOf(Parsed.Bad.class);
  }
}
