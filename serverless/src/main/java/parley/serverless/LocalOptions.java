package parley.serverless;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is run, and where. `data` is the folder of the embedded DynamoDB, null for one that
/// forgets; `port` is 0 for any. `more` is what every function is told beside what the template
/// says.
public record LocalOptions(
    Path template,
    Path zip,
    Packaging runtime,
    @Nullable Path data,
    int port,
    Map<String, String> more) {
  public LocalOptions {
    more = Map.copyOf(more);
  }

  /// Which of the two packages.
  public enum Packaging {
    MANAGED("functions.zip"),
    CUSTOM("custom.zip");

    private final String zip;

    Packaging(String zip) {
      this.zip = zip;
    }

    /// What its package is called.
    public String zip() {
      return zip;
    }
  }
}
