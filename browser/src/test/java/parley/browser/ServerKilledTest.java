package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed while two people converse, and starts again: they go on where they were.
class ServerKilledTest {
  @TempDir private Path folder;

  /// Not in whatever time the next attempt would come by itself; unless that was quicker, and took
  /// the button away.
  private static void connectsNow(Person person) {
    person.button("Connect now").evaluateAll("them => them.forEach((it) => it.click())");
  }

  @Test
  void aConversationGoesOnWhenTheServerIsBack() throws Exception {
    try (OwnProcess server = new OwnProcess(folder);
        Person ann = Person.at(server);
        Person ben = Person.at(server)) {
      ben.signsUp("ben", "Ben");
      ann.signsUp("ann", "Ann");
      ann.finds("ben").writes("Before 1").seesSent("Before 1");
      ben.takesRequestOf("Ann").sees("Before 1").writes("Before 2").seesSent("Before 2");
      ann.sees("Before 2").writes("Right before");

      server.isKilled();
      // Neither is interrupted: what they write waits.
      ann.writes("Ann, while it is gone");
      ben.writes("Ben, while it is gone");
      ann.sees("Ann, while it is gone", "Sending");
      assertThat(ann.banner()).containsText("The connection broke off. Connecting again…");
      assertThat(ben.banner()).containsText("The connection broke off. Connecting again…");
      ann.writes("And one more").sees("And one more", "Sending");
      assertThat(ann.box()).isFocused();

      server.starts();
      connectsNow(ann);
      connectsNow(ben);
      ann.seesSent("Right before").seesSent("Ann, while it is gone").seesSent("And one more");
      ben.seesSent("Ben, while it is gone").sees("And one more");
      ann.sees("Ben, while it is gone");
      assertThat(ann.banner()).hasText("");
      assertThat(ben.banner()).hasText("");
      List<String> all = ann.reads();
      assertThat(all)
          .containsExactlyInAnyOrder(
              "Before 1",
              "Before 2",
              "Right before",
              "Ann, while it is gone",
              "And one more",
              "Ben, while it is gone");
      assertThat(ben.reads()).isEqualTo(all);
      List<String> anns = new ArrayList<>(all);
      anns.removeAll(List.of("Before 2", "Ben, while it is gone"));
      assertThat(anns)
          .containsExactly("Before 1", "Right before", "Ann, while it is gone", "And one more");
      ben.writes("After").seesSent("After");
      ann.sees("After");
      ann.page().reload();
      ann.sees("After");
      List<String> after = new ArrayList<>(all);
      after.add("After");
      assertThat(ann.reads()).isEqualTo(after);
      ann.forgives();
      ben.forgives();
    }
  }
}
