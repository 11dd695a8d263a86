package parley.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.prove.Sent.Acknowledged;

/// A history in which one thing is wrong, and what the check says of it: that, and nothing else.
class LogCheckTest {
  private static final String ANN = "u-ann";

  private final List<Item> log = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();

  /// Five messages, each sent when the one before it had been acknowledged.
  @BeforeEach
  void five() {
    for (int seq = 1; seq <= 5; seq++) {
      log.add(item(seq, seq));
      sent.add(sent(seq, 10L * seq, new Acknowledged(seq, 10L * seq + 5)));
    }
  }

  private static Item item(long seq, int message) {
    return new Item(seq, ANN, "text " + message, "id-" + message);
  }

  private static Sent sent(int message, long at, Acknowledged... answers) {
    return new Sent(ANN, "id-" + message, "text " + message, at, List.of(answers));
  }

  private List<Finding> findings() {
    return LogCheck.of("here", log, sent);
  }

  private void finds(Promise promise, String... parts) {
    assertThat(findings()).as(findings().toString()).hasSize(1);
    assertThat(findings().getFirst().promise()).isEqualTo(promise);
    assertThat(findings().getFirst().toString()).contains(parts);
  }

  @Test
  void nothingIsWrong() {
    assertThat(findings()).isEmpty();
    // Whoever did not send it is not told the client id.
    log.replaceAll(Item::asOthersSeeIt);
    assertThat(findings()).isEmpty();
    // Answered twice, with the same number.
    sent.set(1, sent(2, 20, new Acknowledged(2, 25), new Acknowledged(2, 400)));
    assertThat(findings()).isEmpty();
  }

  @Test
  void theLastOneIsMissing() {
    log.removeLast();
    finds(Promise.KEPT, "id-5", "[5]", "is not there");
  }

  @Test
  void oneInTheMiddleIsMissing() {
    log.remove(2);
    assertThat(findings())
        .extracting(Finding::promise)
        .containsExactly(Promise.NO_GAP, Promise.KEPT);
    assertThat(findings().getFirst().what()).isEqualTo("after number 2 comes 4");
  }

  @Test
  void oneIsThereTwice() {
    log.add(item(6, 3));
    assertThat(findings())
        .extracting(Finding::promise)
        .containsExactly(Promise.ONCE, Promise.IN_ORDER, Promise.IN_ORDER);
    assertThat(findings().getFirst().what()).contains("id-3", "[3, 6]");
  }

  @Test
  void oneIsThereTwiceThoughNobodyHadTheAnswer() {
    sent.add(sent(6, 100));
    log.add(item(6, 6));
    log.add(item(7, 6));
    assertThat(findings())
        .extracting(Finding::promise)
        .containsExactly(Promise.ANSWERED, Promise.ONCE);
  }

  @Test
  void aPageComesTwice() {
    log.add(item(5, 5));
    assertThat(findings())
        .extracting(Finding::promise)
        .containsExactly(Promise.NO_GAP, Promise.ONCE);
    assertThat(findings().getFirst().what()).isEqualTo("number 5 comes after 5");
  }

  @Test
  void twoAreSwappedOnThePage() {
    Collections.swap(log, 1, 2);
    assertThat(findings())
        .extracting(Finding::what)
        .contains("after number 1 comes 3", "number 2 comes after 3");
  }

  @Test
  void twoHaveEachOthersNumbers() {
    log.set(1, item(2, 3));
    log.set(2, item(3, 2));
    assertThat(findings())
        .extracting(Finding::promise)
        .containsExactly(Promise.SAME_NUMBER, Promise.SAME_NUMBER, Promise.IN_ORDER);
  }

  @Test
  void oneHasAnotherNumberThanWasSaid() {
    sent.set(4, sent(5, 50, new Acknowledged(7, 55)));
    finds(Promise.SAME_NUMBER, "[7]", "number 5");
  }

  @Test
  void twoAnswersNameTwoNumbers() {
    sent.set(4, sent(5, 50, new Acknowledged(5, 55), new Acknowledged(6, 56)));
    finds(Promise.SAME_NUMBER, "[5, 6]");
  }

  @Test
  void oneWasNeverAnswered() {
    sent.set(4, sent(5, 50));
    finds(Promise.ANSWERED, "id-5");
  }

  @Test
  void oneOvertookAnotherThatHadBeenAcknowledged() {
    // Number 4 was sent after number 5 had been acknowledged.
    sent.set(3, sent(4, 60, new Acknowledged(4, 65)));
    finds(Promise.IN_ORDER, "number 4 was sent when number 5 had been acknowledged");
  }

  @Test
  void thoseThatWereUnderWayTogetherMayStandEitherWay() {
    sent.set(3, sent(4, 54, new Acknowledged(4, 90)));
    assertThat(findings()).isEmpty();
  }

  @Test
  void oneWasSentByNobody() {
    log.add(item(6, 77));
    finds(Promise.AS_SENT, "number 6");
  }

  @Test
  void oneHasAnotherText() {
    log.set(4, new Item(5, ANN, "text 5!", "id-5"));
    assertThat(findings())
        .extracting(Finding::promise)
        .containsExactly(Promise.KEPT, Promise.AS_SENT);
  }

  @Test
  void oneHasAnotherSenderOrClientId() {
    log.set(4, new Item(5, "u-ben", "text 5", "id-5"));
    finds(Promise.AS_SENT, "number 5");
    log.set(4, new Item(5, ANN, "text 5", "id-4"));
    finds(Promise.AS_SENT, "number 5");
  }
}
