package parley.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import parley.engine.DataFolder;
import parley.engine.Holder;

/// A data folder that another process has open: tools reach its table through that process.
public final class HeldFolder {
  private HeldFolder() {}

  /// Where the process that holds the folder lets tools in, empty if nobody holds it.
  ///
  /// @throws Refused if somebody does, and lets nobody in
  public static Optional<URI> gate(Path path) {
    Optional<Holder> holder = DataFolder.holder(path);
    if (holder.isEmpty()) {
      return Optional.empty();
    }
    String url = holder.get().announced().get("dynamodb");
    if (url == null) {
      throw new Refused(
          Refused.Why.BUSY,
          "The data folder "
              + path
              + " is in use by process "
              + holder.get().pid()
              + ", which lets no tool at its table. Stop it first, or start it with"
              + " --dynamodb-port 8000: then this command finds it by itself.");
    }
    return Optional.of(URI.create(url));
  }

  /// Where a server of Parley answers that holds the folder. Empty where nobody holds it, or what
  /// does serves the engine alone.
  public static Optional<String> server(Path path) {
    return DataFolder.holder(path).map(holder -> holder.announced().get("url"));
  }
}
