package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.engine.Engine;
import parley.engine.Gate;
import parley.store.AccessPattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/// `parley table`, each command run for real: over the network, and on a data folder.
class TableCommandTest {
  private static final String ESCAPE = "\u001b";

  private static Engine engine;
  private static Gate gate;

  @TempDir Path folder;

  private final String name = "table-" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    engine = Engine.inMemory();
    gate = Gate.open(engine, 0);
    System.setProperty("aws.accessKeyId", "any");
    System.setProperty("aws.secretAccessKey", "any");
  }

  @AfterAll
  static void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    gate.close();
    engine.close();
  }

  private static Spoken by(List<String> first, String[] words, List<String> last) {
    return Spoken.by(
        Stream.of(first.stream(), Arrays.stream(words), last.stream())
            .flatMap(all -> all)
            .toArray(String[]::new));
  }

  /// On a table of this test's own, over the network.
  private Spoken table(String... words) {
    return by(
        List.of("table"),
        words,
        List.of("--endpoint", gate.url(), "--region", "us-east-1", "--table", name));
  }

  /// On the data folder.
  private Spoken local(String... words) {
    return by(List.of("table"), words, List.of("--data", data()));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void seeded() throws Exception {
    Path dialogue = folder.resolve("dialogue.txt");
    Files.writeString(dialogue, "Jonas: Are you awake?\n\nMara: Now I am.\n");
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "A".repeat(43) + "=");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Spoken seed =
        by(
            List.of("seed", dialogue.toString(), "--secret-file", secret.toString()),
            new String[0],
            List.of("--endpoint", gate.url(), "--region", "us-east-1", "--table", name));
    assertThat(seed.code()).as(seed.err()).isZero();
  }

  @Test
  void aTableIsMadeOnceShownAndDropped() {
    assertThat(table("create").isDone().out()).contains("is made").contains("5/5");
    assertThat(table("create", "--capacity", "7/7").isDone().out())
        .contains("is there already")
        .contains("5/5");
    assertThat(table("status").isDone().out()).contains("ACTIVE").contains("NEW_IMAGE");
    assertThat(table("status", "--json").isDone().out())
        .contains("\"capacity\":\"5/5\"")
        .contains("\"differences\":[]");
    Spoken list = table("list");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains(name + "  Parley's");
    table("drop").isMisuse("--yes");
    assertThat(table("drop", "--yes").isDone().out()).contains("is dropped");
    table("drop", "--yes").isRefused("There is no table " + name);
    assertThat(table("status").code()).isEqualTo(78);
  }

  @Test
  void helpTellsOfWhatIsForTheCommandAlone() {
    assertThat(Spoken.by("table", "scan", "--help").isDone().out())
        .contains("--data", "--endpoint", "--limit")
        .doesNotContain("--memory", "--capacity", "--create-table", "--secret-file");
    assertThat(Spoken.by("table", "create", "--help").isDone().out())
        .contains("--capacity")
        .doesNotContain("--memory", "--secret-file");
    assertThat(Spoken.by("table", "seed", "--help").isDone().out())
        .contains("--capacity", "--create-table", "--secret-file")
        .doesNotContain("--memory");
    // They are taken all the same: a file with options is for all commands.
    assertThat(table("list", "--capacity", "7/7").code()).isZero();
    local("list", "--memory").isMisuse("--memory forgets");
    table("scan", "--limit", "x").isMisuse("'x' is not a whole number");
    Spoken.by("table", "cost", "--messages", "x").isMisuse("'x' is not a number");
    Spoken.by("table", "cost", "--bytes", "8000").isDone();
    Spoken.by("table", "cost", "--bytes", "8001").isMisuse("--bytes is 1 to 8000", "2000");
  }

  @Test
  void itemsAreShownAsWhatTheyAreAndTextOnlyWhenAskedFor() throws Exception {
    seeded();
    Spoken scan = table("scan", "--all");
    assertThat(scan.code()).isZero();
    assertThat(scan.out())
        .contains(
            "entry  ", "inbox row  ", "account  ", "conversation head  ", "characters, hidden)")
        .doesNotContain("awake", "$argon2", ESCAPE);
    assertThat(scan.err()).contains(" items, 1 round trip, ");
    Spoken shown = table("scan", "--all", "--show-text", "--entity", "entry");
    assertThat(shown.out()).contains("Are you awake?").doesNotContain("account  ", "$argon2");
    assertThat(shown.out().lines()).hasSize(2);
    assertThat(shown.err()).contains("2 items of ");
    Spoken json = table("scan", "--all", "--json");
    assertThat(json.out().lines())
        .allSatisfy(line -> assertThat(line).startsWith("{\"entity\":\"").endsWith("}}"));
    assertThat(json.out()).doesNotContain("awake", "$argon2").contains("{\"S\":\"PROFILE\"}");
    table("scan", "--entity", "letters").isMisuse("There is no entity letters", "set-aside");
    table("scan", "--limit", "0").isMisuse("--limit is 1 or more");
    table("scan", "--from", "nowhere").isMisuse("--from is the word");
  }

  @Test
  void pagesGoOnWhereTheyEnded() throws Exception {
    seeded();
    String whole = table("scan", "--all", "--json").out();
    StringBuilder pages = new StringBuilder();
    String from = "";
    for (int page = 0; page < 20 && from != null; page++) {
      Spoken spoken =
          from.isEmpty()
              ? table("scan", "--limit", "3", "--json")
              : table("scan", "--limit", "3", "--json", "--from", from);
      assertThat(spoken.code()).as(spoken.err()).isZero();
      assertThat(spoken.out().lines()).hasSizeLessThanOrEqualTo(3);
      pages.append(spoken.out());
      int at = spoken.err().indexOf("--from ");
      from = at < 0 ? null : spoken.err().substring(at + 7).strip();
    }
    assertThat(pages.toString()).isEqualTo(whole);
  }

  @Test
  void onePartitionItsPlacesInTheIndexAndOneItem() throws Exception {
    seeded();
    String head =
        table("scan", "--entity", "head", "--json").out().replaceAll("(?s).*(C#c-\\w{26}).*", "$1");
    Spoken log = table("query", head, "--descending", "--strong");
    assertThat(log.out().lines().map(line -> line.replaceAll("  .*", "")))
        .containsExactly("conversation head", "entry", "entry");
    assertThat(table("query", head, "--begins", "M#").out().lines()).hasSize(2);
    String reader =
        table("scan", "--entity", "row", "--json").out().replaceAll("(?s).*?(U#u-\\w{26}).*", "$1");
    Spoken places = table("query", reader, "--index");
    assertThat(places.out()).as(reader + places.err()).contains("inboxKey=I#").hasLineCount(1);
    table("query", reader, "--index", "--strong").isMisuse("no --strong reads");
    Spoken profile = table("get", reader, "PROFILE");
    assertThat(profile.code()).isZero();
    assertThat(profile.out()).startsWith("account").contains("displayName=");
    assertThat(profile.err()).contains("read for 1 R");
    table("get", reader, "NOWHERE").isRefused("There is no item");
    table("query").isMisuse("PK");
    // By what people call them.
    String whole = table("query", head).out();
    assertThat(table("query", head.substring(2)).out()).isEqualTo(whole);
    String person = table("query", "mara").out();
    assertThat(person).contains("account  ", "inbox row  ");
    assertThat(table("query", "@mara").out()).isEqualTo(person);
    assertThat(table("get", "mara", "PROFILE").out()).startsWith("account");
    Spoken nobody = table("query", "nobody");
    assertThat(nobody.code()).isZero();
    assertThat(nobody.out()).isEmpty();
    assertThat(nobody.err()).contains("No partition is called nobody, and nobody has that handle.");
    // A key is taken as it stands, whosever it is.
    engine
        .client()
        .putItem(r ->
            r.tableName(name)
                .item(
                    Map.of(
                        "PK", AttributeValue.fromS("order-1"), "SK", AttributeValue.fromS("x"))));
    assertThat(table("query", "order-1").out()).startsWith("not Parley's");
  }

  @Test
  void whatCannotBeAskedIsSaidInOneSentence() throws Exception {
    local("scan").isMisuse("There is no data folder");
    try (Program nobody =
        Program.start(
            folder,
            Map.of("AWS_REGION", "none"),
            "table",
            "scan",
            "--endpoint",
            "http://127.0.0.1:9")) {
      nobody.isRefused("There are no AWS credentials");
    }
    Map<String, String> keys =
        Map.of("AWS_ACCESS_KEY_ID", "any", "AWS_SECRET_ACCESS_KEY", "any", "AWS_REGION", "none");
    try (Program nobody =
        Program.start(folder, keys, "table", "scan", "--endpoint", "http://127.0.0.1:9")) {
      nobody.isRefused("could not be reached", "127.0.0.1:9");
    }
    try (Program server =
        Program.start(
            folder, Map.of(), "serve", "--port", "0", "--operator-port", "off", "--data", data())) {
      server.printed("Parley is at (http://localhost:\\d+)");
      local("scan").isRefused("in use by process " + server.pid(), "--dynamodb-port");
      String dialogue =
          Files.writeString(folder.resolve("refused.txt"), "Ada: Here?\nBen: Here.\n").toString();
      local("seed", "--dialogue", dialogue)
          .isRefused("in use by process " + server.pid(), "--dynamodb-port");
    }
    try (Program server =
        Program.start(
            folder,
            Map.of(),
            "serve",
            "--demo",
            "--port",
            "0",
            "--operator-port",
            "off",
            "--dynamodb-port",
            "0",
            "--data",
            data())) {
      server.printed("Sign in as Jonas");
      Spoken scan = local("scan", "--entity", "account");
      assertThat(scan.code()).as(scan.err()).isZero();
      assertThat(scan.out().lines()).hasSize(2);
      assertThat(local("status").isDone().out()).contains("by way of the process that holds it");
      String dialogue =
          Files.writeString(folder.resolve("more.txt"), "Ada: Here?\nBen: Here.\n").toString();
      assertThat(local("seed", "--dialogue", dialogue).isDone().out())
          .contains("2 lines of the dialogue; 2 were written now", "Sign in as Ada");
      assertThat(local("seed", "--dialogue", dialogue).isDone().out())
          .contains("0 were written now");
      assertThat(local("audit").isDone().out()).contains("All is as it should be.");
      // It would follow the stream of a table that is no more.
      local("drop", "--yes").isRefused("The server at http://localhost:", "Stop it first");
      assertThat(local("status").isDone().out()).contains("ACTIVE");
    }
  }

  private String key(String entity, String pattern) {
    Spoken scan = table("scan", "--all", "--entity", entity, "--json");
    return scan.out().replaceAll("(?s).*?(" + pattern + ").*", "$1");
  }

  @Test
  void aPatternIsRunAndWhatItCostsIsWhatWasPredicted() throws Exception {
    seeded();
    String id = key("head", "c-\\w{26}");
    Spoken end = table("pattern", "log-end", id);
    assertThat(end.out())
        .contains("PK = C#" + id + ", descending", "\"ConsistentRead\" : true", "\"Limit\" : 9")
        .contains("1 round trip, 3 items evaluated, 3 returned")
        .contains("Measured 1 R; predicted 1 R for ", "by design 1 R of 8 entries of 300 bytes")
        .contains("$0.125 for a million of these (on-demand, us-east-1, prices of 2026-11-22)")
        .doesNotContain("awake");
    Spoken inbox = table("pattern", Integer.toString(AccessPattern.INBOX_PLACES.number()), "mara");
    assertThat(inbox.out())
        .contains(
            "\"IndexName\" : \"inbox\"",
            "index inbox, eventual",
            "Measured 0.5 Ri; predicted 0.5 R");
    assertThat(table("pattern", "profiles", "mara").out())
        .contains("Measured 0.5 R; predicted 0.5 R");
    assertThat(table("pattern", "log-end", id, "--json").out())
        .contains("\"measured\":{", "\"predicted\":1.0", "\"refused\":false")
        .hasLineCount(1);
    table("pattern", "letters").isRefused("There is no access pattern letters. `parley table");
    table("pattern", "handel-owner", "mara")
        .isRefused("There is no access pattern handel-owner. There is ", "handle-owner");
    table("pattern", "append", id).isMisuse("needs conversation and user, in that order");
    table("pattern", "log-end")
        .isMisuse(
            "needs conversation; 0 arguments came", "parley table pattern log-end CONVERSATION");
    table("pattern", "log-end", "c-1").isRefused("A conversation id is c-");
    table("pattern", "rows", "nobody").isRefused("Nobody has the handle nobody");
  }

  @Test
  void aPatternThatWritesIsTriedOnACopy() throws Exception {
    seeded();
    String id = key("head", "c-\\w{26}");
    String before = table("scan", "--all", "--json", "--show-text").out();
    Spoken moved = table("pattern", "move-row", "mara", id);
    assertThat(moved.code()).as(moved.err()).isZero();
    assertThat(moved.out())
        .contains("Nothing is changed")
        .contains("Measured 1 W + 2 Wi; predicted 1 W + 2 Wi");
    assertThat(table("pattern", "append", id, "mara").out())
        .contains("M#000000000003", "Measured 1 W;");
    assertThat(table("pattern", "first-row", "mara", id).out()).contains("Refused: its condition");
    assertThat(table("pattern", "remove-row", "mara", id).out()).contains("Measured 1 W + 1 Wi");
    table("pattern", "claim-table").isRefused("claim-table is not asked: table-owner comes first");
    assertThat(table("scan", "--all", "--json", "--show-text").out()).isEqualTo(before);
    assertThat(
            Spoken.by("table", "patterns")
                .isDone()
                .out()
                .lines()
                .filter(l -> l.matches(" ?\\s?\\d+  .*")))
        .hasSize(AccessPattern.values().length);
    assertThat(Spoken.by("table", "patterns", "--json").isDone().out().lines())
        .hasSize(AccessPattern.values().length)
        .allSatisfy(line -> assertThat(line).startsWith("{\"number\":"));
  }

  @Test
  void anAuditSaysWhetherAllIsWell() throws Exception {
    seeded();
    Spoken audit = table("audit");
    assertThat(audit.code()).as(audit.out() + audit.err()).isZero();
    assertThat(audit.out())
        .contains(
            "All is as it should be.",
            "The index has 2 items",
            "1 conversation and 2 inbox rows compared: 0 differences")
        .doesNotContain("awake");
    assertThat(table("audit", "--json").isDone().out()).contains("\"findings\":{}").hasLineCount(1);
  }

  @Test
  void aDialogueIsPricedWrittenAndWrittenOnce() throws Exception {
    String dialogue =
        Files.writeString(folder.resolve("two.txt"), "Jonas: Are you awake?\nMara: Now I am.\n")
            .toString();
    assertThat(local("seed", "--dialogue", dialogue, "--dry-run").isDone().out())
        .startsWith("2 lines: ")
        .containsPattern(
            "[0-9]+ W \\+ [0-9]+ Wi, tried in memory. less than \\$0\\.0001 on-demand");
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(local("seed", "--dialogue", dialogue).isDone().out())
        .contains("2 lines of the dialogue; 2 were written now", "Sign in as Jonas");
    assertThat(local("seed", "--dialogue", dialogue, "--json").isDone().out())
        .startsWith("{\"lines\":2,\"written\":0,\"signIns\":{\"jonas\":\"sample-")
        .hasLineCount(1);
    local("seed", "--dialogue", dialogue, "--people", "5").isMisuse("--people is for made-up");
    local("seed", "--dialogue", folder.resolve("no").toString()).isRefused("There is no file");
    assertThat(local("audit").isDone().out()).contains("All is as it should be.");
  }

  @Test
  void aTableOfAnotherShapeOrWithItemsOfOthersIsNotDropped() {
    engine
        .client()
        .createTable(r ->
            r.tableName(name)
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                    AttributeDefinition.builder().attributeName("id").attributeType("S").build())
                .keySchema(KeySchemaElement.builder().attributeName("id").keyType("HASH").build()));
    table("drop", "--yes").isRefused("is not Parley's, and is left alone", "its key is");
    table("create").isRefused("is there, but it is not Parley's");
    assertThat(table("status").code()).isEqualTo(1);
    engine.client().deleteTable(r -> r.tableName(name));
    table("create", "--capacity", "on-demand").isDone();
    engine
        .client()
        .putItem(r ->
            r.tableName(name)
                .item(
                    Map.of(
                        "PK", AttributeValue.fromS("ORDER#1"), "SK", AttributeValue.fromS("x"))));
    table("drop", "--yes").isRefused("also holds items that are not Parley's, such as ORDER#1");
    assertThat(table("scan", "--all").out()).contains("not Parley's  ");
    assertThat(table("audit").code()).isZero();
    engine.client().updateTable(r -> r.tableName(name).deletionProtectionEnabled(true));
    table("drop", "--yes").isRefused("protected from being deleted");
    engine.client().updateTable(r -> r.tableName(name).deletionProtectionEnabled(false));
  }

  @Test
  void aPopulationIsServedMovedAndPriced() throws Exception {
    try (Program serving =
        Program.start(folder, Map.of(), "table", "serve", "--port", "0", "--data", data())) {
      serving.printed("at (http://127.0.0.1:\\d+)");
      Spoken dry =
          local("seed", "--people", "20", "--conversations", "9", "--messages", "90", "--dry-run");
      assertThat(dry.isDone().out()).startsWith("157 items").contains("W + 18 Wi. $0.000");
      assertThat(local("list").out()).isEmpty();
      Spoken seed = local("seed", "--people", "20", "--conversations", "9", "--messages", "90");
      assertThat(seed.isDone().out()).contains("157 were written now");
      isMoved();
      serving.terminate();
      assertThat(serving.exitCode()).isZero();
    }
    local("seed", "--people", "1").isMisuse("--people is 2 to");
    local("serve", "--port", "65536").isMisuse("--port is a port");
    assertThat(Spoken.by("table", "cost", "--people", "5000").isDone().out())
        .contains("A month of 5,000 people", "<- the cheapest", "not known");
    assertThat(Spoken.by("table", "cost", "--json").isDone().out())
        .startsWith("{\"region\":")
        .contains("\"month\":")
        .hasLineCount(1);
    Spoken.by("table", "cost", "--conversations", "101").isMisuse("1 to 100");
  }

  private void isMoved() {
    String export = folder.resolve("export").toString();
    assertThat(local("export", export).isDone().out()).startsWith("158 items of parley");
    assertThat(local("import", export, "--table", "copy").isDone().out())
        .contains("into copy", "every byte");
    assertThat(local("audit", "--table", "copy").isDone().out())
        .contains("All is as it should be.");
    local("export", export).isRefused("holds a whole export already");
    local("import", folder.resolve("nowhere").toString()).isRefused("There is no export");
    Spoken.by("table", "import", folder.resolve("nowhere").toString(), "--data", data() + "2")
        .isRefused("There is no export");
    assertThat(folder.resolve("data2")).doesNotExist();
  }
}
