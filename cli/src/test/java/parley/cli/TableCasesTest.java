package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.engine.Engine;
import parley.engine.Gate;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/// Every command of `parley table`, everywhere where it goes wrong: each option with a value that
/// is none, too few words and too many, a table that is not there or is another's, nobody at the
/// endpoint, no credentials. What each says is kept as files, each sentence once, with the commands
/// that say it.
@Tag("golden")
class TableCasesTest {
  private static final Path KEPT = Path.of("src/test/resources/table");

  /// How each command goes where nothing is wrong, without the options that say which table.
  private static final Map<String, String> WELL = new LinkedHashMap<>();

  static {
    WELL.put("create", "");
    WELL.put("drop", "--yes");
    WELL.put("status", "");
    WELL.put("list", "");
    WELL.put("scan", "");
    WELL.put("query", "U#1");
    WELL.put("get", "U#1 PROFILE");
    WELL.put("patterns", "");
    WELL.put("pattern", "log-end c-aaaaaaaaaaaaaaaaaaaaaaaaaa");
    WELL.put("audit", "");
    WELL.put("seed", "--people 2 --conversations 1 --messages 1");
    WELL.put("export", "FOLDER/export");
    WELL.put("import", "FOLDER/exported");
    WELL.put("cost", "");
    WELL.put("model", "");
    WELL.put("watch", "--seconds 1");
    WELL.put("serve", "--port 0");
    WELL.put("compact", "");
  }

  /// Those that ask a table, and nothing else.
  private static final Set<String> ASK =
      Set.of(
          "create", "drop", "status", "list", "scan", "query", "get", "pattern", "audit", "seed",
          "export", "import", "watch");

  /// A value of each option that is none.
  private static final Map<String, String> WRONG =
      Map.ofEntries(
          Map.entry("--data", "FOLDER/file"),
          Map.entry("--endpoint", "nowhere"),
          Map.entry("--table", "x"),
          Map.entry("--capacity", "much"),
          Map.entry("--create-table", "maybe"),
          Map.entry("--secret-file", "FOLDER/missing"),
          Map.entry("--config", "FOLDER/missing"),
          Map.entry("--entity", "letters"),
          Map.entry("--limit", "0"),
          Map.entry("--from", "nowhere"),
          Map.entry("--rate", "fast"),
          Map.entry("--prices", "FOLDER/missing"),
          Map.entry("--people", "0"),
          Map.entry("--conversations", "0"),
          Map.entry("--messages", "-1"),
          Map.entry("--seed", "one"),
          Map.entry("--dialogue", "FOLDER/missing"),
          Map.entry("--opens", "-1"),
          Map.entry("--pages", "-1"),
          Map.entry("--bytes", "0"),
          Map.entry("--months", "0"),
          Map.entry("--format", "stone"),
          Map.entry("--seconds", "0"),
          Map.entry("--port", "65536"),
          Map.entry("--erasure-ledger", "FOLDER/missing"));

  /// Options that take any text there is.
  private static final Set<String> ANY = Set.of("--region", "--begins");

  @TempDir static Path folder;

  private static Engine engine;
  private static Gate gate;

  @BeforeAll
  static void open() throws IOException {
    engine = Engine.inMemory();
    gate = Gate.open(engine, 0);
    Files.writeString(folder.resolve("file"), "no folder");
    Path secret = Files.writeString(folder.resolve("secret"), "A".repeat(43) + "=");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    credentials(true);
    Map<String, String> there = at(gate.url(), "made");
    Spoken.by(words("create", there)).isDone();
    Spoken.by(words("export", there, "table", "export", filled("FOLDER/exported"))).isDone();
    otherTable();
  }

