package parley.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Another opening of the same data folder, in this process or another, holds its lock. The message
/// is one sentence for a person: which folder, who holds it, what to do.
public final class DataFolderInUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Holder holder;

  DataFolderInUse(Path folder, @Nullable Holder holder) {
    super(
        "The data folder "
            + folder
            + " is in use by "
            + (holder == null ? "another process" : holder.description())
            + ": stop that one first, or use another folder with --data.");
    this.holder = holder;
  }

  /// Who holds the folder, where they have said so.
  public Optional<Holder> holder() {
    return Optional.ofNullable(holder);
  }
}
