package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

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
  void aLongChainIsCut() {
    Throwable chain = new IllegalStateException("end");
    for (int i = 0; i < 50; i++) {
      chain = new IllegalStateException("more", chain);
    }
    assertThat(line(Level.SEVERE, "failed", chain).length()).isLessThan(10_000);
  }
}
