package parley.server;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the table is.
public sealed interface Storage {
  /// An engine in this process, kept in a folder.
  record OnDisk(Path folder) implements Storage {}

  /// An engine in this process that forgets.
  record InMemory() implements Storage {}

  /// Amazon DynamoDB, or anything at `endpoint` that speaks its API. The SDK's default chains find
  /// credentials, and the region where none is given.
  record Remote(@Nullable URI endpoint, @Nullable String region) implements Storage {}
}
