package parley.engine;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/// An index that the database should have, and has not: of a stream's records by stream.
///
/// With every write it asks for the oldest record of the table's stream, and without the index it
/// goes through the records of all older streams to find it. So in a database in which a table was
/// ever dropped, or that holds two, a write took as long as there were records: ten times as long
/// at 16,000, more with each.
///
/// The database offers no way to its own connection, so it is reached through private fields.
/// Should another version have others, writes are slow again, and nothing else: `EngineTest` tells.
final class StreamIndex {
  static final String NAME = "parley_records_by_stream";

  private static final System.Logger LOG = System.getLogger(StreamIndex.class.getName());

  private StreamIndex() {}

  /// Makes it, unless it is there.
  static void make(AmazonDynamoDBLocal database) {
    try {
      queue(database).execute(new Making()).get();
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.DEBUG, "The database is built differently, so it gets no index.");
    } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      LOG.log(System.Logger.Level.DEBUG, "The database gets no index.");
    }
  }

  /// What all that is asked of the database goes through, one after the other.
  static SQLiteQueue queue(AmazonDynamoDBLocal database) throws ReflectiveOperationException {
    Object handler = Proxy.getInvocationHandler(field(database, "proxy"));
    return (SQLiteQueue) field(field(field(handler, "impl"), "dbAccess"), "queue");
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  private static final class Making extends SQLiteJob<Void> {
    @Override
    protected Void job(SQLiteConnection connection) throws SQLiteException {
      connection.exec("CREATE INDEX IF NOT EXISTS " + NAME + " ON us (StreamID)");
      return null;
    }
  }
}
