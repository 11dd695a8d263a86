package parley.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.host.Variables;
import parley.lambda.Metrics.Line;
import parley.lambda.Metrics.Unit;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.event.Switchboard;
import parley.messaging.event.Switchboard.Told;
import parley.messaging.inbox.Projector;
import parley.messaging.inbox.RowKey;
import parley.store.InboxRows;
import parley.store.MessageLog;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// The function behind the change stream: inbox rows, folded messages and heads follow the logs,
/// and people who are connected hear of it.
///
/// It may be given any records, in any order, any number of times, like every [Projector]. Rows
/// come first: whoever is told late asks, and nobody's inbox waits for somebody else's connection.
public final class StreamFunction implements RequestStreamHandler {
  private static final RowKey NOBODYS =
      new RowKey(UserId.of(new byte[32]), new ConversationId("c-" + "a".repeat(26)));

  private final Assembly assembly;
  private final Projector projector;
  private final @Nullable Switchboard switchboard;

  /// As Lambda makes it.
  public StreamFunction() {
    this(Assembly.ofThisProcess());
  }

  StreamFunction(Assembly assembly) {
    this.assembly = assembly;
    InboxRows rows = new InboxRows(assembly.table());
    this.projector =
        new Projector(new MessageLog(assembly.table()), rows, StreamBatch.SIDE_BY_SIDE);
    if (assembly.environment().isBeforeSnapshot()) {
      // What a request to the table loads is part of the snapshot then. Nobody has this row.
      var _ = rows.row(NOBODYS);
      var _ = assembly.units().drain();
    }
    // A deployment can do without connections: then nobody is looked for.
    this.switchboard =
        assembly.environment().optional(Variables.SOCKET_ENDPOINT) == null
            ? null
            : Connections.switchboard(assembly);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    long begun = System.nanoTime();
    List<StreamRecord> records = StreamRecord.of(Fields.read(in));
    StreamBatch.Done done = new StreamBatch(projector, records).run();
    long projected = System.nanoTime();
    assembly.shared().forget(done.accounts());
    Told told = switchboard == null ? new Told(0, 0, 0) : switchboard.tell(done.tidings());
    Line line =
        new Line()
            .dimension("Function", "Stream")
            .metric("Records", Unit.COUNT, records.size())
            .metric("Projected", Unit.COUNT, done.conversations())
            .metric("Coalesced", Unit.COUNT, done.entries() - done.conversations())
            .metric("Failures", Unit.COUNT, done.failed().size())
            .metric("IteratorAge", Unit.MILLISECONDS, (double) oldest(records).toMillis())
            .metric("Latency", Unit.MILLISECONDS, millis(System.nanoTime() - begun))
            .metric("Told", Unit.COUNT, told.told())
            .metric("Gone", Unit.COUNT, told.gone())
            .metric("Missed", Unit.COUNT, told.missed())
            .property("projectedMs", Math.round(millis(projected - begun)))
            .property("units", assembly.units().drain());
    RequestLines.shared(line, assembly);
    assembly.metrics().write(line);
    answer(out, done.failed());
  }

  private Duration oldest(List<StreamRecord> records) {
    return records.stream()
        .map(record -> record.age(assembly.clock().instant()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  /// The mapping takes the lowest of the failures as how far the batch has come, and sends that one
  /// and everything behind it again.
  private static void answer(OutputStream out, List<String> failed) {
    try (JsonGenerator json = Fields.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject().writeName("batchItemFailures").writeStartArray();
      if (!failed.isEmpty()) {
        json.writeStartObject()
            .writeStringProperty("itemIdentifier", failed.getFirst())
            .writeEndObject();
      }
      json.writeEndArray().writeEndObject();
    }
  }
}