  /// A table as another application makes it, with an item.
  private static void otherTable() {
    engine
        .client()
        .createTable(r ->
            r.tableName("orders")
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                    AttributeDefinition.builder().attributeName("id").attributeType("S").build())
                .keySchema(KeySchemaElement.builder().attributeName("id").keyType("HASH").build()));
    engine
        .client()
        .putItem(r -> r.tableName("orders").item(Map.of("id", AttributeValue.fromS("order-1"))));
  }

  @AfterAll
  static void close() {
    credentials(false);
    System.clearProperty("aws.disableEc2Metadata");
    System.clearProperty("aws.sharedCredentialsFile");
    System.clearProperty("aws.configFile");
    gate.close();
    engine.close();
  }

  private static void credentials(boolean any) {
    for (String name : List.of("aws.accessKeyId", "aws.secretAccessKey")) {
      if (any) {
        System.setProperty(name, "any");
      } else {
        System.clearProperty(name);
      }
    }
  }

  private static Map<String, String> at(String url, String table) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--endpoint", url);
    options.put("--region", "us-east-1");
    options.put("--table", table);
    options.put("--secret-file", "FOLDER/secret");
    return options;
  }

  private static String filled(String text) {
    return text.replace("FOLDER", folder.toString());
  }

  /// The words of a command that goes well, with these options where it knows them.
  private static String[] words(String command, Map<String, String> options, String... instead) {
    List<String> words = new ArrayList<>();
    if (instead.length > 0) {
      words.addAll(List.of(instead));
    } else {
      words.addAll(List.of("table", command));
      Stream.of(WELL.getOrDefault(command, "").split(" ", -1))
          .filter(word -> !word.isEmpty())
          .map(TableCasesTest::filled)
          .forEach(words::add);
    }
    options.forEach((name, value) -> {
      int there = words.indexOf(name);
      if (there >= 0) {
        words.set(there + 1, filled(value));
      } else if (known(command).contains(name)) {
        words.add(name);
        words.add(filled(value));
      }
    });
    return words.toArray(new String[0]);
  }

  private static CommandLine command(String name) {
    return Parley.program(Map.of()).getSubcommands().get("table").getSubcommands().get(name);
  }

  private static Set<String> known(String name) {
    Set<String> known = new java.util.HashSet<>();
    command(name)
        .getCommandSpec()
        .options()
        .forEach(option -> known.addAll(Arrays.asList(option.names())));
    return known;
  }

  /// What a command says, with nothing in it that is another at the next run.
  private static String said(String... words) {
    Spoken spoken = Spoken.by(words);
    assertThat(spoken.err()).as(String.join(" ", words)).doesNotContain("\tat ", "Exception");
    String said = spoken.err().isEmpty() ? spoken.out() : spoken.err();
    return spoken.code()
        + "  "
        + said.lines()
            .findFirst()
            .orElse("(nothing)")
            .replaceAll("(?<=Those that there are: ).*", "…")
            .replace(gate.url(), "ENDPOINT")
            .replace(folder.toString(), "FOLDER")
            .replace(Path.of("").toAbsolutePath().toString(), "HERE");
  }

  /// The commands that say each sentence, under that sentence.
  private static String told(Map<String, List<String>> commands) {
    StringBuilder text = new StringBuilder();
    commands.forEach((sentence, all) ->
        text.append(sentence).append("\n      ").append(String.join(", ", all)).append("\n"));
    return text.toString();
  }

  private static void isAsKept(String file, String text) throws IOException {
    Path kept = KEPT.resolve(file);
    if (Boolean.getBoolean("parley.fix")) {
      Files.createDirectories(KEPT);
      Files.writeString(kept, text);
    }
    assertThat(text)
        .as(kept + " is stale: run ./parley fix, and look at what changed")
        .isEqualTo(Files.exists(kept) ? Files.readString(kept) : "(there is no such file)");
  }

  private static void askedEverywhere(
      String file, Iterable<String> commands, UnaryOperator<Map<String, String>> place)
      throws IOException {
    Map<String, List<String>> told = new TreeMap<>();
    for (String command : commands) {
      String[] words = words(command, place.apply(at(gate.url(), "parley-none")));
      told.computeIfAbsent(said(words), _ -> new ArrayList<>()).add(command);
    }
    isAsKept(file, told(told));
  }

  private static List<String> asking() {
    return WELL.keySet().stream().filter(ASK::contains).toList();
  }

  @Test
  void everyCommandIsHere() {
    assertThat(Parley.program(Map.of()).getSubcommands().get("table").getSubcommands().keySet())
        .containsExactlyInAnyOrderElementsOf(WELL.keySet());
  }

  @Test
  void everyOptionWithAValueThatIsNone() throws IOException {
    Map<String, Map<String, List<String>>> told = new TreeMap<>();
    for (String name : WELL.keySet()) {
      for (OptionSpec option : command(name).getCommandSpec().options()) {
        String word = option.longestName();
        if (option.arity().max() == 0 || ANY.contains(word)) {
          continue;
        }
        assertThat(WRONG).as(word + " of " + name + " has no wrong value here").containsKey(word);
        Map<String, String> options = at(gate.url(), "made");
        if (word.equals("--data")) {
          options.remove("--endpoint");
          options.remove("--region");
        }
        options.put(word, WRONG.get(word));
        String said = said(words(name, options));
        assertThat(said).as(name + " " + word).doesNotStartWith("0 ").doesNotStartWith("70 ");
        told.computeIfAbsent(word + " " + WRONG.get(word), _ -> new TreeMap<>())
            .computeIfAbsent(said, _ -> new ArrayList<>())
            .add(name);
      }
    }
    StringBuilder text = new StringBuilder();
    told.forEach((option, said) -> text.append(option).append("\n").append(told(said)));
    isAsKept("options.txt", text.toString());
  }

  @Test
  void tooFewWordsTooManyAndUnknownOnes() throws IOException {
    Map<String, List<String>> told = new TreeMap<>();
    for (String name : WELL.keySet()) {
      boolean needsWords =
          command(name).getCommandSpec().positionalParameters().stream()
              .anyMatch(each -> each.arity().min() > 0);
      List<String[]> cases = new ArrayList<>();
      if (needsWords) {
        cases.add(new String[] {"table", name});
      }
      cases.add(new String[] {"table", name, "--bogus"});
      // Only where a further word is no argument of an access pattern.
      if (!name.equals("pattern")) {
        String[] well = words(name, Map.of());
        String[] more = Arrays.copyOf(well, well.length + 1);
        more[well.length] = "beyond";
        cases.add(more);
      }
      for (String[] words : cases) {
        String said = said(words);
        assertThat(said).as(String.join(" ", words)).startsWith("64 ");
        told.computeIfAbsent(said, _ -> new ArrayList<>()).add(name);
      }
    }
    isAsKept("words.txt", told(told));
  }

  @Test
  void whoeverNamesNoCommandSeesAll() {
    Spoken spoken = Spoken.by("table").isMisuse("Say which command", "patterns", "To begin with");
    assertThat(spoken.err()).contains("parley table seed --people 6");
  }

  @Test
  void aTableThatIsNotThereAndMayNotBeMade() throws IOException {
    askedEverywhere(
        "no-table.txt",
        asking(),
        options -> {
          options.put("--create-table", "off");
          return options;
        });
  }

  @Test
  void aTableOfAnotherApplication() throws IOException {
    askedEverywhere(
        "another.txt",
        asking(),
        options -> {
          options.put("--table", "orders");
          return options;
        });
    assertThat(engine.client().scan(r -> r.tableName("orders")).items())
        .containsExactly(Map.of("id", AttributeValue.fromS("order-1")));
  }

  @Test
  void nobodyAtTheEndpoint() throws IOException {
    askedEverywhere(
        "nobody.txt",
        asking(),
        options -> {
          options.put("--endpoint", "http://127.0.0.1:9");
          return options;
        });
  }

  @Test
  void noCredentials() throws IOException {
    credentials(false);
    System.setProperty("aws.disableEc2Metadata", "true");
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("none").toString());
    System.setProperty("aws.configFile", folder.resolve("none").toString());
    try {
      askedEverywhere("no-credentials.txt", asking(), options -> options);
    } finally {
      credentials(true);
    }
  }
}
