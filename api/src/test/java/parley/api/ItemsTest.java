package parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import parley.messaging.account.UserId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Keep;
import parley.messaging.message.Text;
import parley.messaging.message.Vanishing;

/// How entries look on the wire.
class ItemsTest {
  private static final UserId ANNA = new UserId("u-" + "a".repeat(26));
  private static final UserId BOB = new UserId("u-" + "b".repeat(26));
  private static final ClientId CLIENT_ID =
      new ClientId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));
  private static final Entry.Stamp STAMP =
      new Entry.Stamp(7, Instant.ofEpochMilli(1_000), 5, 0, Instant.EPOCH);
  private static final String HEAD =
      "\"seq\":7,\"from\":\"" + ANNA + "\",\"at\":\"1970-01-01T00:00:01.000Z\"";
  private static final String OWN = ",\"clientId\":\"" + CLIENT_ID + "\"";

  private static final Vanishing VANISHING =
      new Vanishing(() -> Instant.ofEpochMilli(2_000), Vanishing.FOREVER);

  private static String seen(Entry.Stamped entry, UserId reader) {
    return new String(Json.write(Items.of(entry, reader, VANISHING)), StandardCharsets.UTF_8);
  }

  @Test
  void aMessageShowsItsClientIdToItsSenderOnly() {
    Entry.Message message = new Entry.Message(STAMP, ANNA, CLIENT_ID, new Text("hi \"ü\" 🙂\n"), 0);
    String text = ",\"text\":\"hi \\\"ü\\\" 🙂\\n\"";
    assertThat(seen(message, ANNA)).isEqualTo("{\"kind\":\"message\"," + HEAD + text + OWN + "}");
    assertThat(seen(message, BOB)).isEqualTo("{\"kind\":\"message\"," + HEAD + text + "}");
  }

  @Test
  void anEditedMessageHasItsRevisionAndAnUnsentOneNoText() {
    assertThat(seen(new Entry.Message(STAMP, ANNA, CLIENT_ID, new Text("now"), 9), BOB))
        .isEqualTo("{\"kind\":\"message\"," + HEAD + ",\"text\":\"now\",\"rev\":9}");
    assertThat(seen(new Entry.Message(STAMP, ANNA, CLIENT_ID, null, 9), BOB))
        .isEqualTo("{\"kind\":\"message\"," + HEAD + ",\"unsent\":true,\"rev\":9}");
  }

  @Test
  void aMessageSaysWhenItVanishesAndOneThatHasItsNumber() {
    Entry.Stamp kept =
        new Entry.Stamp(7, STAMP.at(), 5, 0, Instant.EPOCH, Set.of(), new Keep(2, 6, 2));
    Entry.Message message = new Entry.Message(kept, ANNA, CLIENT_ID, new Text("now"), 0);
    assertThat(seen(message, BOB))
        .isEqualTo(
            "{\"kind\":\"message\","
                + HEAD
                + ",\"text\":\"now\",\"expiresAt\":\"1970-01-03T00:00:01.000Z\"}");
    Vanishing later = new Vanishing(() -> kept.at().plus(Duration.ofDays(2)), 0);
    assertThat(seen(later.seen(message), ANNA)).isEqualTo("{\"kind\":\"vanished\",\"seq\":7}");
    assertThat(seen(new Entry.Retention(kept, ANNA, CLIENT_ID, 2), ANNA))
        .isEqualTo("{\"kind\":\"retention\"," + HEAD + ",\"days\":2" + OWN + "}");
  }

  @Test
  void everyOtherKindIsTold() {
    assertThat(seen(new Entry.Edit(STAMP, ANNA, CLIENT_ID, 3, 3, new Text("x")), BOB))
        .isEqualTo("{\"kind\":\"edit\"," + HEAD + ",\"target\":3,\"text\":\"x\"}");
    assertThat(seen(new Entry.Edit(STAMP, ANNA, CLIENT_ID, 3, 3, null), BOB))
        .isEqualTo("{\"kind\":\"other\",\"seq\":7,\"at\":\"1970-01-01T00:00:01.000Z\"}");
    assertThat(seen(new Entry.Unsend(STAMP, ANNA, CLIENT_ID, 3, 3), ANNA))
        .isEqualTo("{\"kind\":\"unsend\"," + HEAD + ",\"target\":3" + OWN + "}");
    assertThat(seen(new Entry.Members(STAMP, ANNA, CLIENT_ID, Set.of(ANNA), Set.of(BOB)), BOB))
        .isEqualTo(
            "{\"kind\":\"members\","
                + HEAD
                + ",\"members\":[\""
                + ANNA
                + "\"],\"left\":[\""
                + BOB
                + "\"]}");
    assertThat(seen(new Entry.Other(STAMP, "poll"), BOB))
        .isEqualTo("{\"kind\":\"other\",\"seq\":7,\"at\":\"1970-01-01T00:00:01.000Z\"}");
  }
}
