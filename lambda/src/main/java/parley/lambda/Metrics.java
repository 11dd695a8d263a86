package parley.lambda;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Lines in CloudWatch's embedded metric format: what goes to standard output becomes metrics, and
/// can be asked as a log.
///
/// Numbers, and names that have few values: nothing that a client wrote is in them, but the name
/// that it gave its request.
final class Metrics {
  /// What CloudWatch files them under.
  static final String NAMESPACE = "Parley";

  private final PrintStream out;
  private final InstantSource clock;

  Metrics(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /// CloudWatch's words for what a number counts.
  enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds");

    private final String word;

    Unit(String word) {
      this.word = word;
    }
  }

  private record Metric(Unit unit, double value) {}

  /// One line in the making. It is written once.
  static final class Line {
    private final Map<String, String> dimensions = new LinkedHashMap<>();
    private final Map<String, Metric> metrics = new LinkedHashMap<>();
    private final Map<String, Object> properties = new LinkedHashMap<>();

    /// By which metrics are kept apart: each value is a series that costs money.
    Line dimension(String name, String value) {
      dimensions.put(name, value);
      return this;
    }

    Line metric(String name, Unit unit, double value) {
      metrics.put(name, new Metric(unit, value));
      return this;
    }

    /// What can be asked of the log, and is no metric.
    Line property(String name, String value) {
      properties.put(name, value);
      return this;
    }

    Line property(String name, long value) {
      properties.put(name, value);
      return this;
    }

    /// Numbers by name, such as units by access pattern.
    Line property(String name, Map<String, Double> numbers) {
      properties.put(name, numbers);
      return this;
    }
  }

  void write(Line line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = Fields.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      head(json, line);
      line.dimensions.forEach(json::writeStringProperty);
      line.metrics.forEach((name, metric) -> number(json.writeName(name), metric.value));
      line.properties.forEach((name, value) -> property(json.writeName(name), value));
      json.writeEndObject();
    }
    // In one piece: lines of several threads must not mix.
    bytes.write('\n');
    out.print(bytes.toString(StandardCharsets.UTF_8));
    out.flush();
  }

  private void head(JsonGenerator json, Line line) {
    json.writeName("_aws").writeStartObject();
    json.writeName("Timestamp").writeNumber(clock.millis());
    json.writeName("CloudWatchMetrics").writeStartArray().writeStartObject();
    json.writeStringProperty("Namespace", NAMESPACE);
    json.writeName("Dimensions").writeStartArray().writeStartArray();
    line.dimensions.keySet().forEach(json::writeString);
    json.writeEndArray().writeEndArray();
    json.writeName("Metrics").writeStartArray();
    line.metrics.forEach((name, metric) ->
        json.writeStartObject()
            .writeStringProperty("Name", name)
            .writeStringProperty("Unit", metric.unit.word)
            .writeEndObject());
    json.writeEndArray().writeEndObject().writeEndArray().writeEndObject();
  }

  private static void property(JsonGenerator json, Object value) {
    switch (value) {
      case String text -> json.writeString(text);
      case Long number -> json.writeNumber(number);
      case Map<?, ?> numbers -> {
        json.writeStartObject();
        numbers.forEach(
            (name, number) -> number(json.writeName(name.toString()), ((Double) number)));
        json.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no property is a " + value.getClass());
    }
  }

  /// Without a fraction where there is none.
  private static void number(JsonGenerator json, double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(value);
    }
  }
}
