package parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static parley.engine.Fixtures.TABLE;
import static parley.engine.Fixtures.note;
import static parley.engine.Fixtures.put;
import static parley.engine.Fixtures.s;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteStatement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.dynamodb.services.local.monitoring.Telemetry;

class EngineTest {
  @Test
  void itemsAreStoredReadAndQueriedInOrder() {
    try (Engine engine = Engine.inMemory()) {
      Fixtures.createTable(engine.client());
      put(engine.client(), note("a", "2", "second"));
      put(engine.client(), note("a", "1", "first"));
      put(engine.client(), note("b", "1", "elsewhere"));

      assertThat(
              engine
                  .client()
                  .getItem(r -> r.tableName(TABLE).key(Map.of("pk", s("a"), "sk", s("2"))))
                  .item())
          .isEqualTo(note("a", "2", "second"));
      assertThat(Fixtures.texts(engine.client(), "a")).containsExactly("first", "second");
    }
  }

  @Test
  void aFailedConditionTellsTheItemThatIsThere() {
    try (Engine engine = Engine.inMemory()) {
      Fixtures.createTable(engine.client());
      put(engine.client(), note("a", "1", "first"));

      ConditionalCheckFailedException failure =
          catchThrowableOfType(
              ConditionalCheckFailedException.class,
              () ->
                  engine
                      .client()
                      .putItem(r ->
                          r.tableName(TABLE)
                              .item(note("a", "1", "other"))
                              .conditionExpression("attribute_not_exists(pk)")
                              .returnValuesOnConditionCheckFailure(
                                  ReturnValuesOnConditionCheckFailure.ALL_OLD)));

      assertThat(failure.item()).isEqualTo(note("a", "1", "first"));
      assertThat(Fixtures.texts(engine.client(), "a")).containsExactly("first");
    }
  }

  @Test
  void writesComeOutOfTheStreamWithTheirNewImage() {
    try (Engine engine = Engine.inMemory()) {
      Fixtures.createTable(engine.client());
      put(engine.client(), note("a", "1", "first"));
      put(engine.client(), note("a", "1", "changed"));

      List<Record> records = Fixtures.records(engine.streams());

      assertThat(records).extracting(Record::eventNameAsString).containsExactly("INSERT", "MODIFY");
      assertThat(Fixtures.newTexts(records)).containsExactly("first", "changed");
    }
  }

  @Test
  void telemetryIsNotEvenSetUp() {
    try (Engine engine = Engine.inMemory()) {
      assertThat(engine.client().listTables().tableNames()).isEmpty();
      assertThat(Telemetry.getTelemetry()).isEmpty();
      // What telemetry, when on, writes into the working folder.
      assertThat(Path.of("dynamodb-local-metadata.json")).doesNotExist();
    }
  }

