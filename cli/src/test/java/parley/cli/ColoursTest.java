package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Colours are for people: not in a pipe, unless somebody insists, and never where somebody refuses
/// or a program reads.
class ColoursTest {
  private static final String ESCAPE = "\u001b[";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, patterns, false",
        "CLICOLOR_FORCE=1, patterns, true",
        "CLICOLOR_FORCE=1 NO_COLOR=1, patterns, false",
        "CLICOLOR=1, patterns, false",
        "CLICOLOR_FORCE=1, patterns --json, false"
      })
  void areThereWhereTheyAreWanted(String variables, String command, boolean wanted)
      throws Exception {
    Map<String, String> environment = new HashMap<>();
    if (variables != null) {
      for (String each : variables.split(" ", -1)) {
        environment.put(each.split("=", 2)[0], each.split("=", 2)[1]);
      }
    }
    try (Program program =
        Program.ended(folder, environment, ("table " + command).split(" ", -1))) {
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.out().contains(ESCAPE)).as(program.out()).isEqualTo(wanted);
      assertThat(program.err()).isEmpty();
      if (command.contains("--json")) {
        assertThat(program.out().lines())
            .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
      }
    }
  }
}
