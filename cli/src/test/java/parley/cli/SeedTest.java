package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.host.Services;
import parley.messaging.Parsed;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.Source;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import parley.server.Deployment;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;

/// Loading a dialogue: once, again, after it was killed, and what is wrong with a file.
class SeedTest {
  /// Lines, for as long as it may take this machine to look and to kill.
  private static final int MORE_THAN_IT_CAN_WRITE = 60_000;

  @TempDir Path folder;

  /// A line of a conversation, as it is in the table.
  private record Said(String by, String text) {}

  private interface Look<T> {
    T at(Services services);
  }

  private <T> T inData(Look<T> look) {
    Settings settings =
        new Settings(
            new Storage.OnDisk(folder.resolve("data")), "parley", new Capacity.OnDemand(), null);
    try (Deployment deployment = Deployment.open(settings)) {
      return look.at(deployment.services(InstantSource.system()));
    }
  }

  private static Account account(Services services, String handle) {
    Account account = services.accounts().byHandle(Handle.parse(handle).orThrow());
    return Objects.requireNonNull(account, handle);
  }

  private List<Said> said(String one, String two) {
    return inData(services -> {
      Account first = account(services, one);
      Account second = account(services, two);
      ConversationId id = services.conversations().openDirect(first.id(), second.id());
      List<Said> all = new ArrayList<>();
      while (true) {
        List<Entry> page = services.log().after(id, all.size(), 100, Consistency.STRONG);
        for (Entry entry : page) {
          Entry.Message message = (Entry.Message) entry;
          assertThat(message.seq()).isEqualTo(all.size() + 1);
          String by = message.from().equals(first.id()) ? one : two;
          all.add(new Said(by, Objects.requireNonNull(message.text()).value()));
        }
        if (page.isEmpty()) {
          return all;
        }
      }
    });
  }

