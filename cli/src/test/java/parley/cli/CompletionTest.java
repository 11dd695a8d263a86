package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script for shells, sourced by a bash as people have it.
class CompletionTest {
  @TempDir Path folder;

  /// What a tab would offer after these words, the last of which is being typed.
  private String offered(String... words) throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, Spoken.by("completion", "bash").isDone().out());
    String asked =
        """
        source %s
        complete -p parley > /dev/null
        COMP_WORDS=(%s)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE="${COMP_WORDS[*]}"
        COMP_POINT=${#COMP_LINE}
        _complete_parley parley "${COMP_WORDS[COMP_CWORD]}" || true
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, String.join(" ", words));
    try (Program bash = Program.bash(folder, "set +u; " + asked)) {
      assertThat(bash.exitCode()).as(bash.err()).isZero();
      return bash.out();
    }
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    assertThat(offered("parley", "tab")).contains("table");
    assertThat(offered("parley", "table", "ex").lines()).containsExactly("export");
    assertThat(offered("parley", "table", "export", "--ra")).contains("--rate");
    assertThat(offered("parley", "operator", "token", "rev").lines()).containsExactly("revoke");
  }

  @Test
  void zshGetsTheSameAndOtherShellsNothing() {
    assertThat(Spoken.by("completion", "zsh").isDone().out())
        .contains("ZSH_VERSION", "bashcompinit");
    Spoken.by("completion", "fish").isMisuse("fish");
    Spoken.by("completion").isMisuse("SHELL");
  }
}