  @Test
  void twoEnginesInMemoryShareNothing() {
    try (Engine one = Engine.inMemory();
        Engine other = Engine.inMemory()) {
      Fixtures.createTable(one.client());

      assertThat(other.client().listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void itemsAndUnreadStreamRecordsOutliveTheEngine(@TempDir Path temp) {
    Path folder = temp.resolve("data");
    String unread;
    List<String> shards;
    try (Engine engine = Engine.onDisk(DataFolder.open(folder))) {
      Fixtures.createTable(engine.client());
      put(engine.client(), note("a", "1", "read"));
      put(engine.client(), note("a", "2", "unread"));
      List<Record> records = Fixtures.records(engine.streams());
      assertThat(Fixtures.newTexts(records)).containsExactly("read", "unread");
      unread = records.getFirst().dynamodb().sequenceNumber();
      shards = Fixtures.shardIds(engine.streams());
    }

    try (Engine engine = Engine.onDisk(DataFolder.open(folder))) {
      put(engine.client(), note("a", "3", "later"));

      assertThat(Fixtures.texts(engine.client(), "a")).containsExactly("read", "unread", "later");
      assertThat(Fixtures.shardIds(engine.streams())).containsAll(shards);
      String arn = Fixtures.streamArn(engine.streams());
      String iterator =
          engine
              .streams()
              .getShardIterator(r ->
                  r.streamArn(arn)
                      .shardId(shards.getLast())
                      .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                      .sequenceNumber(unread))
              .shardIterator();
      assertThat(Fixtures.newTexts(Fixtures.recordsFrom(engine.streams(), iterator)))
          .containsExactly("unread", "later");
    }
  }

  @Test
  void theDatabaseIsReadableByItsOwnerAlone(@TempDir Path temp) throws Exception {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (DataFolder folder = DataFolder.open(temp);
        Engine engine = Engine.onDisk(folder)) {
      Fixtures.createTable(engine.client());

      try (var files = Files.list(temp)) {
        assertThat(files)
            .isNotEmpty()
            .allSatisfy(file ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as("%s", file)
                    .isEqualTo("rw-------"));
      }
    }
  }

  /// Without the index a write goes through the records of every older stream.
  @Test
  void aWriteFindsItsStreamByAnIndex(@TempDir Path temp) throws Exception {
    Path folder = temp.resolve("data");
    // The second opening finds it there.
    for (int opening = 0; opening < 2; opening++) {
      Engine.onDisk(DataFolder.open(folder)).close();
    }
    SQLiteConnection kept = new SQLiteConnection(folder.resolve("dynamodb.db").toFile());
    SQLiteConnection open = kept.openReadonly();
    try {
      SQLiteStatement plan =
          open.prepare("EXPLAIN QUERY PLAN SELECT MIN(SequenceNumber) FROM us WHERE StreamID = ?");
      assertThat(plan.step()).isTrue();
      assertThat(plan.columnString(3)).contains(StreamIndex.NAME);
    } finally {
      open.dispose();
    }
  }

  /// Housekeeping that had not begun when it was told to end used to sleep on, and the folder
  /// stayed locked.
  @Test
  void aFolderThatIsClosedAsSoonAsItIsOpenIsFree(@TempDir Path temp) {
    Path folder = temp.resolve("data");
    for (int i = 0; i < 60; i++) {
      Engine engine = Engine.onDisk(DataFolder.open(folder));
      long from = System.nanoTime();
      engine.close();
      assertThat(Duration.ofNanos(System.nanoTime() - from))
          .as("closing of opening %d", i)
          .isLessThan(Engine.CLOSE_LIMIT);
      assertThat(DataFolder.holder(folder)).isEmpty();
    }
  }

  @Test
  void closingIsQuickEndsAllThreadsAndFreesTheFolder(@TempDir Path folder) {
    Engine engine = Engine.onDisk(DataFolder.open(folder));
    Fixtures.createTable(engine.client());
    put(engine.client(), note("a", "1", "first"));
    assertThat(databaseThreads()).isNotEmpty();

    long start_ns = System.nanoTime();
    engine.close();
    engine.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start_ns)).isLessThan(Engine.CLOSE_LIMIT);
    assertThat(databaseThreads()).isEmpty();
    assertThatThrownBy(() -> Fixtures.texts(engine.client(), "a"))
        .isInstanceOf(SdkException.class)
        .hasMessageContaining("shut down");
    DataFolder.open(folder).close();
  }

  private static List<Thread> databaseThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getThreadGroup() != null)
        .filter(thread -> thread.getThreadGroup().getName().equals("parley-engine"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"this is no database", "SQLite format 3\0 and then nonsense"})
  void aDatabaseThatIsNoDatabaseIsRefusedAndTheFolderFreed(String content, @TempDir Path temp)
      throws Exception {
    DataFolder folder = DataFolder.open(temp);
    assertThat(folder.secret()).hasSize(43);
    Files.writeString(folder.databaseFile(), content.repeat(100));

    assertThatThrownBy(() -> Engine.onDisk(folder))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessageContaining(folder.databaseFile().toString());

    assertThat(databaseThreads()).isEmpty();
    DataFolder.open(temp).close();
  }

  @Test
  void manyThreadsWriteAtOnceAndOneConditionWins() throws Exception {
    try (Engine engine = Engine.inMemory();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Fixtures.createTable(engine.client());

      List<Future<Boolean>> tries =
          IntStream.range(0, 40).mapToObj(i -> threads.submit(() -> wins(engine, i))).toList();

      int won = 0;
      for (Future<Boolean> attempt : tries) {
        won += attempt.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
      assertThat(Fixtures.records(engine.streams())).hasSize(1);
    }
  }

  private static boolean wins(Engine engine, int number) {
    try {
      engine
          .client()
          .putItem(r ->
              r.tableName(TABLE)
                  .item(note("a", "1", "writer " + number))
                  .conditionExpression("attribute_not_exists(pk)"));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  @Test
  void mistakesAreTheSdksTypedExceptions() {
    try (Engine engine = Engine.inMemory()) {
      assertThatThrownBy(() -> put(engine.client(), note("a", "1", "x")))
          .isInstanceOf(ResourceNotFoundException.class);
      assertThatThrownBy(
              () -> engine.client().scan(r -> r.tableName("notes").filterExpression("((")))
          .isInstanceOfSatisfying(
              DynamoDbException.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isNotEmpty());
    }
  }

  @Test
  void anotherProcessRunsAnEngineWithoutPrintingAWord(@TempDir Path folder) throws Exception {
    try (OtherProcess other = OtherProcess.start("engine", folder.toString())) {
      assertThat(other.nextLine()).isEqualTo("done");
      assertThat(other.exitCode()).isZero();
      assertThat(other.rest()).isEmpty();
      assertThat(other.errors()).isEmpty();
    }
    try (Engine engine = Engine.onDisk(DataFolder.open(folder))) {
      assertThat(Fixtures.texts(engine.client(), "a")).containsExactly("first");
    }
  }
}
