package parley.messaging.export;

import java.io.InputStream;

/// An archive that is about to be handed out, once.
public interface Download {
  long length();

  /// Which part of the archive it is; the first is 1.
  default int part() {
    return 1;
  }

  /// Begins: from here on nobody else gets it.
  ///
  /// @throws java.io.UncheckedIOException if somebody else did, or it cannot be read
  InputStream open();

  /// Ends: `whole` says that all of it was handed out, and it is gone, at once or as soon as nobody
  /// can still be at it. Otherwise it can be fetched again.
  void end(boolean whole);
}
