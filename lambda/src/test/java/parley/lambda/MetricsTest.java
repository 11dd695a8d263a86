package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.lambda.Metrics.Line;
import parley.lambda.Metrics.Unit;

class MetricsTest {
  @Test
  void aLineIsWhatCloudWatchReads() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Metrics metrics =
        new Metrics(
            new PrintStream(out, true, StandardCharsets.UTF_8), () -> Instant.ofEpochMilli(1_234));
    metrics.write(
        new Line()
            .dimension("Route", "sendMessage")
            .metric("Latency", Unit.MILLISECONDS, 2.5)
            .metric("Faults", Unit.COUNT, 0)
            .property("status", 201)
            .property("requestId", "r-1")
            .property("units", Map.of("append", 1.0)));

    String line = out.toString(StandardCharsets.UTF_8);
    assertThat(line).endsWith("}\n").hasLineCount(1);
    Fields written = FieldsTest.read(line);
    Fields head = written.object("_aws");
    assertThat(head.number("Timestamp")).isEqualTo(BigDecimal.valueOf(1_234));
    Fields directive = head.objects("CloudWatchMetrics").getFirst();
    assertThat(directive.text("Namespace")).isEqualTo("Parley");
    assertThat(directive.objects("Metrics"))
        .extracting(metric -> metric.text("Name") + " " + metric.text("Unit"))
        .containsExactly("Latency Milliseconds", "Faults Count");
    assertThat(line).contains("\"Dimensions\":[[\"Route\"]]");
    // What the directive names stands beside it.
    assertThat(written.text("Route")).isEqualTo("sendMessage");
    assertThat(written.number("Latency")).isEqualTo(new BigDecimal("2.5"));
    assertThat(written.number("Faults")).isEqualTo(BigDecimal.ZERO);
    assertThat(written.number("status")).isEqualTo(BigDecimal.valueOf(201));
    assertThat(written.object("units").number("append")).isEqualTo(BigDecimal.ONE);
  }
}