  private InboxRow row(String handle) {
    List<InboxRow> rows =
        inData(services -> services.inbox().page(account(services, handle).id(), null, 10).rows());
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("dialogue"), String.join("\n", lines));
  }

  private Spoken seed(Path file) {
    return Spoken.by("seed", file.toString(), "--data", folder.resolve("data").toString());
  }

  private Spoken rebuild() {
    return Spoken.by("rebuild", "--data", folder.resolve("data").toString());
  }

  @Test
  void theExampleTwiceIsTheSameAsOnce() {
    Path example = Path.of("../examples/dialogue.txt");
    Spoken first = seed(example).isDone();
    Dialogue dialogue = Dialogue.read(example);
    List<Said> wanted =
        dialogue.lines().stream()
            .map(line -> new Said(line.speaker().handle().value(), line.text().value()))
            .toList();
    String one = dialogue.speakers().get(0).handle().value();
    String two = dialogue.speakers().get(1).handle().value();
    assertThat(first.out()).contains(wanted.size() + " were written now");
    assertThat(said(one, two)).isEqualTo(wanted);

    Spoken second = seed(example).isDone();
    assertThat(second.out()).contains(" 0 were written now");
    // The same two people, and the same passwords.
    assertThat(second.out().lines().skip(1)).isEqualTo(first.out().lines().skip(1).toList());
    assertThat(said(one, two)).isEqualTo(wanted);
    assertThat(rebuild().isDone().out()).contains("2 rows, 0 differences");
  }

  @Test
  void aLongerFileOfTheSameTwoGoesOn() throws IOException {
    seed(file("Ann: one", "Ben: two")).isDone();
    assertThat(seed(file("Ann: one", "Ben: two", "Ann: three")).isDone().out())
        .contains("has 3 lines of the dialogue; 1 were written now");
    assertThat(said("ann", "ben")).extracting(Said::text).containsExactly("one", "two", "three");
  }

  /// Killed for real, as a power cut would.
  @Test
  void killedHalfWayItGoesOnWhereItWas() throws Exception {
    Path file = file(linesOf(alternating(MORE_THAN_IT_CAN_WRITE)));
    Path data = folder.resolve("data");
    String[] seed = {"seed", file.toString(), "--data", data.toString()};
    try (Program program = Program.start(folder, Map.of(), seed)) {
      // Some hundred lines.
      long until = System.nanoTime() + Program.PATIENCE.toNanos();
      while (!isLargerThan(data.resolve("dynamodb.db"), 1_000_000)) {
        assertThat(System.nanoTime() - until).isNegative();
        Thread.sleep(5);
        assertThat(program.err()).isEmpty();
        assertThat(program.out()).isEmpty();
      }
      program.kill();
    }
    int left = said("person_1", "person_2").size();
    assertThat(left).as("lines before it was killed").isBetween(1, MORE_THAN_IT_CAN_WRITE - 1);

    // As many again as come to an end soon, of the same dialogue.
    int lines = left + 1_000;
    List<Said> wanted = alternating(lines);
    file(linesOf(wanted));
    try (Program again = Program.ended(folder, Map.of(), seed)) {
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.out()).contains("; " + (lines - left) + " were written now");
      // Nobody watches, so nothing is drawn.
      assertThat(again.err()).isEmpty();
    }
    assertThat(said("person_1", "person_2")).isEqualTo(wanted);
    InboxRow one = row("person_1");
    InboxRow two = row("person_2");
    for (InboxRow row : List.of(one, two)) {
      assertThat(Objects.requireNonNull(row.last()).seq()).isEqualTo(lines);
      assertThat(row.last().preview()).isEqualTo("line " + (lines - 1) + ".");
    }
    assertThat(List.of(one.unread(), two.unread()))
        .isEqualTo(
            LongStream.of(unread(wanted, "person_1"), unread(wanted, "person_2")).boxed().toList());
    assertThat(rebuild().isDone().out()).contains("1 conversations, 2 rows, 0 differences");
  }

  private static List<Said> alternating(int lines) {
    return IntStream.range(0, lines)
        .mapToObj(i -> new Said(i % 3 == 0 ? "person_1" : "person_2", "line " + i + "."))
        .toList();
  }

  private static String[] linesOf(List<Said> said) {
    return said.stream()
        .map(it -> it.by().replace("person_", "Person ") + ": " + it.text())
        .toArray(String[]::new);
  }

  private static boolean isLargerThan(Path file, long bytes) throws IOException {
    return Files.exists(file) && Files.size(file) > bytes;
  }

  /// The lines after somebody's own last one.
  private static long unread(List<Said> said, String person) {
    return said.reversed().stream().takeWhile(line -> !line.by().equals(person)).count();
  }

  @Test
  void labelsAndBlankLinesAreTakenAsTheyAre() throws IOException {
    seed(file(
            "\ufeffPerson 1: Hello: there",
            "",
            "   ",
            "José Ñu:   Hi!   ",
            "Person 1:\tA tab\r",
            ""))
        .isDone();
    assertThat(said("person_1", "jose_nu"))
        .containsExactly(
            new Said("person_1", "Hello: there"),
            new Said("jose_nu", "Hi!"),
            new Said("person_1", "A tab"));
    String name = inData(services -> account(services, "jose_nu").displayName().value());
    assertThat(name).isEqualTo("José Ñu");
  }

  @Test
  void whatIsWrongIsToldByItsLine() throws IOException {
    seed(file("A one: a", "", "no name here", "B two: b"))
        .isRefused("dialogue, line 3: ", "no name before a colon");
    seed(file("Ann: a", "Ben: b", ": c")).isRefused("line 3: ");
    seed(file("Ann: a", "Ben: b", "Cay: c")).isRefused("line 3: ", "Cay is a third speaker");
    seed(file("Ann: a", "Ben:")).isRefused("line 2: ");
    seed(file("Ann: a", "Ben: " + "x".repeat(2_001))).isRefused("line 2: ", "2001", "2000");
    seed(file("Ann: a", "??: b")).isRefused("line 2: ", "no handle can be made");
    seed(file("Ann: a", "ANN: b")).isRefused("both speakers would get the handle ann");
    seed(file("Ann: a")).isRefused("has 1 speakers");
    seed(file("")).isRefused("has 0 speakers");
    seed(folder.resolve("missing")).isRefused("There is no file", "missing");
    seed(folder).isRefused("cannot be read");
    Files.write(
        folder.resolve("latin"), "Ann: a\nBen: ol\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    seed(folder.resolve("latin")).isRefused("latin, line 2: ", "not UTF-8");
    // Nothing was opened for any of them.
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void whatIsNotThereIsNotRebuilt() {
    rebuild().isRefused("There is no data folder");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aRealPersonIsLeftAlone() throws IOException {
    inData(services -> {
      Handle handle = Handle.parse("ann").orThrow();
      DisplayName name = DisplayName.parse("The real Ann").orThrow();
      Parsed<Password> password = Password.parse("rowing at dawn", handle, name);
      return services.accounts().signUp(handle, name, password.orThrow(), Source.HERE);
    });
    seed(file("Ben: hello", "Ann: I never said this"))
        .isRefused("The handle ann belongs to somebody", "another name in the file");
    List<InboxRow> rows =
        inData(services -> services.inbox().page(account(services, "ann").id(), null, 10).rows());
    assertThat(rows).isEmpty();
    String name = inData(services -> account(services, "ann").displayName().value());
    assertThat(name).isEqualTo("The real Ann");
  }
}
