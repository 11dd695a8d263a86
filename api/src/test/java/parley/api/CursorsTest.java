package parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxCursor;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.Position;

/// A cursor is good for whom and what it was given out, as it was given out, and for nothing else.
class CursorsTest {
  private static final String LIST = "/api/conversations";
  private static final UserId ANNA = UserId.of(new byte[32]);
  private static final UserId BOB = new UserId("u-" + "b".repeat(26));
  private static final ConversationId ONE = new ConversationId("c-" + "2".repeat(26));
  private static final Position POSITION =
      new Position(Instant.ofEpochMilli(1_700_000_000_123L), ONE);
  private static final Place PLACE = new Place(Place.INBOX, Instant.ofEpochMilli(-5), ONE);

  private final Cursors cursors = new Cursors(Table.SECRET);

  @Test
  void everyFieldComesBack() {
    for (InboxCursor cursor :
        List.of(
            new InboxCursor(null, null, null, null),
            new InboxCursor(POSITION, null, null, null),
            new InboxCursor(null, PLACE, null, null),
            new InboxCursor(POSITION, PLACE, PLACE, null),
            new InboxCursor(POSITION, PLACE, PLACE, POSITION))) {
      String text = cursors.write(LIST, ANNA, cursor);
      assertThat(text).matches("[A-Za-z0-9_-]+").hasSizeLessThan(Bounds.CURSOR_CHARS);
      assertThat(cursors.read(LIST, ANNA, text)).isEqualTo(cursor);
    }
  }

  @Test
  void itIsNoGoodForAnybodyOrAnythingElse() {
    String text = cursors.write(LIST, ANNA, new InboxCursor(POSITION, null, null, null));
    assertThat(cursors.read(LIST, BOB, text)).isNull();
    assertThat(cursors.read("/api/other", ANNA, text)).isNull();
    Secret other = new Secret("y".repeat(32).getBytes(StandardCharsets.US_ASCII));
    assertThat(new Cursors(other).read(LIST, ANNA, text)).isNull();
  }

  @Test
  void whatAnOlderSecretSignedIsStillBelieved() {
    String older =
        Base64.getEncoder().encodeToString("x".repeat(32).getBytes(StandardCharsets.US_ASCII));
    String newer = Base64.getEncoder().encodeToString(new byte[32]);
    InboxCursor cursor = new InboxCursor(POSITION, null, null, null);
    Cursors turned = new Cursors(Secret.parse(newer + " " + older));

    String before = new Cursors(Secret.parse(older)).write(LIST, ANNA, cursor);
    assertThat(turned.read(LIST, ANNA, before)).isEqualTo(cursor);
    String after = turned.write(LIST, ANNA, cursor);
    assertThat(turned.read(LIST, ANNA, after)).isEqualTo(cursor);
    assertThat(new Cursors(Secret.parse(newer)).read(LIST, ANNA, after)).isEqualTo(cursor);
    assertThat(new Cursors(Secret.parse(older)).read(LIST, ANNA, after)).isNull();
    assertThat(new Cursors(Secret.parse(newer)).read(LIST, ANNA, before)).isNull();
  }

  @Test
  void everyChangedBitIsNoticed() {
    byte[] bytes =
        Base64.getUrlDecoder()
            .decode(cursors.write(LIST, ANNA, new InboxCursor(POSITION, PLACE, null, null)));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(cursors.read(LIST, ANNA, text)).as("bit " + bit).isNull();
    }
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    String text = cursors.write(LIST, ANNA, new InboxCursor(POSITION, null, null, null));
    for (int i = 0; i < text.length(); i++) {
      for (char c : "AQgwBCDEZ_-9=+/ é".toCharArray()) {
        if (text.charAt(i) != c) {
          String changed = text.substring(0, i) + c + text.substring(i + 1);
          assertThat(cursors.read(LIST, ANNA, changed)).as(changed).isNull();
        }
      }
      assertThat(cursors.read(LIST, ANNA, text.substring(0, i))).isNull();
    }
    for (String wrong :
        List.of(text + "A", text + "=", text + "==", text + text, "x".repeat(9999))) {
      assertThat(cursors.read(LIST, ANNA, wrong)).isNull();
    }
  }
}
