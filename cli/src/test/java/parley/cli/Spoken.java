package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a command, run in this process, left behind: its exit code and what it printed.
record Spoken(int code, String out, String err) {
  static Spoken by(String... args) {
    return by(Map.of(), args);
  }

  static Spoken by(Map<String, String> environment, String... args) {
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int code = Parley.run(environment, args);
      return new Spoken(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }

  Spoken isDone() {
    assertThat(code).as(err).isZero();
    assertThat(err).isEmpty();
    return this;
  }

  /// It could not be done, and one sentence says why.
  Spoken isRefused(String... parts) {
    assertThat(code).as(out + err).isBetween(65, 78);
    assertThat(err).startsWith("parley: ").hasLineCount(1).contains(parts);
    return this;
  }

  /// The command line is wrong: a sentence, and how it goes.
  Spoken isMisuse(String... parts) {
    assertThat(code).as(out + err).isEqualTo(64);
    assertThat(err).startsWith("parley: ").doesNotContain("\tat ");
    assertThat(parts).allSatisfy(part -> assertThat(err).contains(part));
    assertThat(out).isEmpty();
    return this;
  }
}
