package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How a line of the log looks.
class LogsTest {
  private static String line(Level level, String message, Throwable thrown) {
    LogRecord record = new LogRecord(level, message);
    record.setInstant(Instant.parse("2026-03-01T12:00:00.123456Z"));
    record.setLoggerName("parley.api.Api");
    record.setThrown(thrown);
    return new Logs.OneLine().format(record);
  }

  @Test
  void itHasTimeLevelNameAndMessage() {
    assertThat(line(Level.WARNING, "r-1 GET /api/me: slow", null))
        .isEqualTo("2026-03-01T12:00:00.123Z WARN parley.api.Api: r-1 GET /api/me: slow\n");
    assertThat(line(Level.SEVERE, "gone", null)).contains(" ERROR parley.api.Api: gone");
  }

  @Test
  void anExceptionIsOnTheSameLineWithItsCauses() {
    Throwable cause = new IllegalArgumentException("two\r\nlines\u2028and\u001b[31m red");
    String line = line(Level.SEVERE, "failed", new IllegalStateException("why", cause));
    assertThat(line)
        .hasLineCount(1)
        .contains("failed | java.lang.IllegalStateException: why at parley.cli.LogsTest")
        .contains("caused by java.lang.IllegalArgumentException: two lines and [31m red")
        .endsWith("\n");
  }

  @Test
  void asAnObjectItIsOneLineOfJson() {
    Throwable cause = new IllegalArgumentException("two\r\nlines \"quoted\"");
    LogRecord record = new LogRecord(Level.SEVERE, "failed\nagain");
    record.setInstant(Instant.parse("2026-03-01T12:00:00.123456Z"));
    record.setLoggerName("parley.api.Api");
    record.setThrown(new IllegalStateException("why", cause));
    String line = new Logs.OneObject().format(record);
    assertThat(line).hasLineCount(1).endsWith("}\n");
    JsonNode object = JsonMapper.builder().build().readTree(line);
    assertThat(object.path("time").asString()).isEqualTo("2026-03-01T12:00:00.123Z");
    assertThat(object.path("level").asString()).isEqualTo("ERROR");
    assertThat(object.path("logger").asString()).isEqualTo("parley.api.Api");
    assertThat(object.path("message").asString()).isEqualTo("failed again");
    assertThat(object.path("error").asString())
        .contains("why at parley.cli.LogsTest")
        .contains("caused by java.lang.IllegalArgumentException: two lines \"quoted\"");
  }

  @Test
  void theFieldsOfALineAreFieldsOfItsObject() {
    LogRecord record = new LogRecord(Level.INFO, "GET /api/me 200 3 ms");
    record.setLoggerName("parley.access");
    record.setParameters(new Object[] {Map.of("route", "/api/me", "status", 200, "level", "no")});
    JsonNode object = JsonMapper.builder().build().readTree(new Logs.OneObject().format(record));
    assertThat(object.path("route").asString()).isEqualTo("/api/me");
    assertThat(object.path("status").asInt()).isEqualTo(200);
    assertThat(object.path("level").asString()).isEqualTo("INFO");
  }

  @Test
  void aLongChainIsCut() {
    Throwable chain = new IllegalStateException("end");
    for (int i = 0; i < 50; i++) {
      chain = new IllegalStateException("more", chain);
    }
    assertThat(line(Level.SEVERE, "failed", chain).length()).isLessThan(10_000);
  }
}
