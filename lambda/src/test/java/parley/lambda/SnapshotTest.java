package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import parley.host.Variables;

/// What is done before Lambda takes a snapshot of an instance, and at no other time.
class SnapshotTest {
  private final Rig rig = new Rig();

  @Test
  void theTableIsAskedOnceBeforeASnapshotAndNothingIsCounted() {
    String table = rig.table.name();
    rig.with(Variables.TABLE, "nowhere");
    assertThatCode(() -> new StreamFunction(rig.assembly())).doesNotThrowAnyException();
    rig.with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    assertThatThrownBy(() -> new StreamFunction(rig.assembly()))
        .isInstanceOf(RuntimeException.class);
    rig.with(Variables.TABLE, table);
    Assembly assembly = rig.assembly();
    var _ = new StreamFunction(assembly);
    assertThat(rig.printed()).isEmpty();
    assertThat(assembly.units().drain()).isEmpty();
  }
}
