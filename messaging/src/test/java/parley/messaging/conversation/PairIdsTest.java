package parley.messaging.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import parley.messaging.Ids;
import parley.messaging.Secret;
import parley.messaging.account.UserId;

class PairIdsTest {
  private static final UserId ANN = new UserId("u-aeaqcaibaeaqcaibaeaqcaibae");
  private static final UserId BEN = new UserId("u-aibaeaqcaibaeaqcaibaeaqcai");

  private static Secret secret(int first) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return new Secret(bytes);
  }

  /// Computed by another implementation. If this changes, every two people who already talk would
  /// be given a second conversation.
  @Test
  void theIdOfAPairNeverChanges() {
    PairIds ids = new PairIds(secret(0));
    assertThat(ids.of(ANN, BEN).value()).isEqualTo("c-4t7v4vqhjtu6wvwpksqonshsy7");
    assertThat(ids.of(BEN, ANN).value()).isEqualTo("c-4t7v4vqhjtu6wvwpksqonshsy7");
  }

  @Test
  void anotherSecretGivesAnotherId() {
    assertThat(new PairIds(secret(1)).of(ANN, BEN).value())
        .isEqualTo("c-jmog3jlidmp65oekhl5acaefjc");
  }

  @Test
  void aNewerSecretAboveTheFirstGivesTheSameId() {
    String newer = Base64.getEncoder().encodeToString(new byte[32]);
    byte[] first = new byte[32];
    for (int i = 0; i < first.length; i++) {
      first[i] = (byte) i;
    }
    Secret turned = Secret.parse(newer + "\n" + Base64.getEncoder().encodeToString(first));
    assertThat(new PairIds(turned).of(ANN, BEN)).isEqualTo(new PairIds(secret(0)).of(ANN, BEN));
  }

  @Test
  void anotherPersonGivesAnotherId() {
    PairIds ids = new PairIds(secret(0));
    UserId eve = new UserId("u-aaaaaaaaaaaaaaaaaaaaaaaaaa");
    assertThat(ids.of(ANN, eve)).isNotEqualTo(ids.of(ANN, BEN)).isNotEqualTo(ids.of(BEN, eve));
  }

  @Test
  void anIdHasAtLeast128Bits() {
    assertThat(Ids.LENGTH * 5).isGreaterThanOrEqualTo(128);
  }

  @Test
  void onePersonIsNoPair() {
    PairIds ids = new PairIds(secret(0));
    assertThatThrownBy(() -> ids.of(ANN, ANN)).isInstanceOf(IllegalArgumentException.class);
  }
}
